// The way back: a project made, filled and edited in Teal loads in SQLMesh as it stands, and gives the same tables there.
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { compareParquet, findSqlMeshPython, runSqlMesh } from './sqlmesh';
import { planProd, withTeal, writeTables } from './teal';

const MINUTES = 60_000;
const NOW = '2025-01-06 00:00:00';
const TABLES = ['raw.orders', 'shop.orders', 'shop.daily', 'shop.customers'];
const python = findSqlMeshPython();
if (!python) console.log('Skipped: no Python with SQLMesh (set TEAL_SQLMESH_PYTHON to one).');

const CSV = `order_id,customer,ordered_at,amount
1,Ada,2025-01-01 08:15:00,12.50
2,Bob,2025-01-01 09:00:00,3.25
3,Ada,2025-01-03 17:40:00,7.00
4,"Cleo, the younger",2025-01-04 23:59:59,0.10
5,Bob,2025-01-05 00:00:00,99.99
`;

// A block as its author keeps it: comments, properties that Teal does not use, an odd layout.
const DAILY = `/* sums by day */
MODEL (
  name shop.daily, -- the only daily one
  kind INCREMENTAL_BY_TIME_RANGE (
    time_column day,
    batch_size 2
  ),
  owner sales_team,   tags [money, "by day"],
  grain day,
  column_descriptions (total = 'what was paid', day = 'UTC'),
  audits (not_null(columns := (day, total)), enough(least := 0))
);

SELECT
  ordered_at::DATE AS day,
  COUNT(*)::BIGINT AS orders, -- of that day
  SUM(amount)::DOUBLE AS total
FROM shop.orders
WHERE ordered_at BETWEEN @start_ts AND @end_ts
GROUP BY 1
`;

const CUSTOMERS = `MODEL (
  name shop.customers,
  kind FULL,
  description 'who bought, and how much'
);

SELECT customer, SUM(amount)::DOUBLE AS total, MAX(ordered_at)::TIMESTAMP AS last_at
FROM shop.orders
GROUP BY customer
`;

const AUDIT = `AUDIT (name enough, defaults (least = 1));

SELECT * FROM @this_model WHERE total < @least
`;

/** Makes a project from nothing with Teal's commands: raw data taken in, models added, their texts saved. */
async function makeProject(dir: string, csv: string): Promise<void> {
  await withTeal(async (client) => {
    await client.call('project.create', { template: 'blank', dir, name: 'Way back' });
    await client.call('source.import', { paths: [csv], uploads: [], name: 'orders' });
    await client.call('model.create', { name: 'shop.orders', from: 'raw.orders' });
    for (const name of ['shop.daily', 'shop.customers']) await client.call('model.create', { name });
    writeFileSync(join(dir, 'audits/enough.sql'), AUDIT);
  });
}

/** Saves the texts in Teal as a person does in the window, in a session of its own. */
async function saveModels(dir: string): Promise<void> {
  await withTeal(async (client) => {
    await client.call('project.open', { dir });
    await client.call('model.save', { model: 'shop.daily', text: DAILY });
    await client.call('model.save', { model: 'shop.customers', text: CUSTOMERS });
  });
}

describe.skipIf(!python)('a project saved by Teal in SQLMesh', () => {
  const scratch = mkdtempSync(join(tmpdir(), 'teal-way-back-'));
  const project = join(scratch, 'project');
  const out = (name: string) => join(scratch, name);
  let rows: Record<string, number> = {};

  beforeAll(async () => {
    process.env.TEAL_STATE_DIR = out('state');
    writeFileSync(join(scratch, 'orders.csv'), CSV);
    mkdirSync(out('teal'));
    await makeProject(project, join(scratch, 'orders.csv'));
    await saveModels(project);
    await planProd(project, NOW);
    await writeTables(project, out('teal'), TABLES);
    rows = await runSqlMesh(project, out('mesh'), { executionTime: NOW });
  }, 5 * MINUTES);
  afterAll(() => rmSync(scratch, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 }));

  it('loads, passes its audits and fills every model there', () => {
    expect(rows).toEqual({ 'raw.orders': 5, 'shop.orders': 5, 'shop.daily': 4, 'shop.customers': 3 });
  });

  it.each(TABLES)('%s has the same columns and rows', async (table) => {
    const found = await compareParquet(
      join(out('mesh'), `${table}.parquet`),
      join(out('teal'), `${table}.parquet`),
    );
    expect(found.rightColumns).toEqual(found.leftColumns);
    expect([found.onlyLeft, found.onlyRight]).toEqual([0, 0]);
  });

  it('keeps the saved texts byte for byte', () => {
    expect(readFileSync(join(project, 'models/shop/daily.sql'), 'utf8')).toBe(DAILY);
    expect(readFileSync(join(project, 'models/shop/customers.sql'), 'utf8')).toBe(CUSTOMERS);
  });
});
