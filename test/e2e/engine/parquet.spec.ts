import { expect } from '@playwright/test';
import { type BrowserWorker, test } from './browser';
import { parquetOf, type Shown, shownNatively } from './native';

const TYPES = `SELECT i::TINYINT AS t, (i % 100)::UTINYINT AS ut, i::SMALLINT AS s, i::USMALLINT AS us, i::INTEGER AS n,
  i::UINTEGER AS un, i::BIGINT AS b, i::UBIGINT AS ub, (i / 10)::DECIMAL(18, 3) AS d, (i / 10)::DECIMAL(38, 2) AS d38,
  (i / 10)::DECIMAL(4, 1) AS d4, i::FLOAT AS f, i::DOUBLE AS db, 'ž🐎' || i AS v, '\\x00\\xFFab'::BLOB AS bl,
  DATE '2024-01-01' + i::INTEGER AS da, TIME '10:00:00.5' AS ti, TIMESTAMP '2024-01-01 00:00:00.000001' AS ts,
  TIMESTAMPTZ '2024-01-01 00:00:00+02' AS tz, '2024-01-01 01:02:03'::TIMESTAMP_S AS tss,
  '2024-01-01 01:02:03.5'::TIMESTAMP_MS AS tsm, '2024-01-01 00:00:00.123456789'::TIMESTAMP_NS AS tsn,
  'a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11'::UUID AS u, [i, NULL] AS l, {'a': i, 'b': ['x']} AS st, MAP {'k': i} AS m,
  i % 2 = 0 AS bo, NULL::INTEGER AS nu, CASE WHEN i > 1 THEN i END AS some FROM range(5) r(i)`;

/** What a query gives in the browser; `$name` stands for the path of a file that was put there under the name. */
async function shown(worker: BrowserWorker, query: string): Promise<Shown> {
  return worker.call<Shown>('rows', query.replaceAll('$', '/files/'));
}

async function put(worker: BrowserWorker, name: string, bytes: Uint8Array): Promise<void> {
  await worker.call('putFile', `/files/${name}`, bytes);
}

test.beforeEach(({ worker }) => worker.call('openEngine', ':memory:'));
test.afterEach(({ worker }) => worker.call('closeEngine'));

test('values and types of a Parquet file are what the native engine reads', async ({ worker }) => {
  const bytes = await parquetOf(TYPES);
  await put(worker, 'types.parquet', bytes);
  const query = `SELECT * FROM read_parquet('$types.parquet')`;
  expect(await shown(worker, query)).toEqual(await shownNatively(query, { 'types.parquet': bytes }));
});

test('several files go together as the call says', async ({ worker }) => {
  const a = await parquetOf('SELECT 1 AS id, 10 AS x UNION ALL SELECT 2, 20');
  const b = await parquetOf(`SELECT 'late' AS extra, 3 AS id, 30.5 AS x`);
  const same = await parquetOf('SELECT 4 AS id, 40 AS x');
  for (const [name, bytes] of Object.entries({ 'a.parquet': a, 'b.parquet': b, 'same.parquet': same }))
    await put(worker, name, bytes);
  const files = { 'a.parquet': a, 'b.parquet': b, 'same.parquet': same };
  for (const query of [
    `SELECT * FROM read_parquet(['$a.parquet', '$b.parquet'], union_by_name = true) ORDER BY id`,
    `SELECT * FROM read_parquet(['$a.parquet', '$same.parquet']) ORDER BY id`,
    `SELECT id, parse_filename(source) AS f FROM read_parquet(['$a.parquet', '$b.parquet'], union_by_name = true, filename = 'source') ORDER BY id`,
    `SELECT count(*) AS n FROM '$a.parquet' p JOIN '$same.parquet' s ON p.id < s.id`,
    `SELECT t.x FROM read_parquet('$a.parquet') AS t WHERE t.id = 2`,
  ])
    expect((await shown(worker, query)).rows, query).toEqual((await shownNatively(query, files)).rows);
});

test('a pattern names all files that fit it', async ({ worker }) => {
  await put(worker, 'day-1.parquet', await parquetOf('SELECT 1 AS i'));
  await put(worker, 'day-2.parquet', await parquetOf('SELECT 2 AS i'));
  const { rows } = await shown(worker, `SELECT sum(i)::INTEGER AS s FROM read_parquet('$day-*.parquet')`);
  expect(rows).toEqual([[3]]);
});

test('a file of many row groups is read whole, and once', async ({ worker }) => {
  await put(
    worker,
    'big.parquet',
    await parquetOf('SELECT i FROM range(300000) r(i)', ', ROW_GROUP_SIZE 20000'),
  );
  const query = `SELECT count(*)::INTEGER AS n, sum(i)::VARCHAR AS s FROM read_parquet('$big.parquet')`;
  expect((await shown(worker, query)).rows).toEqual([[300_000, '44999850000']]);
  expect((await shown(worker, query)).rows).toEqual([[300_000, '44999850000']]);
  const tables = `SELECT count(*)::INTEGER AS n FROM duckdb_tables() WHERE schema_name = 'teal_files'`;
  expect((await shown(worker, tables)).rows).toEqual([[1]]);
});

test('many files become one table, more join it, and each row still knows its file', async ({ worker }) => {
  const names = (count: number) => Array.from({ length: count }, (_, day) => `many-${day}.parquet`);
  const list = (files: readonly string[]) => `[${files.map((name) => `'$${name}'`).join(', ')}]`;
  const given: Record<string, Uint8Array> = {};
  for (const [day, name] of names(12).entries()) {
    given[name] = await parquetOf(
      day === 7
        ? `SELECT ${day} AS i, 'late' AS extra`
        : `SELECT ${day}::INTEGER AS i, 1.5 AS x UNION ALL SELECT -1, 2`,
    );
    await put(worker, name, given[name]);
  }
  const read = (files: readonly string[], tail: string) =>
    `SELECT i, x, extra, parse_filename(f) AS f FROM read_parquet(${list(files)}, union_by_name = true, filename = 'f') ${tail}`;
  const tables = async () =>
    (
      await shown(
        worker,
        `SELECT count(*)::INTEGER AS n FROM duckdb_tables() WHERE schema_name = 'teal_files'`,
      )
    ).rows;
  for (const query of [
    read(names(10), 'ORDER BY f, i'),
    read(names(12), 'ORDER BY f, i'),
    read([...names(12), 'many-3.parquet'], 'WHERE i = 3 ORDER BY f'),
  ])
    expect((await shown(worker, query)).rows, query).toEqual((await shownNatively(query, given)).rows);
  // one of ten files, two more, one that stands twice, and the list of members
  expect(await tables()).toEqual([[5]]);
});

test('a file that changed is read again', async ({ worker }) => {
  const query = `SELECT i FROM read_parquet('$moving.parquet')`;
  await put(worker, 'moving.parquet', await parquetOf('SELECT 1 AS i'));
  expect((await shown(worker, query)).rows).toEqual([[1]]);
  await put(worker, 'moving.parquet', await parquetOf('SELECT 2 AS i'));
  expect((await shown(worker, query)).rows).toEqual([[2]]);
});

test('a file without rows has its columns', async ({ worker }) => {
  await put(worker, 'none.parquet', await parquetOf(`SELECT 1 AS i, 'x' AS v WHERE false`));
  expect(await shown(worker, `SELECT * FROM read_parquet('$none.parquet')`)).toEqual({
    columns: [
      { name: 'i', type: 'INTEGER' },
      { name: 'v', type: 'VARCHAR' },
    ],
    rows: [],
  });
});

test('a view over a Parquet file is kept in the warehouse, and its file is read in the transaction that makes it', async ({
  worker,
}) => {
  await put(worker, 'kept.parquet', await parquetOf('SELECT 7 AS i'));
  await worker.call(
    'run',
    `BEGIN; CREATE VIEW v AS SELECT i FROM read_parquet('/files/kept.parquet'); COMMIT`,
  );
  expect((await shown(worker, 'SELECT i FROM v')).rows).toEqual([[7]]);
});

test('what is no Parquet file, is cut off, or is not there says so and leaves nothing', async ({
  worker,
}) => {
  const whole = await parquetOf('SELECT i FROM range(100000) r(i)');
  await put(worker, 'text.parquet', new TextEncoder().encode('no Parquet at all, just words'));
  await put(worker, 'cut.parquet', whole.slice(0, whole.length / 2));
  await put(worker, 'tiny.parquet', new Uint8Array([1, 2]));
  for (const name of ['text', 'cut', 'tiny'])
    expect(
      await worker.call('failure', `SELECT * FROM read_parquet('/files/${name}.parquet')`),
    ).toMatchObject({
      code: 'engine.sql',
      message: expect.stringContaining(`${name}.parquet is not a whole Parquet file`),
    });
  expect(await worker.call('failure', `SELECT * FROM read_parquet('/files/gone.parquet')`)).toMatchObject({
    code: 'engine.sql',
    message: expect.stringContaining('No files found'),
    at: `read_parquet('/files/gone.parquet')`,
  });
  const tables = `SELECT count(*)::INTEGER AS n FROM duckdb_tables() WHERE schema_name = 'teal_files'`;
  expect((await shown(worker, tables)).rows).toEqual([[0]]);
});

test('intervals and options that cannot be had are refused by name', async ({ worker }) => {
  await put(worker, 'spans.parquet', await parquetOf(`SELECT INTERVAL 1 MONTH AS span`));
  expect(await worker.call('failure', `SELECT * FROM read_parquet('/files/spans.parquet')`)).toMatchObject({
    code: 'engine.unsupported',
    message: expect.stringContaining('span of spans.parquet holds intervals'),
  });
  expect(
    await worker.call(
      'failure',
      `SELECT * FROM read_parquet('/files/spans.parquet', hive_partitioning = true)`,
    ),
  ).toMatchObject({ code: 'engine.unsupported', message: expect.stringContaining('hive_partitioning') });
});

test('rows go out as a Parquet file that the native engine reads back', async ({ worker }) => {
  const query = `SELECT i, i % 2 = 0 AS even, (i / 4)::DECIMAL(9, 2) AS d, 'v' || i AS v, TIMESTAMP '2024-01-01' + INTERVAL (i) HOUR AS ts,
    ['low', 'high'][1 + i % 2]::ENUM('low', 'high') AS e FROM range(3000) r(i)`;
  expect(await worker.call('run', `COPY (${query}) TO '/files/out.parquet' (FORMAT parquet)`)).toBe(3000);
  const bytes = await worker.call<Uint8Array>('getFile', '/files/out.parquet');
  const back = `SELECT i, even, d, v, ts, e FROM read_parquet('$out.parquet') ORDER BY i`;
  const columns = `SELECT i, even, d, v, ts, e::VARCHAR AS e FROM (${query}) ORDER BY i`;
  const given = { 'out.parquet': new Uint8Array(Object.values(bytes)) };
  expect(await shownNatively(back, given)).toEqual(await shownNatively(columns));
});
