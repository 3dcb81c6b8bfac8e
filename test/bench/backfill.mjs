// 365 daily partitions over 10 M rows through an interval-local model, against one CREATE TABLE AS of the same query.
import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { bareEngine, inFolder, least, seconds, writeFiles } from './support.mjs';

const ROWS = Number(process.env.TEAL_BENCH_ROWS ?? 10_000_000);
const REPEATS = Number(process.env.TEAL_BENCH_REPEATS ?? 3);
const DAYS = 365;

/** Every value follows from the row's number through DuckDB's hash; about 3 % of the rows are a later version of an order. */
const dayRows = (day, low, high) => `
  SELECT i AS order_id, DATE '2025-01-01' + ${day} AS ds, (hash(i, 1) % 100000)::INTEGER AS customer_id,
    (hash(i, 2) % 200)::INTEGER AS store_id, (hash(i, 3) % 5000)::INTEGER AS item_id,
    (['placed','paid','shipped','returned','cancelled'])[1 + ((hash(i, 4) + v) % 5)::INTEGER] AS status,
    (1 + hash(i, 5) % 9)::INTEGER AS quantity, ((100 + hash(i, 6) % 99900) / 100.0)::DECIMAL(10,2) AS unit_price,
    (hash(i, 7) % 30) / 100.0::DOUBLE AS discount,
    TIMESTAMP '2025-01-01' + to_days(${day}) + to_seconds((hash(i, 8) % 86400)::BIGINT) AS event_ts,
    TIMESTAMP '2025-01-01' + to_days(${day}) + to_seconds((hash(i, 8) % 86400 + v * 3600)::BIGINT) AS updated_at
  FROM (SELECT i, 0 AS v FROM range(${low}, ${high}) t(i) UNION ALL SELECT i, 1 FROM range(${low}, ${high}) t(i) WHERE hash(i, 10) % 32 = 0)`;

const query = (from, to) => `
SELECT o.order_id, o.ds, o.customer_id, o.store_id, s.region, o.item_id, i.category, o.status, o.quantity, o.unit_price,
  (o.quantity * o.unit_price * (1 - o.discount))::DECIMAL(12, 2) AS net_amount, o.event_ts
FROM (
  SELECT *, row_number() OVER (PARTITION BY order_id ORDER BY updated_at DESC) AS version_rank
  FROM raw.orders
  WHERE ds BETWEEN ${from} AND ${to}
) AS o
JOIN raw.stores AS s ON o.store_id = s.store_id
JOIN raw.items AS i ON o.item_id = i.item_id
WHERE o.version_rank = 1`;

export async function backfillBench() {
  const { startHost } = await import(resolve('dist/node/host.js'));
  return inFolder(async (dir) => {
    const project = join(dir, 'project');
    await makeData(join(project, 'raw'), { rows: ROWS, files: DAYS });
    writeFiles(project, projectFiles());
    const limits = [];
    const tables = [];
    let warm;
    for (let round = 0; round < REPEATS; round++) {
      limits.push(await createTableAs(join(dir, `bare-${round}.duckdb`), project));
      rmSync(join(project, '.teal/warehouse.duckdb'), { force: true });
      const host = startHost({ version: 'bench', way: 'benchmark' });
      await host.service.open(project);
      const client = host.client();
      const plan = await client.call('plan.build', { executionTime: '2026-01-01' });
      tables.push(await seconds(() => client.call('backfill.start', { plan: plan.id, wait: true })));
      warm = await client.call('query.run', {
        sql: 'SELECT count(*) AS n, bit_xor(hash(COLUMNS(*))) AS h FROM bench.orders',
      });
      await host.close();
    }
    const line = commandLineOverhead(dir, project, least(tables));
    return [
      {
        label: 'backfill of 365 days in a warm host, times one CREATE TABLE AS',
        value: least(tables) / least(limits),
        limit: 1.3,
        note: `${least(tables).toFixed(2)} s against ${least(limits).toFixed(2)} s, ${ROWS} rows, ${warm.rows[0][0]} kept`,
      },
      line,
    ];
  });
}

/** A year of orders in so many files of whole days, and the stores and items that they name. */
export async function makeData(raw, { rows, files }) {
  mkdirSync(join(raw, 'orders'), { recursive: true });
  const engine = await bareEngine(':memory:');
  const each = Math.floor(rows / DAYS);
  const days = Array.from({ length: DAYS }, (_, day) =>
    dayRows(day, day * each, day === DAYS - 1 ? rows : (day + 1) * each),
  );
  for (let file = 0; file < files; file++) {
    const [from, to] = [file, file + 1].map((at) => Math.floor((at * DAYS) / files));
    await engine.run(
      `COPY (${days.slice(from, to).join(' UNION ALL ')}) TO '${raw}/orders/${String(file).padStart(3, '0')}.parquet' (FORMAT parquet)`,
    );
  }
  await engine.run(
    `COPY (SELECT i::INTEGER AS store_id, (['north','south','east','west'])[1 + (i % 4)] AS region FROM range(200) t(i)) TO '${raw}/stores.parquet'`,
  );
  await engine.run(
    `COPY (SELECT i::INTEGER AS item_id, 'cat ' || (i % 40) AS category FROM range(5000) t(i)) TO '${raw}/items.parquet'`,
  );
  engine.close();
}

/** The text files of the benchmark's project. */
export function projectFiles() {
  const source = (name, files) =>
    `name: ${name}\nfiles: ['${files}']\nformat: parquet\n${name === 'orders' ? 'time_column: ds\n' : ''}`;
  return {
    'config.yaml':
      "gateways:\n  local:\n    connection:\n      type: duckdb\nmodel_defaults:\n  dialect: duckdb\n  start: '2025-01-01'\n  cron: '@daily'\n",
    'sources/orders.yaml': source('orders', 'raw/orders/*.parquet'),
    'sources/stores.yaml': source('stores', 'raw/stores.parquet'),
    'sources/items.yaml': source('items', 'raw/items.parquet'),
    'models/bench/orders.sql': `MODEL (\n  name bench.orders,\n  kind INCREMENTAL_BY_TIME_RANGE (time_column ds, batch_size 30),\n  end '2025-12-31',\n  grain order_id\n);\n${query('@start_ds', '@end_ds')}\n`,
  };
}

async function createTableAs(path, project) {
  const engine = await bareEngine(path);
  await engine.run('CREATE SCHEMA raw');
  await engine.run(`CREATE VIEW raw.orders AS SELECT * FROM read_parquet('${project}/raw/orders/*.parquet')`);
  await engine.run(`CREATE VIEW raw.stores AS SELECT * FROM '${project}/raw/stores.parquet'`);
  await engine.run(`CREATE VIEW raw.items AS SELECT * FROM '${project}/raw/items.parquet'`);
  const took = await seconds(() =>
    engine.run(`CREATE TABLE orders AS ${query("DATE '2025-01-01'", "DATE '2025-12-31'")}`),
  );
  engine.close();
  rmSync(path, { force: true });
  return took;
}

/** What the command line costs over a warm host: the whole process less the filling, on a project whose files are taken in already. */
function commandLineOverhead(dir, project, warm) {
  const copy = join(dir, 'line');
  cpSync(project, copy, { recursive: true });
  rmSync(join(copy, '.teal/warehouse.duckdb'), { force: true });
  const teal = (...args) =>
    spawnSync(process.execPath, [resolve('dist/node/teal.js'), '-p', copy, '--json', ...args], {
      encoding: 'utf8',
    });
  teal('sources');
  const started = performance.now();
  const done = teal('plan', 'prod', '--auto-apply', '--no-prompts', '--execution-time', '2026-01-01');
  const whole = (performance.now() - started) / 1000;
  const { run } = JSON.parse(done.stdout);
  return {
    label: 'seconds that the command line adds',
    value: whole - run.elapsedSeconds,
    limit: 0.5,
    note: `${whole.toFixed(2)} s in all, ${run.elapsedSeconds.toFixed(2)} s of it filling, warm host ${warm.toFixed(2)} s`,
  };
}
