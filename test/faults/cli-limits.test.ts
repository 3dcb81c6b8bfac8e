// A full disk, a folder that may not be written, a warehouse that another process holds.
import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, expect, it, onTestFinished } from 'vitest';
import { createSmall, FILES, NOW } from '../cli/small';
import { buildTeal, cellOf, createFolder, refusal, rowsOf, teal, writeFiles } from '../cli/teal';
import { startChild, works } from './engine-support';

const canMount = works(
  'sh',
  '-c',
  'd=$(mktemp -d) && mount -t tmpfs -o size=1m tmpfs "$d" && umount "$d" && rmdir "$d"',
);
if (!canMount) console.log('Skipped: mounts are denied, so no full disk and no read-only disk.');

/** Ten days of text that does not compress, about 2 MB a day. */
const WIDE = `MODEL (
  name mart.wide,
  kind INCREMENTAL_BY_TIME_RANGE (time_column day, batch_size 1),
  start '2025-01-01',
  end '2025-01-10'
);

SELECT DISTINCT o.day, md5(o.day || '/' || r.i) AS a, md5(r.i || '/' || o.day) AS b
FROM raw.orders AS o, range(25000) AS r(i)
WHERE o.day BETWEEN @start_date AND @end_date
`;

function mountDisk(options: string): string {
  const folder = createFolder();
  const { status, stderr } = spawnSync('mount', ['-t', 'tmpfs', '-o', options, 'tmpfs', folder], {
    encoding: 'utf8',
  });
  if (status !== 0) throw new Error(stderr);
  onTestFinished(() => {
    spawnSync('umount', [folder]);
  });
  return folder;
}

beforeAll(() => buildTeal());

it.skipIf(!canMount)(
  'a disk that fills up: the batch goes back, finished ones stay, and it goes on once there is room',
  async () => {
    const disk = mountDisk('size=24m');
    const dir = join(disk, 'project');
    const {
      'models/mart/sales.sql': _s,
      'models/mart/daily.sql': _d,
      'models/mart/total.sql': _t,
      ...rest
    } = FILES;
    writeFiles(dir, { ...rest, 'models/mart/wide.sql': WIDE });
    const filler = join(disk, 'filler');
    writeFileSync(filler, Buffer.alloc(10 * 1024 ** 2));
    const apply = ['-p', dir, 'plan', '--auto-apply', ...NOW];
    const problem = await refusal(apply);
    expect(problem).toMatchObject({
      exit: 3,
      code: 'engine.disk_full',
      remedy: expect.stringContaining('Free space'),
    });
    expect(problem.kept).toBeTruthy();
    rmSync(filler);
    const kept = Number(await cellOf(dir, 'SELECT count(*)::INT FROM teal.batch'));
    expect(kept).toBeGreaterThan(0);
    expect(kept).toBeLessThan(10);
    spawnSync('mount', ['-o', 'remount,size=200m', disk]);
    const resumed = await teal(['-p', dir, 'backfill', '--resume']);
    expect([resumed.code, resumed.out]).toEqual([
      0,
      expect.stringContaining('Filled prod: 10 batches, 250,000 rows'),
    ]);
    expect(
      await rowsOf(dir, 'SELECT count(*)::INT AS n, count(DISTINCT a)::INT AS a FROM mart.wide'),
    ).toEqual([{ n: 250_000, a: 250_000 }]);
    expect(await cellOf(dir, 'SELECT count(*)::INT FROM teal.batch')).toBe(10);
  },
);

it.skipIf(!canMount)(
  'a folder that may not be written is told plainly, and nothing is left in it',
  async () => {
    const disk = mountDisk('size=8m');
    writeFiles(disk, FILES);
    spawnSync('mount', ['-o', 'remount,ro', disk]);
    const before = readdirSync(disk).toSorted();
    const problem = await refusal(['-p', disk, 'plan']);
    expect(problem.exit).toBe(2);
    expect(problem.code).not.toBe('internal');
    expect(problem.remedy).toBeTruthy();
    expect(readdirSync(disk).toSorted()).toEqual(before);
    const made = await refusal(['init', join(disk, 'new')]);
    expect(made.exit).toBe(2);
    expect(existsSync(join(disk, 'new'))).toBe(false);
  },
);

it('a state folder that may not be written stops nothing', async () => {
  const dir = createSmall();
  const env = { TEAL_STATE_DIR: '/dev/null/teal' };
  expect(await teal(['-p', dir, 'plan', '--auto-apply', ...NOW], { env })).toMatchObject({ code: 0 });
});

it('a warehouse that another process holds is refused with its process id, and opens once that is gone', async () => {
  const dir = createSmall();
  expect((await teal(['-p', dir, 'plan', '--auto-apply', ...NOW])).code).toBe(0);
  const holder = startChild('hold', join(dir, '.teal/warehouse.duckdb'));
  expect(await holder.nextLine()).toBe('holding');
  const problem = await refusal(['-p', dir, 'plan']);
  expect(problem).toMatchObject({
    exit: 2,
    code: 'engine.locked',
    message: expect.stringContaining(String(holder.process.pid)),
  });
  expect(problem.remedy).toBeTruthy();
  await holder.kill();
  expect(await cellOf(dir, 'SELECT amount FROM mart.total')).toBe('330.00');
});

it('a warehouse that is no database is refused, left as it is, and the project works again once it is put back', async () => {
  const dir = createSmall();
  expect((await teal(['-p', dir, 'plan', '--auto-apply', ...NOW])).code).toBe(0);
  const file = join(dir, '.teal/warehouse.duckdb');
  const good = join(dir, 'good.duckdb');
  cpSync(file, good);
  writeFileSync(file, 'this is no database at all\n'.repeat(500));
  const problem = await refusal(['-p', dir, 'info']);
  expect(problem).toMatchObject({ exit: 2, code: 'engine.open_failed' });
  expect(readFileSync(file, 'utf8')).toMatch(/^this is no database/);
  cpSync(good, file);
  expect(await cellOf(dir, 'SELECT amount FROM mart.total')).toBe('330.00');
});
