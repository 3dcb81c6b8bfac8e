import { copyFile, mkdir, open, readFile, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { EngineFault, withSession } from '../../shared/engine/contract';
import { sql } from '../../shared/sql/sql';
import { createFolder, openEngine, problemOf, startChild } from './engine-support';

test('a warehouse that another process holds is named with that process', async () => {
  const path = join(await createFolder(), 'warehouse.duckdb');
  const child = startChild('hold', path);
  await child.nextLine();
  const problem = await problemOf(openEngine({ path }));
  expect(problem).toMatchObject({ code: 'engine.locked', remedy: expect.stringContaining('hold.mjs') });
  expect(problem?.message).toContain(`process ${child.process.pid}`);
  await child.kill();
  expect((await openEngine({ path })).info.catalog).toBe('warehouse');
});

test('a file that is no database is refused and left as it was', async () => {
  const path = join(await createFolder(), 'notes.duckdb');
  const text = 'these are notes, not rows\n'.repeat(500);
  await writeFile(path, text);
  expect(await problemOf(openEngine({ path }))).toMatchObject({ code: 'engine.open_failed' });
  expect(await readFile(path, 'utf8')).toBe(text);
});

test('a file of another storage version is refused with the version that wrote it', async () => {
  const path = join(await createFolder(), 'future.duckdb');
  const engine = await openEngine({ path });
  await engine.close();
  const file = await open(path, 'r+');
  await file.write(Buffer.from([0xff, 0x0f]), 0, 2, 12);
  await file.close();
  const problem = await problemOf(openEngine({ path }));
  expect(problem).toMatchObject({
    code: 'engine.open_failed',
    remedy: expect.stringContaining(engine.info.version),
  });
});

test('a folder that cannot be written, and one that is not there', async () => {
  // /proc refuses new files even to root, whom a mode of 0555 would not stop.
  for (const path of ['/proc/warehouse.duckdb', join(await createFolder(), 'none', 'warehouse.duckdb')]) {
    expect(await problemOf(openEngine({ path }))).toMatchObject({ code: 'engine.open_failed' });
  }
});

test('a read-only engine reads and refuses to write', async () => {
  const path = join(await createFolder(), 'warehouse.duckdb');
  const first = await openEngine({ path });
  await withSession(first, 'writer', (session) => session.run(sql`CREATE TABLE t AS SELECT 1 AS i`));
  await first.close();
  const engine = await openEngine({ path, readOnly: true });
  const session = await engine.session('interactive');
  expect(await session.rows(sql`FROM t`)).toEqual([{ i: 1 }]);
  expect(await problemOf(session.run(sql`INSERT INTO t VALUES (2)`))).toMatchObject({ code: 'engine.sql' });
});

test('too little memory is a clean fault, and the engine goes on', async () => {
  const engine = await openEngine({ path: ':memory:', memoryLimitBytes: 40 * 1024 ** 2, threads: 2 });
  const session = await engine.session('writer');
  await session.run(sql`CREATE TABLE kept AS SELECT 1 AS i`);
  const heavy = sql`CREATE TABLE big AS SELECT DISTINCT md5(range::VARCHAR) AS h FROM range(5000000)`;
  expect(await problemOf(session.transaction(() => session.run(heavy)))).toMatchObject({
    code: 'engine.out_of_memory',
  });
  expect(await session.rows(sql`FROM kept`)).toEqual([{ i: 1 }]);
});

test('with a folder to spill to, the same memory is enough', async () => {
  const folder = await createFolder();
  const engine = await openEngine({
    path: join(folder, 'warehouse.duckdb'),
    allowedDirectories: [],
    memoryLimitBytes: 100 * 1024 ** 2,
    tempDirectory: join(folder, 'spill'),
    threads: 2,
  });
  const heavy = sql`SELECT count(*) AS n FROM (SELECT DISTINCT md5(range::VARCHAR) AS h FROM range(5000000))`;
  expect(await withSession(engine, 'writer', (session) => session.rows(heavy))).toEqual([{ n: '5000000' }]);
});

test.each([3, 11, 40, 77])(
  'killed after %i acknowledged commits, every one of them is there',
  async (commits) => {
    const path = join(await createFolder(), 'warehouse.duckdb');
    for (let round = 0; round < 2; round += 1) {
      const child = startChild('commit', path);
      let acknowledged = -1;
      for (let line = 0; line < commits; line += 1) acknowledged = Number(await child.nextLine());
      await child.kill();
      const engine = await openEngine({ path });
      const rows = await withSession(engine, 'interactive', (session) =>
        session.rows(sql`
        SELECT max(i)::INTEGER AS last, count(*)::INTEGER AS commits,
          (SELECT count(*) FROM filled)::INTEGER AS filled, (SELECT count(DISTINCT i) FROM filled)::INTEGER AS kinds
        FROM ledger`),
      );
      const last = Number(rows[0]?.last);
      expect(rows).toEqual([{ last, commits: last + 1, filled: (last + 1) * 50, kinds: last + 1 }]);
      expect(last).toBeGreaterThanOrEqual(acknowledged);
      await engine.close();
    }
  },
);

test('two opens of one path are one database with one writer', async () => {
  const folder = await createFolder();
  const path = join(folder, 'warehouse.duckdb');
  await symlink(folder, join(folder, 'again'));
  const [first, second] = await Promise.all([
    openEngine({ path }),
    openEngine({ path: join(folder, 'again', 'warehouse.duckdb') }),
  ]);
  const writer = await first.session('writer');
  await writer.run(sql`CREATE TABLE t AS SELECT 1 AS i`);
  const order: string[] = [];
  const queued = withSession(second, 'writer', async (session) => {
    order.push('second');
    return session.rows(sql`FROM t`);
  });
  order.push('first');
  await writer.release();
  expect([await queued, order]).toEqual([[{ i: 1 }], ['first', 'second']]);
  await first.close();
  expect(await withSession(second, 'interactive', (session) => session.rows(sql`FROM t`))).toEqual([
    { i: 1 },
  ]);
  expect(await problemOf(openEngine({ path, threads: 1 }))).toMatchObject({ code: 'engine.open_failed' });
});

test('a closed engine lets go of the file at once, even with pages half read', async () => {
  const path = join(await createFolder(), 'warehouse.duckdb');
  const engine = await openEngine({ path });
  const left = [];
  for (const lane of ['interactive', 'background'] as const) {
    const session = await engine.session(lane);
    const pages = session
      .pages(sql`SELECT range, md5(range::VARCHAR) FROM range(5000000)`)
      [Symbol.asyncIterator]();
    left.push(pages, await pages.next());
  }
  const leaver = await engine.session('interactive');
  for await (const page of leaver.pages(sql`SELECT range FROM range(5000000)`))
    if (page.rows.length > 0) break;
  await engine.close();
  const child = startChild('hold', path);
  expect([await child.nextLine(), left.length]).toEqual(['holding', 4]);
});

test('statements reach the allowed folders and nothing else', async () => {
  const folder = await createFolder();
  const [raw, secret] = [join(folder, 'project', 'raw'), join(folder, 'secret')];
  await mkdir(raw, { recursive: true });
  await mkdir(secret);
  await writeFile(join(raw, 'a.csv'), 'i\n1\n');
  await copyFile(join(raw, 'a.csv'), join(secret, 'a.csv'));
  await symlink(secret, join(raw, 'link'));
  await symlink(join(folder, 'project'), join(folder, 'alias'));
  const engine = await openEngine({
    path: join(folder, 'project', 'warehouse.duckdb'),
    allowedDirectories: [join(folder, 'alias')],
  });
  const session = await engine.session('writer');
  expect(await session.rows(sql`FROM read_csv(${join(raw, 'a.csv')})`)).toEqual([{ i: '1' }]);
  expect(await session.rows(sql`FROM read_csv(${join(folder, 'alias', 'raw', 'a.csv')})`)).toEqual([
    { i: '1' },
  ]);
  await session.run(sql`COPY (SELECT 1 AS i) TO ${join(raw, 'out.parquet')}`);
  await session.run(sql`CHECKPOINT`);
  const outside = [
    sql`FROM read_csv(${join(secret, 'a.csv')})`,
    sql`FROM read_csv(${`${raw}/../../secret/a.csv`})`,
    sql`FROM read_csv(${join(raw, 'link', 'a.csv')})`,
    sql`FROM glob(${`${secret}/*`})`,
    sql`FROM read_text('/etc/hostname')`,
    sql`COPY (SELECT 1) TO ${join(raw, 'link', 'b.csv')}`,
    sql`ATTACH ${join(secret, 'other.duckdb')} AS other`,
    sql`EXPORT DATABASE ${join(secret, 'all')}`,
    sql`SET enable_external_access = true`,
    sql`SET allowed_directories = ${[secret]}`,
    sql`INSTALL httpfs`,
  ];
  const codes = [];
  for (const statement of outside)
    codes.push((await problemOf(session.run(statement)))?.code ?? statement.text);
  expect(codes.slice(0, 8)).toEqual(Array.from({ length: 8 }, () => 'engine.denied'));
  expect(codes.slice(8).every((code) => code.startsWith('engine.'))).toBe(true);
});

test('an EngineFault keeps what DuckDB said', async () => {
  const engine = await openEngine({ path: ':memory:' });
  const failure = await withSession(engine, 'interactive', (session) =>
    session.run(sql`SELECT nothing`),
  ).catch((thrown: unknown) => thrown);
  expect(failure).toBeInstanceOf(EngineFault);
  expect(failure).toMatchObject({
    problem: { code: 'engine.sql', cause: expect.any(String) },
    detail: { position: 7, name: 'nothing' },
  });
});
