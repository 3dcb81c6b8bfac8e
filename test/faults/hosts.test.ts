// Hosts that die, race, hang, lie or are of another version: whoever comes next is told, or takes over.
import { once } from 'node:events';
import { chmodSync, cpSync, existsSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import fc from 'fast-check';
import { beforeAll, describe, expect, it, onTestFinished, vi } from 'vitest';
import { processMark } from '../../node/project/process-mark';
import { joinHost } from '../../node/server/join';
import { Reach } from '../../node/server/reach';
import { serveHost } from '../../node/server/serve-host';
import type { Problem } from '../../shared/base/errors';
import type { RunStatus } from '../../shared/protocol/views/backfill';
import {
  createSlow,
  createState,
  entriesOf,
  entryFiles,
  entryIn,
  progressOf,
  serveUi,
  startBystander,
  windowOf,
} from '../cli/hosts';
import { createSmall, NOW } from '../cli/small';
import {
  buildTeal,
  cellOf,
  createFolder,
  type Ended,
  ROOT,
  refusal,
  rowsOf,
  startTeal,
  teal,
  tealJson,
} from '../cli/teal';

const MINUTE = 60_000;
const seed = Number(process.env.TEAL_TEST_SEED ?? Date.now() % 1_000_000);
const TWICE = 'SELECT run, model, index FROM teal.batch GROUP BY ALL HAVING count(*) > 1';
const SUMS = ['sales', 'daily', 'total', 'slow']
  .map(
    (name) =>
      `SELECT '${name}' AS model, count(*) || ' ' || sum(hash(t)::HUGEINT) AS sum FROM mart.${name} AS t`,
  )
  .join(' UNION ALL ');

beforeAll(() => buildTeal('node', 'renderer'));

const versionHere = async () => (await teal(['--version'])).out.trim();

describe('a host that dies', () => {
  it(
    `at random batches (seed ${seed}): the attached command says so, and the next takes over, to equal tables in the end`,
    async () => {
      const undisturbed = createSlow();
      expect((await teal(['-p', undisturbed, 'plan', '--auto-apply', ...NOW])).code).toBe(0);
      const dir = createSlow();
      const { state, around } = createState();
      let acknowledged = 0;
      for (const [index, batches] of instants().entries()) {
        const { entry, started } = await serveUi(dir, state);
        const window = await windowOf(entry);
        const { run } = await window.call('backfill.status', {});
        expect(run?.status).toBe(index === 0 ? undefined : 'interrupted');
        expect(run?.batchesDone ?? 0).toBeGreaterThanOrEqual(acknowledged);
        const seen = progressOf(window, ({ batchesDone }) => batchesDone >= batches);
        const args = index === 0 ? ['plan', '--auto-apply', ...NOW] : ['backfill', '--resume'];
        const apply = startTeal(['-p', dir, ...args, '--json'], around);
        acknowledged = (await seen).batchesDone;
        process.kill(entry.pid, 'SIGKILL');
        const { code, out } = await apply.ended;
        await started.ended;
        expect([code, JSON.parse(out)]).toMatchObject([3, { error: { code: 'host.lost' } }]);
        const { error } = JSON.parse(out) as { error: Problem };
        expect(error.message).toContain(`process ${entry.pid}`);
        expect([error.kept, error.remedy]).toEqual([
          expect.stringContaining('batches'),
          expect.stringContaining('--resume'),
        ]);
      }
      const resumed = await tealJson<{ run: RunStatus }>(['-p', dir, 'backfill', '--resume'], around);
      expect([resumed.code, resumed.json.run.status, resumed.json.run.release]).toEqual([0, 'done', 1]);
      expect(await rowsOf(dir, SUMS)).toEqual(await rowsOf(undisturbed, SUMS));
      expect(await rowsOf(dir, TWICE)).toEqual([]);
      expect(entriesOf(state)).toEqual([]);
    },
    3 * MINUTE,
  );

  it('under a question: the question is asked again of the project opened here', async () => {
    const dir = createSmall();
    const { state } = createState();
    vi.stubEnv('TEAL_STATE_DIR', state);
    onTestFinished(() => void vi.unstubAllEnvs());
    const { entry, started } = await serveUi(dir, state);
    const reach = await reachHere();
    onTestFinished(() => reach.close());
    await reach.open(dir);
    expect(reach.facts()).toMatchObject({ pid: entry.pid, attached: true });
    process.kill(entry.pid, 'SIGKILL');
    await started.ended;
    expect(await reach.call('project.overview', {})).toMatchObject({ name: 'small' });
    expect(reach.facts()).toMatchObject({ pid: process.pid, attached: false });
    expect(entriesOf(state)).toMatchObject([{ pid: process.pid }]);
  });

  it('under a command that writes: it is never sent twice', async () => {
    const dir = createSmall();
    const { state } = createState();
    vi.stubEnv('TEAL_STATE_DIR', state);
    onTestFinished(() => void vi.unstubAllEnvs());
    const { entry, started } = await serveUi(dir, state);
    const reach = await reachHere();
    onTestFinished(() => reach.close());
    await reach.open(dir);
    const plan = await reach.call('plan.build', {});
    process.kill(entry.pid, 'SIGKILL');
    await started.ended;
    await expect(reach.call('backfill.start', { plan: plan.id })).rejects.toMatchObject({
      problem: { code: 'host.lost' },
    });
  });
});

/** After how many of the 31 batches to kill, three times, rising. */
function instants(): readonly number[] {
  const [drawn = []] = fc.sample(
    fc.uniqueArray(fc.integer({ min: 1, max: 27 }), { minLength: 3, maxLength: 3 }),
    { seed, numRuns: 1 },
  );
  return drawn.toSorted((a, b) => a - b);
}

async function reachHere(): Promise<Reach> {
  const version = await versionHere();
  return new Reach({
    version,
    way: 'test',
    mayTakeLong: false,
    attaches: true,
    signal: new AbortController().signal,
    say: () => undefined,
    start: async () => serveHost({ version, way: 'test', lasts: 'look' }),
  });
}

describe(`many at once (seed ${seed})`, () => {
  it(
    'of several commands on a new project one is the host, the others attach, and the work is done once',
    async () => {
      const verbs: readonly (readonly string[])[] = [
        ['plan', '--auto-apply', ...NOW],
        ['info'],
        ['query', 'SELECT count(*) FROM raw.orders'],
        ['releases'],
        ['plan', ...NOW],
      ];
      const draws = fc.sample(fc.array(fc.constantFrom(...verbs), { minLength: 4, maxLength: 7 }), {
        seed,
        numRuns: 3,
      });
      for (const draw of draws) {
        const dir = createSmall();
        const { state, around } = createState();
        const all = [...draw, verbs[0] ?? []];
        const ended = await Promise.all(all.map((args) => teal(['-p', dir, ...args], around)));
        for (const [index, one] of ended.entries()) expectDone(all[index] ?? [], one);
        const { json } = await tealJson<{ releases: unknown[] }>(['-p', dir, 'releases'], around);
        expect(json.releases).toHaveLength(1);
        expect(await rowsOf(dir, TWICE)).toEqual([]);
        expect(await cellOf(dir, 'SELECT amount FROM mart.total')).toBe('330.00');
        expect(entriesOf(state)).toEqual([]);
      }
    },
    3 * MINUTE,
  );

  it('of several windows one is served, and the others give its address', async () => {
    const dir = createSmall();
    const { around } = createState();
    const all = [1, 2, 3, 4].map(() => startTeal(['-p', dir, 'ui', '--no-open', '--json'], around));
    onTestFinished(async () => {
      for (const { child } of all) child.kill('SIGINT');
      await Promise.all(all.map(({ ended }) => ended));
    });
    await Promise.all(all.map((one) => one.says(/"url"/)));
    const said = all.map(
      (one) => JSON.parse(one.said.out) as { url: string; pid: number; running?: boolean },
    );
    expect(new Set(said.map(({ url }) => url)).size).toBe(1);
    expect(said.filter(({ running }) => running)).toHaveLength(3);
  });

  it('a host that ends while others come: each of them is answered', async () => {
    const dir = createSmall();
    const { state, around } = createState();
    const { started } = await serveUi(dir, state);
    const infos = Array.from({ length: 5 }, () => startTeal(['-p', dir, 'info'], around));
    started.child.kill('SIGINT');
    const ended = await Promise.all(infos.map((info) => info.ended));
    const failures = ended.filter(({ code, err }) => code !== 0 || err.includes('Error'));
    expect(failures).toEqual([]);
    expect((await started.ended).code).toBe(0);
  });
});

/** Two fills of one project: the second is refused while the first is under way, else it finds nothing left to do. */
function expectDone(args: readonly string[], { code, err }: Ended): void {
  if (args.includes('--auto-apply') && code === 2) expect(err).toContain('[run.conflict]');
  else expect([args, code, /Error.*/.exec(err)?.[0]]).toEqual([args, 0, undefined]);
}

describe('entries that are not what they seem', () => {
  it('one left behind by a killed host, whose number another process has now, is removed', async () => {
    const dir = createSmall();
    const { state, around } = createState();
    const { entry, started } = await serveUi(dir, state);
    const [file = ''] = entryFiles(state);
    process.kill(entry.pid, 'SIGKILL');
    await started.ended;
    const { pid } = startBystander();
    const reused = file.replace(`-${entry.pid}.`, `-${pid}.`);
    writeFileSync(reused, JSON.stringify({ ...entry, pid }), { mode: 0o600 });
    const { code, out } = await teal(['-p', dir, 'info'], around);
    expect([code, out]).toEqual([0, expect.stringContaining('No other process serves it.')]);
    expect([existsSync(file), existsSync(reused)]).toEqual([false, false]);
  });

  it('one of a process that lives but does not answer there stops nobody', async () => {
    const dir = createSmall();
    const { state, around } = createState();
    const { entry, started } = await serveUi(dir, state);
    const [file = ''] = entryFiles(state);
    started.child.kill('SIGINT');
    await started.ended;
    const { pid } = startBystander();
    const other = file.replace(`-${entry.pid}.`, `-${pid}.`);
    writeFileSync(other, JSON.stringify({ ...entry, pid, mark: processMark(pid) }), { mode: 0o600 });
    const { code, out } = await teal(['-p', dir, 'info'], around);
    expect([code, out]).toEqual([0, expect.stringContaining('No other process serves it.')]);
  });

  it('with a mode that lets others in it is not followed', async () => {
    const dir = createSmall();
    const { state, around } = createState();
    const { entry } = await serveUi(dir, state);
    const [file = ''] = entryFiles(state);
    chmodSync(file, 0o644);
    expect(await refusal(['-p', dir, 'info'], around)).toMatchObject({
      exit: 2,
      code: 'host.untrusted',
      place: { file },
      message: expect.stringContaining(String(entry.pid)),
      kept: 'Nothing was sent to it.',
    });
  });

  it('in a folder that lets others in it counts only once the folder is closed to them again', async () => {
    const dir = createSmall();
    const { state, around } = createState();
    const { entry } = await serveUi(dir, state);
    const folder = join(state, 'hosts');
    chmodSync(folder, 0o755);
    const { code, out } = await teal(['-p', dir, 'info'], around);
    expect([code, out]).toEqual([0, expect.stringContaining(`Served by process ${entry.pid}`)]);
    expect(statSync(folder).mode & 0o777).toBe(0o700);
  });

  it("a token that is not the host's is refused", async () => {
    const { state } = createState();
    const { entry } = await serveUi(createSmall(), state);
    const asking = { signal: new AbortController().signal, progress: () => undefined };
    expect(await joinHost({ ...entry, token: 'x'.repeat(entry.token.length) }, asking)).toBeNull();
    const joined = await joinHost(entry, asking);
    expect(joined?.overview.name).toBe('small');
    joined?.client.close();
  });

  it('a connection for another project than the open one is not served', async () => {
    const { state } = createState();
    const { entry } = await serveUi(createSmall(), state);
    const asking = { signal: new AbortController().signal, progress: () => undefined };
    expect(await joinHost({ ...entry, project: dirname(entry.project) }, asking)).toBeNull();
  });
});

it('another version says which one has the project open, and sends nothing to it', async () => {
  const dir = createSmall();
  const { state, around } = createState();
  const { entry, started } = await serveUi(dir, state);
  const later = createFolder();
  cpSync(join(ROOT, 'dist/node'), join(later, 'dist/node'), { recursive: true });
  cpSync(join(ROOT, 'examples/blank'), join(later, 'examples/blank'), { recursive: true });
  symlinkSync(join(ROOT, 'node_modules'), join(later, 'node_modules'));
  writeFileSync(join(later, 'package.json'), '{"name": "teal", "version": "99.0.0", "type": "module"}');
  const command = [process.execPath, join(later, 'dist/node/teal.js')];
  const problem = await refusal(['-p', dir, 'info'], { ...around, command });
  expect(problem).toMatchObject({
    exit: 2,
    code: 'host.version',
    message: expect.stringMatching(new RegExp(`\\(process ${entry.pid}\\).*this is Teal 99\\.0\\.0`)),
    remedy: expect.stringContaining(`End process ${entry.pid}`),
  });
  started.child.kill('SIGINT');
  await started.ended;
  expect((await teal(['-p', dir, 'info'], { ...around, command })).code).toBe(0);
});

it('a host that hangs is named while it is waited for, and Ctrl-C ends the waiting', async () => {
  const dir = createSmall();
  const { state, around } = createState();
  const { entry } = await serveUi(dir, state);
  process.kill(entry.pid, 'SIGSTOP');
  onTestFinished(() => void process.kill(entry.pid, 'SIGCONT'));
  const info = startTeal(['-p', dir, 'info'], around);
  await info.says(`Waiting for the host of this project (browser on the server, process ${entry.pid})`);
  info.child.kill('SIGINT');
  expect((await info.ended).code).toBe(130);
});

it('a host whose state folder cannot be written is refused as any program is', async () => {
  const dir = createSlow();
  const host = startTeal(['-p', dir, 'plan', '--auto-apply', ...NOW], {
    env: { TEAL_STATE_DIR: '/dev/null/teal' },
  });
  await host.says(/\d+ of \d+ batches/);
  const { around } = createState();
  const problem = await refusal(['-p', dir, 'info'], around);
  expect(problem).toMatchObject({
    code: 'engine.locked',
    message: expect.stringContaining(String(host.child.pid)),
  });
  expect((await host.ended).code).toBe(0);
});

it('an attached command that is killed stops its run in the host, and nothing else', async () => {
  const dir = createSlow();
  const { state, around } = createState();
  const { entry } = await serveUi(dir, state);
  const window = await windowOf(entry);
  const seen = progressOf(window, ({ batchesDone }) => batchesDone >= 1);
  const stopped = progressOf(window, ({ status }) => status === 'stopped');
  const apply = startTeal(['-p', dir, 'plan', '--auto-apply', ...NOW], around);
  await seen;
  apply.child.kill('SIGKILL');
  await once(apply.child, 'close');
  await stopped;
  expect(await window.call('backfill.status', {})).toMatchObject({ run: { status: 'stopped' } });
  expect((await entryIn(state)).pid).toBe(entry.pid);
});
