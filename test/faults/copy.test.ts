// A warehouse that another program holds can be looked at in a copy, which is whole whatever that program does meanwhile.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, expect, it, onTestFinished } from 'vitest';
import type { HostFacts } from '../../node/server/reach';
import { createState, serveUi } from '../cli/hosts';
import { createSmall, NOW } from '../cli/small';
import { buildTeal, createFolder, refusal, teal, tealJson } from '../cli/teal';
import { startChild, works } from './engine-support';

const canMount = works(
  'sh',
  '-c',
  'd=$(mktemp -d) && mount -t tmpfs -o size=1m tmpfs "$d" && umount "$d" && rmdir "$d"',
);

beforeAll(() => buildTeal('node', 'renderer'));

async function createHeld(script: 'hold' | 'commit') {
  const dir = createSmall();
  expect((await teal(['-p', dir, 'plan', '--auto-apply', ...NOW])).code).toBe(0);
  const file = join(dir, '.teal/warehouse.duckdb');
  const holder = startChild(script, file);
  await holder.nextLine();
  const temporary = createFolder();
  return { dir, file, holder, temporary, around: { env: { TMPDIR: temporary } } };
}

const hashOf = (file: string) => createHash('sha256').update(readFileSync(file)).digest('hex');

it('says which program holds it, and which command looks at a copy', async () => {
  const { dir, holder, around } = await createHeld('hold');
  const problem = await refusal(['-p', dir, 'info'], around);
  expect(problem).toMatchObject({ exit: 2, code: 'engine.locked', kept: 'Nothing was changed.' });
  expect(problem.message).toContain(`hold.mjs (process ${holder.process.pid})`);
  expect(problem.remedy).toContain(`teal -p "${dir}" --read-only-copy info`);
});

it('every verb that looks works on the copy, which says of which moment it is and leaves nothing behind', async () => {
  const { dir, file, temporary, around } = await createHeld('hold');
  const [before, began] = [hashOf(file), Date.now()];
  const looks: readonly (readonly string[])[] = [
    ['info'],
    ['dag'],
    ['query', 'SELECT amount FROM mart.total'],
    ['sources', 'orders'],
    ['releases'],
    ['log'],
    ['compare', 'prod', 'release 1'],
    ['plan', ...NOW],
  ];
  for (const args of looks) {
    const { code, err } = await teal(['-p', dir, '--read-only-copy', ...args], around);
    expect([args, code]).toEqual([args, 0]);
    const at = /copy of the warehouse as it was at (\S+)\./.exec(err)?.[1] ?? '';
    expect(Date.parse(at)).toBeGreaterThanOrEqual(began);
  }
  const { json } = await tealJson<{ rows: unknown[] }>(
    ['-p', dir, 'query', 'SELECT amount FROM mart.total', '--read-only-copy'],
    around,
  );
  expect(json.rows).toEqual([{ amount: '330.00' }]);
  expect([hashOf(file), readdirSync(temporary)]).toEqual([before, []]);
});

it.each([
  [['plan', '--auto-apply', ...NOW]],
  [['backfill', 'backfills/x.yaml']],
  [['run']],
  [['swap', 'x']],
  [['rollback']],
  [['import', 'x.csv']],
  [['sources', 'orders', '--refresh']],
])('%j writes, and is refused before anything is copied', async (args) => {
  const problem = await refusal(['-p', createSmall(), '--read-only-copy', ...args]);
  expect(problem).toMatchObject({
    exit: 2,
    code: 'copy.read_only',
    kept: 'Nothing was copied or written.',
    remedy: expect.stringContaining('--read-only-copy'),
  });
});

it('a copy is whole while the other program commits and checkpoints', async () => {
  const { dir, around } = await createHeld('commit');
  const query = `SELECT (SELECT count(*) FROM filled)::INT AS filled, (SELECT count(*) FROM ledger)::INT AS ledger,
    (SELECT max(i) + 1 FROM ledger)::INT AS next, (SELECT count(*) FROM mart.sales)::INT AS sales`;
  let last = 0;
  for (let copies = 0; copies < 6; copies += 1) {
    const { code, json } = await tealJson<{ rows: Record<string, number>[] }>(
      ['-p', dir, '--read-only-copy', 'query', query],
      around,
    );
    const { filled = 0, ledger = 0, next, sales } = json.rows[0] ?? {};
    expect([code, filled, next, sales]).toEqual([0, 50 * ledger, ledger, 30]);
    expect(ledger).toBeGreaterThan(last);
    last = ledger;
  }
});

it('beside a running Teal it looks at the moment of the copy, and attaches without the option', async () => {
  const dir = createSmall();
  const { state, around } = createState();
  const { entry } = await serveUi(dir, state);
  const info = async (...more: string[]) =>
    (await tealJson<{ host: HostFacts; liveRelease: number | null }>(['-p', dir, ...more, 'info'], around))
      .json;
  expect((await info('--read-only-copy')).host).toMatchObject({ way: 'read-only copy', attached: false });
  await teal(['-p', dir, 'plan', '--auto-apply', ...NOW], around);
  expect(await info('--read-only-copy')).toMatchObject({ liveRelease: 1 });
  expect(await info()).toMatchObject({ liveRelease: 1, host: { pid: entry.pid } });
});

it('a project without a warehouse has nothing to copy', async () => {
  const problem = await refusal(['-p', createSmall(), '--read-only-copy', 'info']);
  expect(problem).toMatchObject({ exit: 2, code: 'project.not_found' });
  expect(problem.remedy).toContain('--read-only-copy');
});

it.skipIf(!canMount)('a disk without room for the copy is told, with the way to another', async () => {
  const { dir } = await createHeld('hold');
  const disk = createFolder();
  spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=200k', 'tmpfs', disk]);
  onTestFinished(() => void spawnSync('umount', [disk]));
  const problem = await refusal(['-p', dir, '--read-only-copy', 'info'], { env: { TMPDIR: disk } });
  expect(problem).toMatchObject({ exit: 3, code: 'engine.disk_full', kept: 'The original was only read.' });
  expect(problem.remedy).toContain('TMPDIR');
  expect(readdirSync(disk)).toEqual([]);
});

it('the window does not open on a copy, and says what does', async () => {
  const problem = await refusal(['-p', createSmall(), 'ui', '--no-open', '--read-only-copy']);
  expect(problem).toMatchObject({ exit: 2, code: 'usage.invalid' });
});
