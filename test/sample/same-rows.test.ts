import { cpSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openNativeEngine } from '../../node/engine/native-engine';
import { startHost } from '../../node/host/host';
import { withSession } from '../../shared/engine/contract';
import { id, sql } from '../../shared/sql/sql';
import { compareParquet, EXECUTION_TIME, findSqlMeshPython, runSqlMesh, SUSHI } from './sqlmesh';

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
  await planProd(folder);
  await writeTables(folder, outDirs.live);
  cpSync(FIX, folder, { recursive: true, force: true });
  await planProd(folder);
  await writeTables(folder, outDirs.fixed);
}

async function planProd(dir: string): Promise<void> {
  const host = startHost({ version: 'test', way: 'test' });
  try {
    const client = host.client();
    await client.call('project.open', { dir });
    const plan = await client.call('plan.build', { executionTime: EXECUTION_TIME });
    await client.call('backfill.start', { plan: plan.id, wait: true });
  } finally {
    await host.close();
  }
}

async function writeTables(dir: string, out: string): Promise<void> {
  const engine = await openNativeEngine({
    path: join(dir, '.teal', 'warehouse.duckdb'),
    allowedDirectories: null,
  });
  try {
    await withSession(engine, 'background', async (session) => {
      for (const name of TABLES)
        await session.run(
          sql`COPY (FROM ${id(...name.split('.'))}) TO ${join(out, `${name}.parquet`)} (FORMAT parquet)`,
        );
    });
  } finally {
    await engine.close();
  }
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
