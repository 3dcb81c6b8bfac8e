import { expect } from '@playwright/test';
import { EXTENSION_FUNCTIONS } from '../../../shared/sql/extensions';
import { test } from './browser';
import { nativeFunctions, type Shown } from './native';

/** Native functions that no query needs: collations, and what looks inside DuckDB itself. */
const LEFT_OUT =
  /^icu_collate_|^(->>|add_parquet_key|check_peg_parser|(dis|en)able_peg_parser|sql_auto_complete|variant_bytes_to_variant|current_date|today|read_parquet|parquet_scan)$/;

test.describe('in memory', () => {
  test.beforeEach(({ worker }) => worker.call('openEngine', ':memory:'));
  test.afterEach(({ worker }) => worker.call('closeEngine'));

  test('the functions that are named as lacking are exactly those that lack', async ({ worker }) => {
    const { rows } = await worker.call<Shown>(
      'rows',
      'SELECT DISTINCT function_name FROM duckdb_functions()',
    );
    const here = new Set(rows.map((row) => row[0]));
    const lacking = (await nativeFunctions()).filter((name) => !here.has(name) && !LEFT_OUT.test(name));
    expect(Object.values(EXTENSION_FUNCTIONS).flat().toSorted()).toEqual(lacking.toSorted());
  });

  test('a function of an extension says which', async ({ worker }) => {
    expect(await worker.call('failure', `SELECT json_extract('{}', '$')`)).toMatchObject({
      code: 'engine.unsupported',
      message: "json_extract is not in this engine: it belongs to DuckDB's extension json.",
    });
  });

  test('nothing outside the project is read or written, and nothing is fetched', async ({ worker }) => {
    const asked: string[] = [];
    const own = new URL(worker.page.url()).origin;
    worker.page.on('request', (request) => asked.push(request.url()));
    for (const text of [
      `SELECT * FROM read_csv('/other/a.csv')`,
      `SELECT * FROM read_csv('http://127.0.0.1:1/a.csv')`,
      `SELECT * FROM read_csv('ht' || 'tp://127.0.0.1:1/a.csv')`,
      `SELECT * FROM read_parquet('https://127.0.0.1:1/a.parquet')`,
      `SELECT * FROM read_parquet('/files/../a.parquet')`,
      `COPY (SELECT 1) TO '/other/a.csv'`,
      `COPY (SELECT 1) TO '/other/a.parquet'`,
      `ATTACH 'opfs://test/other.duckdb' AS other`,
    ])
      expect(await worker.call('failure', text), text).toMatchObject({ code: 'engine.denied' });
    expect(asked.filter((url) => new URL(url).origin !== own)).toEqual([]);
  });

  test('CSV is read where it lies, a changed one anew, and written as a whole file', async ({ worker }) => {
    const put = (text: string) => worker.call('putFile', '/files/a.csv', new TextEncoder().encode(text));
    await put('i,v\n1,x\n2,y\n');
    const query = `SELECT * FROM read_csv('/files/a.csv') ORDER BY i`;
    expect((await worker.call<Shown>('rows', query)).rows).toEqual([
      ['1', 'x'],
      ['2', 'y'],
    ]);
    await put('i,v\n3,z\n');
    expect((await worker.call<Shown>('rows', query)).rows).toEqual([['3', 'z']]);
    expect(await worker.call('run', `COPY (SELECT 5 AS n) TO '/files/out.csv' (HEADER)`)).toBe(1);
    const bytes = await worker.call<Uint8Array>('getFile', '/files/out.csv');
    expect(new TextDecoder().decode(new Uint8Array(Object.values(bytes)))).toBe('n\n5\n');
  });

  test('words from a list come as text', async ({ worker }) => {
    const { rows } = await worker.call<Shown>(
      'rows',
      `SELECT e, i FROM (VALUES ('high'::ENUM('low', 'high'), 1), ('low', 2)) v(e, i) ORDER BY i`,
    );
    expect(rows).toEqual([
      ['high', 1],
      ['low', 2],
    ]);
  });
});

test('memory that runs out is a clean error, and the engine goes on', async ({ worker }) => {
  await worker.call('openEngine', ':memory:', 64 * 1024 ** 2);
  expect(
    await worker.call(
      'failure',
      `CREATE TABLE t AS SELECT i, repeat('x', 200) || i AS v FROM range(3000000) r(i)`,
    ),
  ).toMatchObject({ code: 'engine.out_of_memory', remedy: expect.any(String) });
  expect((await worker.call<Shown>('rows', 'SELECT 1 AS a')).rows).toEqual([[1]]);
  await worker.call('closeEngine');
});

test('a warehouse of another tab is locked', async ({ worker }) => {
  await worker.call('openEngine', 'test/held.duckdb');
  const other = await worker.page.context().newPage();
  await other.goto(worker.page.url());
  const failure = await other.evaluate(() =>
    (window as unknown as { callWorker(name: string, path: string): Promise<unknown> })
      .callWorker('openEngine', 'test/held.duckdb')
      .catch((thrown: Error) => thrown.message),
  );
  expect(String(failure)).toContain('Another tab holds');
  await other.close();
  await worker.call('closeEngine');
});
