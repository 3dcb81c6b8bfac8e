import { spawnSync } from 'node:child_process';
import { appendFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { type Engine, withSession } from '../../shared/engine/contract';
import { sql } from '../../shared/sql/sql';
import { createFolder, openEngine, problemOf, works } from './engine-support';

const canLimit = works('prlimit', '--pid', String(process.pid), '--fsize');
const canMount = works(
  'sh',
  '-c',
  'd=$(mktemp -d) && mount -t tmpfs -o size=1m tmpfs "$d" && umount "$d" && rmdir "$d"',
);
const million = sql`INSERT INTO t SELECT range, md5(range::VARCHAR) FROM range(1500000)`;

test.skipIf(!canLimit)(
  'a file that may not grow: the statement fails cleanly (skipped without prlimit)',
  async () => {
    const path = join(await createFolder(), 'warehouse.duckdb');
    const engine = await openEngine({ path, memoryLimitBytes: 100 * 1024 ** 2, threads: 2 });
    const session = await withTable(engine);
    limitFiles(String(12 * 1024 ** 2));
    onTestFinished(() => limitFiles('unlimited'));
    expect(await problemOf(session.transaction(() => session.run(million)))).toMatchObject({
      code: 'engine.disk_full',
    });
    limitFiles('unlimited');
    expect(await session.rows(sql`SELECT count(*) AS n FROM t`)).toEqual([{ n: '1' }]);
    await session.run(million);
    expect(await session.rows(sql`SELECT count(*) AS n FROM t`)).toEqual([{ n: '1500001' }]);
  },
);

test.skipIf(!canMount)(
  'a full disk: the batch and the commit fail cleanly, then work goes on (skipped where mount is denied)',
  async () => {
    const folder = await createSmallDisk();
    const path = join(folder, 'warehouse.duckdb');
    const engine = await openEngine({ path, memoryLimitBytes: 100 * 1024 ** 2, threads: 2 });
    const session = await withTable(engine);
    // Room that can be given back: the database file keeps what it grew to, though its blocks are free again.
    const filler = join(folder, 'filler');
    writeFileSync(filler, Buffer.alloc(8 * 1024 ** 2));
    expect(await problemOf(session.transaction(() => session.run(million)))).toMatchObject({
      code: 'engine.disk_full',
    });

    fill(filler);
    const small = sql`INSERT INTO t SELECT range, md5(range::VARCHAR) FROM range(10000)`;
    expect(await problemOf(session.transaction(() => session.run(small)))).toMatchObject({
      code: 'engine.disk_full',
      remedy: expect.stringContaining('Free space'),
    });
    expect(await session.rows(sql`SELECT count(*) AS n FROM t`)).toEqual([{ n: '1' }]);

    rmSync(filler);
    await session.transaction(() => session.run(small));
    await engine.close();
    const again = await openEngine({ path });
    const count = await withSession(again, 'interactive', (reader) =>
      reader.rows(sql`SELECT count(*) AS n FROM t`),
    );
    expect(count).toEqual([{ n: '10001' }]);
    await again.close();
  },
);

test.skipIf(!canMount)(
  'a checkpoint on a full disk stops the engine; opened again, all commits are there (skipped where mount is denied)',
  async () => {
    const folder = await createSmallDisk();
    const path = join(folder, 'warehouse.duckdb');
    const engine = await openEngine({ path, memoryLimitBytes: 100 * 1024 ** 2, threads: 2 });
    const session = await withTable(engine);
    await session.run(sql`INSERT INTO t SELECT range, md5(range::VARCHAR) FROM range(10000)`);
    await session.release();
    const filler = join(folder, 'filler');
    fill(filler);
    expect(await problemOf(engine.checkpoint())).toMatchObject({ code: 'engine.disk_full' });
    rmSync(filler);
    const reading = withSession(engine, 'interactive', (reader) => reader.rows(sql`FROM t`));
    expect(await problemOf(reading)).toMatchObject({
      code: 'internal',
      remedy: expect.stringContaining('open it again'),
    });
    await engine.close();
    const again = await openEngine({ path });
    const count = await withSession(again, 'interactive', (reader) =>
      reader.rows(sql`SELECT count(*) AS n FROM t`),
    );
    expect(count).toEqual([{ n: '10001' }]);
    await again.close();
  },
);

async function createSmallDisk(): Promise<string> {
  const folder = await createFolder();
  spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=20m', 'tmpfs', folder]);
  onTestFinished(() => void spawnSync('umount', [folder]));
  return folder;
}

async function withTable(engine: Engine) {
  const session = await engine.session('writer');
  await session.run(sql`CREATE TABLE t (i BIGINT, h VARCHAR); INSERT INTO t VALUES (0, 'first')`);
  await engine.usage();
  return session;
}

function limitFiles(bytes: string): void {
  spawnSync('prlimit', ['--pid', String(process.pid), `--fsize=${bytes}:`]);
}

function fill(path: string): void {
  const piece = Buffer.alloc(4096);
  try {
    for (;;) appendFileSync(path, piece);
  } catch {
    // full, as wanted
  }
}
