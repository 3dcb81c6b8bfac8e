// One project, two ways in at once: verbs attached to a window's host, and to each other's.
import { statSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Joined, joinHost } from '../../node/server/join';
import type { HostFacts } from '../../node/server/reach';
import type { RunStatus } from '../../shared/protocol/views/backfill';
import { createFilled, type Filled } from './filled';
import {
  createSlow,
  createState,
  entriesOf,
  entryFiles,
  entryIn,
  progressOf,
  SLOW,
  serveUi,
  windowOf,
} from './hosts';
import { createSmall, NOW, ORDERS, SALES, TOTAL } from './small';
import {
  buildTeal,
  copyProject,
  createFolder,
  type Ended,
  refusal,
  type Started,
  type Surroundings,
  startTeal,
  teal,
  tealJson,
  writeFiles,
} from './teal';

const BRIEF = `name: triple
models: [mart.sales]
start: 2025-01-05
end: 2025-01-06
`;
const TRIPLED = SALES.replace('CAST(amount AS DECIMAL(9, 2))', 'CAST(amount AS DECIMAL(9, 2)) * 3');

let filled: Filled;
beforeAll(async () => {
  buildTeal('node', 'renderer');
  filled = await createFilled();
});
afterAll(() => filled.remove());

/** Runs `teal -p DIR ARGS --json`, which must succeed. */
async function done<T = Record<string, unknown>>(
  dir: string,
  args: readonly string[],
  around: Surroundings,
): Promise<T> {
  const { code, json, err } = await tealJson<T>(['-p', dir, ...args], around);
  expect([code, err]).toEqual([0, err]);
  return json;
}

describe('verbs beside a running window', () => {
  it('the whole main job goes through the host, and nothing else opens the warehouse', async () => {
    const dir = createSmall();
    const { state, around } = createState();
    const { entry, started } = await serveUi(dir, state);
    const plan = await done<{ run: RunStatus; release: number }>(
      dir,
      ['plan', '--auto-apply', ...NOW],
      around,
    );
    expect([plan.run.status, plan.release]).toEqual(['done', 1]);
    writeFiles(dir, { 'models/mart/sales.sql': TRIPLED, 'backfills/triple.yaml': BRIEF });
    const backfill = await done<{ run: RunStatus; environment: string }>(
      dir,
      ['backfill', 'backfills/triple.yaml', ...NOW],
      around,
    );
    expect([backfill.run.status, backfill.environment]).toEqual(['done', 'triple']);
    const comparison = await done<{ verdict: { state: string }; rows: Record<string, unknown> }>(
      dir,
      ['compare', 'prod', 'triple', '--rows', '5'],
      around,
    );
    expect(Object.keys(comparison.rows)).toContain('mart.sales');
    expect(await done(dir, ['swap', 'triple', '--note', 'three'], around)).toMatchObject({ release: 2 });
    expect(await done(dir, ['rollback'], around)).toMatchObject({ release: 3 });
    const { releases } = await done<{ releases: unknown[] }>(dir, ['releases'], around);
    expect(releases).toHaveLength(3);
    const { entries } = await done<{ entries: { kind: string }[] }>(dir, ['log'], around);
    expect(entries.map(({ kind }) => kind)).toEqual(expect.arrayContaining(['swap', 'rollback', 'backfill']));
    expect(entriesOf(state).map(({ pid }) => pid)).toEqual([entry.pid]);
    expect(started.child.exitCode).toBeNull();
  });

  it('looking verbs give what they give by themselves', async () => {
    const { state, around } = createState();
    const looks: readonly (readonly string[])[] = [
      ['dag'],
      ['render', 'mart.sales', '--start', '2025-01-01', '--end', '2025-01-02'],
      ['query', 'SELECT * FROM mart.daily ORDER BY day'],
      ['sources'],
      ['sources', 'orders'],
      ['releases'],
      ['log'],
      ['render', 'mart.total', '--expand'],
      ['evaluate', 'mart.total'],
      ['lint'],
      ['environments', '--json'],
      ['check_intervals', '--end', '2025-01-12'],
    ];
    const alone: Ended[] = [];
    for (const args of looks) alone.push(await teal(['-p', filled.dir, ...args], around));
    expect(alone.map(({ code }) => code)).toEqual(looks.map(() => 0));
    await serveUi(filled.dir, state);
    const attached = await Promise.all(looks.map((args) => teal(['-p', filled.dir, ...args], around)));
    expect(attached.map(({ code, out }) => [code, out])).toEqual(alone.map(({ code, out }) => [code, out]));
  });

  it('failures keep their codes, places and exit codes', async () => {
    const dir = copyProject(filled.dir);
    writeFiles(dir, { 'models/mart/total.sql': TOTAL.replace('sum(amount)', 'sum(amuont)') });
    const { state, around } = createState();
    await serveUi(dir, state);
    expect(await refusal(['-p', dir, 'query', 'DROP TABLE x'], around)).toMatchObject({
      exit: 2,
      code: 'engine.denied',
    });
    expect(await refusal(['-p', dir, 'swap', 'nowhere'], around)).toMatchObject({ exit: 2 });
    const failed = await refusal(['-p', dir, 'plan', '--auto-apply', ...NOW], around);
    expect(failed).toMatchObject({ code: 'engine.sql', place: { file: 'models/mart/total.sql', line: 6 } });
    expect(failed.exit).toBeGreaterThan(0);
  });

  it('info and doctor say which process serves the project, how, and since when', async () => {
    const { state, around } = createState();
    const alone = await done<{ host: HostFacts }>(filled.dir, ['info'], around);
    expect(alone.host).toMatchObject({ way: 'command line', attached: false });
    const { entry } = await serveUi(filled.dir, state);
    const { host } = await done<{ host: HostFacts }>(filled.dir, ['info'], around);
    expect(host).toEqual({
      pid: entry.pid,
      way: 'browser on the server',
      since: new Date(entry.since).toISOString(),
      attached: true,
    });
    const { out } = await teal(['-p', filled.dir, 'doctor'], around);
    expect(out).toMatch(new RegExp(`Host\\s+pass\\s+process ${entry.pid}, browser on the server, since`));
  });

  it('files are named from where the caller stands, not the host', async () => {
    const dir = createSmall();
    const { state, around } = createState();
    await serveUi(dir, state);
    const cwd = createFolder();
    writeFiles(cwd, { 'more/returns.csv': ORDERS, 'a.csv': ORDERS, 'b.csv': ORDERS.replace('3,2', '4,2') });
    const imported = await tealJson<{ sources: { name: string; rows: number }[] }>(
      ['-p', dir, 'import', 'more/returns.csv', '--name', 'returns'],
      { ...around, cwd },
    );
    expect(imported.json.sources).toMatchObject([{ name: 'returns', rows: 30 }]);
    const compared = await teal(['-p', dir, 'compare', 'a.csv', 'b.csv', '--key', 'id'], { ...around, cwd });
    expect([compared.code, compared.out]).toEqual([0, expect.stringContaining('b.csv')]);
  });

  it('a project named by another path to it is the same project', async () => {
    const { state, around } = createState();
    const { entry } = await serveUi(filled.dir, state);
    const roundabout = join(filled.dir, 'models', '..');
    const { host } = await done<{ host: HostFacts }>(roundabout, ['info'], around);
    expect(host.pid).toBe(entry.pid);
  });
});

describe('a run that is watched in two places', () => {
  it('shows its progress in the window and in the terminal, and stops a second one', async () => {
    const dir = createSlow();
    const { state, around } = createState();
    const { entry } = await serveUi(dir, state);
    const window = await windowOf(entry);
    const seen = progressOf(window, ({ batchesDone }) => batchesDone >= 2);
    const apply = startTeal(['-p', dir, 'plan', '--auto-apply', ...NOW], around);
    const { id } = await seen;
    const second = await refusal(['-p', dir, 'plan', '--auto-apply', ...NOW], around);
    expect(second).toMatchObject({
      exit: 2,
      code: 'run.conflict',
      message: expect.stringContaining(id),
    });
    expect(await refusal(['-p', dir, 'backfill', '--resume'], around)).toMatchObject({
      code: 'run.conflict',
    });
    const { code, err, out } = await apply.ended;
    expect([code, out]).toEqual([0, expect.stringContaining('release 1 is live')]);
    expect(err).toMatch(/\d+ of \d+ batches/);
  });

  it('Ctrl-C of the attached command stops its run in the host, which says what was kept and stays', async () => {
    const dir = createSlow();
    const { state, around } = createState();
    const { entry, started } = await serveUi(dir, state);
    const window = await windowOf(entry);
    const seen = progressOf(window, ({ batchesDone }) => batchesDone >= 2);
    const stopped = progressOf(window, ({ status }) => status === 'stopped');
    const apply = startTeal(['-p', dir, 'plan', '--auto-apply', ...NOW], around);
    await seen;
    apply.child.kill('SIGINT');
    const { code, err } = await apply.ended;
    expect([code, err]).toEqual([130, expect.stringMatching(/Kept:\s+\d+ of \d+ batches/)]);
    expect((await stopped).batchesDone).toBeGreaterThanOrEqual(2);
    expect(started.child.exitCode).toBeNull();
    const resumed = await done<{ run: RunStatus }>(dir, ['backfill', '--resume'], around);
    expect(resumed.run).toMatchObject({ status: 'done', release: 1 });
  });

  it('a window pauses what a terminal started, and a terminal takes it up again', async () => {
    const dir = createSlow();
    const { state, around } = createState();
    const { entry } = await serveUi(dir, state);
    const window = await windowOf(entry);
    const seen = progressOf(window, ({ batchesDone }) => batchesDone >= 1);
    const apply = startTeal(['-p', dir, 'plan', '--auto-apply', ...NOW], around);
    const { id } = await seen;
    const paused = progressOf(window, ({ status }) => status === 'paused');
    await window.call('backfill.pause', { run: id });
    await paused;
    const resumed = await done<{ run: RunStatus }>(dir, ['backfill', '--resume'], around);
    expect([resumed.run.id, resumed.run.status]).toEqual([id, 'done']);
    expect((await apply.ended).code).toBe(0);
  });
});

describe('two clients of one host', () => {
  it('of two that start a plan at the same moment one is refused', async () => {
    const dir = createSlow();
    const { state } = createState();
    const { entry } = await serveUi(dir, state);
    const [one, other] = await Promise.all([windowOf(entry), windowOf(entry)]);
    const executionTime = NOW[1];
    const { id } = await one.call('plan.build', { executionTime });
    const both = await Promise.allSettled(
      [one, other].map((client) => client.call('backfill.start', { plan: id, wait: true })),
    );
    expect(both.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected']);
    const refused = both.find((result) => result.status === 'rejected');
    expect(refused?.reason).toMatchObject({ problem: { code: 'run.conflict' } });
    expect((await one.call('release.list', {})).releases).toHaveLength(1);
  });

  it('--resume goes on with the run that waits, not with one that was done since', async () => {
    const dir = createSmall();
    const { state, around } = createState();
    const { entry } = await serveUi(dir, state);
    await done(dir, ['plan', '--auto-apply', ...NOW], around);
    writeFiles(dir, { 'models/mart/slow.sql': SLOW });
    const window = await windowOf(entry);
    const seen = progressOf(window, ({ batchesDone }) => batchesDone >= 1);
    const apply = startTeal(['-p', dir, 'plan', '--auto-apply', ...NOW], around);
    const { id } = await seen;
    apply.child.kill('SIGINT');
    expect((await apply.ended).code).toBe(130);
    writeFiles(dir, { 'models/mart/sales.sql': TRIPLED, 'backfills/triple.yaml': BRIEF });
    const backfill = await done<{ run: RunStatus }>(
      dir,
      ['backfill', 'backfills/triple.yaml', ...NOW],
      around,
    );
    expect(backfill.run).toMatchObject({ status: 'done', environment: 'triple' });
    const resumed = await done<{ run: RunStatus }>(dir, ['backfill', '--resume'], around);
    expect(resumed.run).toMatchObject({ id, status: 'done', environment: 'prod' });
  });

  it('a call that is called off ends in the host, which goes on answering', async () => {
    const { state } = createState();
    const { entry } = await serveUi(filled.dir, state);
    const asking = { signal: new AbortController().signal, progress: () => undefined };
    const joined = await joinHost(entry, asking);
    const off = new AbortController();
    const endless = 'SELECT sum(hash(i * j)) AS n FROM range(900000) a(i), range(900000) b(j)';
    const query = joined?.client.call('query.run', { sql: endless }, { signal: off.signal });
    await joined?.client.call('project.overview', {});
    off.abort();
    await expect(query).rejects.toMatchObject({ problem: { code: 'cancelled' } });
    const page = await joined?.client.call('query.run', { sql: 'SELECT 42 AS n' });
    expect(page?.rows).toEqual([[42]]);
    joined?.client.close();
  });
});

describe('a verb as the host', () => {
  it('is done when its verb is, but ends only with the last command attached to it', async () => {
    const { state, around } = createState();
    const { host, joined } = await holdOn(createSlow(), state);
    await host.says('1 command of others still uses the project');
    expect([host.child.exitCode, host.said.out]).toEqual([
      null,
      expect.stringContaining('release 1 is live'),
    ]);
    const page = await joined.client.call('query.run', { sql: 'SELECT count(*)::INT AS n FROM mart.slow' });
    expect(page.rows).toEqual([[10]]);
    const { host: facts } = await done<{ host: HostFacts }>(joined.entry.project, ['info'], around);
    expect(facts).toMatchObject({ pid: host.child.pid, way: 'command line', attached: true });
    joined.client.close();
    expect((await host.ended).code).toBe(0);
    expect(entriesOf(state)).toEqual([]);
  });

  it('is ended by Ctrl-C in spite of them, and they hear that it ended', async () => {
    const { state } = createState();
    const { host, joined } = await holdOn(createSlow(), state);
    const closed = new Promise<void>((heard) => joined.client.onClose(heard));
    await host.says('Ctrl-C cuts it off');
    host.child.kill('SIGINT');
    expect((await host.ended).code).toBe(0);
    await closed;
    expect(joined.isLost()).toBe(true);
  });

  it('shows its window on request, which can only look at this project', async () => {
    const dir = createSlow();
    const { around } = createState();
    const host = startTeal(['-p', dir, 'plan', '--auto-apply', ...NOW], around);
    await host.says(/\d+ of \d+ batches/);
    const shown = await done<{ url: string; port: number; pid: number }>(dir, ['ui', '--no-open'], around);
    expect(shown.pid).toBe(host.child.pid);
    const token = new URL(shown.url).hash.replace('#token=', '');
    const window = await windowOf({ port: shown.port, token });
    expect((await window.call('project.overview', {})).activeRun).toMatch(/^r-/);
    await expect(window.call('project.open', { dir: filled.dir })).rejects.toMatchObject({
      problem: { code: 'host.taken' },
    });
    await expect(window.call('project.close', {})).rejects.toMatchObject({ problem: { code: 'host.taken' } });
    expect((await host.ended).code).toBe(0);
  });

  it('is not kept on by a command that may take long: that one waits for it, and opens the project itself', async () => {
    const dir = createSlow();
    const { state, around } = createState();
    const query = 'SELECT count(*)::INT AS n FROM range(8000) a(i), range(8000) b(j) WHERE (i * j) % 7 = 1';
    const short = startTeal(['-p', dir, 'query', query], around);
    await entryIn(state);
    const long = startTeal(['-p', dir, 'plan', '--auto-apply', ...NOW], around);
    await long.says(/\d+ of \d+ batches/);
    expect(entriesOf(state)).toMatchObject([{ pid: long.child.pid, lasts: 'work' }]);
    expect([(await short.ended).code, (await long.ended).code]).toEqual([0, 0]);
  });
});

/** A plan that runs as the host, and this test attached to it as a command line is. */
async function holdOn(dir: string, state: string): Promise<{ host: Started; joined: Joined }> {
  const host = startTeal(['-p', dir, 'plan', '--auto-apply', ...NOW], { env: { TEAL_STATE_DIR: state } });
  await host.says(/\d+ of \d+ batches/);
  const joined = await joinHost(await entryIn(state), {
    signal: new AbortController().signal,
    progress: () => undefined,
  });
  if (!joined) throw new Error(host.said.err);
  return { host, joined };
}

describe('teal ui for a project that is served already', () => {
  it('gives the address of the running one, and ends', async () => {
    const { state, around } = createState();
    const { url, entry } = await serveUi(filled.dir, state);
    const { code, out } = await teal(['-p', filled.dir, 'ui', '--no-open'], around);
    expect([code, out]).toEqual([0, expect.stringContaining(url)]);
    expect(out).toContain(`Process ${entry.pid}`);
    const json = await done(filled.dir, ['ui', '--no-open', '--port', String(entry.port)], around);
    expect(json).toEqual({ url, port: entry.port, pid: entry.pid, running: true });
  });

  it('does not start a second one on another port, and says which process has it', async () => {
    const { state, around } = createState();
    const { entry } = await serveUi(filled.dir, state);
    const other = entry.port === 4748 ? '4749' : '4748';
    const problem = await refusal(['-p', filled.dir, 'ui', '--no-open', '--port', other], around);
    expect(problem).toMatchObject({ exit: 2, code: 'host.taken' });
    expect(problem.message).toContain(`Process ${entry.pid}`);
    expect(problem.remedy).toContain('--port');
  });

  it('a window that opens a project of another host is told which process has it and what to do', async () => {
    const other = createSmall();
    const { state } = createState();
    const { entry } = await serveUi(filled.dir, state);
    const second = startTeal(['-p', other, 'ui', '--no-open'], { env: { TEAL_STATE_DIR: state } });
    await second.says(/#token=/);
    const mine = entriesOf(state).find(({ pid }) => pid !== entry.pid);
    const window = await windowOf(mine ?? entry);
    const refused = window.call('project.open', { dir: filled.dir });
    await expect(refused).rejects.toMatchObject({
      problem: {
        code: 'engine.locked',
        message: expect.stringContaining(`browser on the server, process ${entry.pid}`),
        remedy: expect.stringContaining('--read-only-copy'),
      },
    });
    expect((await window.call('project.overview', {})).name).toBe('small');
    second.child.kill('SIGINT');
    await second.ended;
  });

  it('follows the window to another project: the first is free again', async () => {
    const other = createSmall();
    const { state, around } = createState();
    const { entry } = await serveUi(filled.dir, state);
    const window = await windowOf(entry);
    await window.call('project.open', { dir: other });
    const facts = async (dir: string) => (await done<{ host: HostFacts }>(dir, ['info'], around)).host;
    expect(await facts(other)).toMatchObject({ pid: entry.pid, attached: true });
    expect(await facts(filled.dir)).toMatchObject({ attached: false });
    await window.call('project.close', {});
    expect(entriesOf(state)).toEqual([]);
    expect(await facts(other)).toMatchObject({ attached: false });
  });
});

it('what tells of a host is for its user alone', async () => {
  const { state } = createState();
  const { entry } = await serveUi(filled.dir, state);
  expect(statSync(join(state, 'hosts')).mode & 0o777).toBe(0o700);
  expect(entryFiles(state).map((file) => statSync(file).mode & 0o777)).toEqual([0o600]);
  expect(entry.token.length).toBeGreaterThanOrEqual(32);
});
