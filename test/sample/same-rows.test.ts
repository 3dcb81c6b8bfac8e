import { cpSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { compareParquet, EXECUTION_TIME, findSqlMeshPython, runSqlMesh, SUSHI } from './sqlmesh';
import { planProd, writeTables } from './teal';

const MINUTES = 60_000;
const FIX = join(SUSHI, 'fixes/fix_discount');
const TABLES = [
  ...['discounts', 'pos_batches', 'products', 'stores', 'stream_feed'].map((name) => `raw.${name}`),
  ...['discounts', 'pos_sales', 'products', 'stores', 'stream_sales'].map((name) => `stg.${name}`),
  ...['fact_sales_transactions', 'daily_sales', 'product_mix', 'top_products_daily', 'store_report'].map(
    (name) => `mart.${name}`,
  ),
];
const python = findSqlMeshPython();
if (!python) console.log('Skipped: no Python with SQLMesh (set TEAL_SQLMESH_PYTHON to one).');

/** Plans prod of a copy of the sample in Teal, lays the fix over it and plans again; writes all tables after each. */
async function runTeal(folder: string, outDirs: { live: string; fixed: string }): Promise<void> {
  cpSync(SUSHI, folder, { recursive: true, filter: (path) => basename(path) !== '.teal' });
  await planProd(folder, EXECUTION_TIME);
  await writeTables(folder, outDirs.live, TABLES);
  cpSync(FIX, folder, { recursive: true, force: true });
  await planProd(folder, EXECUTION_TIME);
  await writeTables(folder, outDirs.fixed, TABLES);
}

describe.skipIf(!python)('SQL Sushi Co. in Teal and in SQLMesh', () => {
  const scratch = mkdtempSync(join(tmpdir(), 'teal-same-'));
  const out = (name: string) => join(scratch, name);

  beforeAll(async () => {
    process.env.TEAL_STATE_DIR = out('state');
    await Promise.all([
      runSqlMesh(SUSHI, out('mesh-live')),
      runSqlMesh(SUSHI, out('mesh-fixed'), { overlays: [FIX] }),
    ]);
    for (const name of ['teal-live', 'teal-fixed']) mkdirSync(out(name));
    await runTeal(out('project'), { live: out('teal-live'), fixed: out('teal-fixed') });
  }, 10 * MINUTES);
  afterAll(() => rmSync(scratch, { recursive: true, force: true }));

  it.each(['live', 'fixed'].flatMap((when) => TABLES.map((table) => [when, table] as const)))(
    '%s: %s has the same columns and rows',
    async (when, table) => {
      const found = await compareParquet(
        join(out(`mesh-${when}`), `${table}.parquet`),
        join(out(`teal-${when}`), `${table}.parquet`),
      );
      expect(found.rightColumns).toEqual(found.leftColumns);
      expect([found.onlyLeft, found.onlyRight]).toEqual([0, 0]);
      expect(found.leftRows).toBeGreaterThan(0);
    },
    MINUTES,
  );
});
