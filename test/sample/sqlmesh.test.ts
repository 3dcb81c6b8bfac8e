import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { compareParquet, findSqlMeshPython, parquet, rowsOf, runSqlMesh, SUSHI, withDuckDb } from './sqlmesh';

const MINUTES = 60_000;
const python = findSqlMeshPython();
if (!python) console.log('Skipped: no Python with SQLMesh (set TEAL_SQLMESH_PYTHON to one).');

const EXPECTED = {
  'raw.discounts': 14,
  'raw.pos_batches': 38_940,
  'raw.products': 91,
  'raw.stores': 6,
  'raw.stream_feed': 24_276,
  'stg.discounts': 14,
  'stg.pos_sales': 38_940,
  'stg.products': 91,
  'stg.stores': 6,
  'stg.stream_sales': 23_606,
  'mart.fact_sales_transactions': 41_114,
  'mart.daily_sales': 22_014,
  'mart.product_mix': 720,
  'mart.top_products_daily': 900,
  'mart.store_report': 18,
};
const FACT = 'mart.fact_sales_transactions';

// Rows that the fix changes: table -> [number, column of time]
const CHANGED: Record<string, readonly [number, string]> = {
  [FACT]: [2_316, 'sold_on'],
  'mart.daily_sales': [1_234, 'sold_on'],
  'mart.product_mix': [472, 'sold_on'],
  'mart.top_products_daily': [335, 'sold_on'],
  'mart.store_report': [12, 'month'],
};

describe.skipIf(!python)('SQL Sushi Co. in SQLMesh', () => {
  let scratch = '';
  const file = (run: string, table: string) => join(scratch, run, `${table}.parquet`);
  let live: Record<string, number> = {};
  let fixed: Record<string, number> = {};

  beforeAll(async () => {
    scratch = mkdtempSync(join(tmpdir(), 'teal-sushi-'));
    [live, fixed] = await Promise.all([
      runSqlMesh(SUSHI, join(scratch, 'live')),
      runSqlMesh(SUSHI, join(scratch, 'fixed'), { overlays: [join(SUSHI, 'fixes/fix_discount')] }),
    ]);
  }, 10 * MINUTES);
  afterAll(() => rmSync(scratch, { recursive: true, force: true }));

  it('plans, passes its audits, and fills every model and raw view', () => {
    expect(live).toEqual(EXPECTED);
    expect(fixed).toEqual(EXPECTED);
  });

  it.each(Object.keys(EXPECTED))('the fix changes in %s what it should', async (table) => {
    const found = await compareParquet(file('live', table), file('fixed', table));
    expect(found.sameColumns).toBe(true);
    const [rows, time] = CHANGED[table] ?? [0, undefined];
    expect([found.onlyLeft, found.onlyRight]).toEqual([rows, rows]);
    if (!time) return;
    const [before, after] = [parquet(file('live', table)), parquet(file('fixed', table))];
    const sql = `SELECT count(*)::INTEGER FROM (SELECT * FROM ${before} EXCEPT ALL SELECT * FROM ${after})
      WHERE ${time} < DATE '2025-02-01' OR ${time} > DATE '2025-03-31'`;
    expect(await withDuckDb((connection) => rowsOf(connection, sql))).toEqual([[0]]);
  });

  it('the fix changes net and tax of combo menus alone', async () => {
    const sql = `SELECT count(*)::INTEGER,
        count(*) FILTER (o.net_amount + o.combo_discount = n.net_amount AND o.tax_amount <> n.tax_amount)::INTEGER,
        count(*) FILTER (n.product_id LIKE 'CMB-%' AND n.combo_discount > 0)::INTEGER
      FROM ${parquet(file('live', FACT))} AS o JOIN ${parquet(file('fixed', FACT))} AS n USING (transaction_id)
      WHERE o IS DISTINCT FROM n
        AND (o.sold_at, o.store_id, o.product_id, o.category, o.channel, o.origin, o.qty, o.unit_price,
             o.gross_amount, o.combo_discount, o.promo_discount)
          = (n.sold_at, n.store_id, n.product_id, n.category, n.channel, n.origin, n.qty, n.unit_price,
             n.gross_amount, n.combo_discount, n.promo_discount)`;
    expect(await withDuckDb((connection) => rowsOf(connection, sql))).toEqual([[2_316, 2_316, 2_316]]);
  });
});
