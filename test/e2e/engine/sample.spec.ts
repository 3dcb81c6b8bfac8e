import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative, resolve } from 'node:path';
import { expect } from '@playwright/test';
import { startHost } from '../../../node/host/host';
import { test } from './browser';

const SUSHI = resolve('examples/sushi');
const FIX = join(SUSHI, 'fixes/fix_discount');
const EXECUTION_TIME = '2025-04-01 00:00:00';
const TABLES = [
  ...['discounts', 'pos_batches', 'products', 'stores', 'stream_feed'].map((name) => `raw.${name}`),
  ...['discounts', 'pos_sales', 'products', 'stores', 'stream_sales'].map((name) => `stg.${name}`),
  ...['fact_sales_transactions', 'daily_sales', 'product_mix', 'top_products_daily', 'store_report'].map(
    (name) => `mart.${name}`,
  ),
];

type Call = (id: string, input: object) => Promise<unknown>;

/** Fills the sample, lays the fix over its files, fills again; gives every table's rows each time, in one order. */
async function rowsOfSample(call: Call, dir: string, layFix: () => Promise<void>): Promise<unknown> {
  await call('project.open', { dir });
  await fill(call);
  const before = await allRows(call);
  await call('project.close', {});
  await layFix();
  await call('project.open', { dir });
  await fill(call);
  return { before, after: await allRows(call) };
}

async function fill(call: Call): Promise<void> {
  const plan = (await call('plan.build', { executionTime: EXECUTION_TIME })) as { id: string };
  await call('backfill.start', { plan: plan.id, wait: true });
}

async function allRows(call: Call): Promise<Record<string, unknown>> {
  const tables: Record<string, unknown> = {};
  for (const table of TABLES) {
    const sql = `SELECT count(*) AS n, sum(('0x' || md5(row_text)[1:15])::BIGINT)::VARCHAR AS digest, min(row_text) AS first
      FROM (SELECT t::VARCHAR AS row_text FROM ${table} AS t)`;
    const page = (await call('query.run', { sql, offset: 0, limit: 10 })) as { rows: unknown };
    tables[table] = page.rows;
  }
  return tables;
}

/** Files below a folder by their path in it. */
function filesBelow(folder: string): Record<string, Uint8Array> {
  const files: Record<string, Uint8Array> = {};
  for (const path of readdirSync(folder, { recursive: true, encoding: 'utf8' })) {
    const file = join(folder, path);
    if (statSync(file).isFile() && !path.includes('.teal'))
      files[relative(folder, file).replaceAll('\\', '/')] = new Uint8Array(readFileSync(file));
  }
  return files;
}

test('all tables of the sample have the same rows on both engines, before and after the fix', async ({
  worker,
}) => {
  test.setTimeout(240_000);
  const folder = mkdtempSync(join(tmpdir(), 'teal-sample-'));
  const project = join(folder, 'sushi');
  cpSync(SUSHI, project, { recursive: true });
  const host = startHost({ version: 'test', way: 'test' });
  const client = host.client();
  const natively = await rowsOfSample(
    (id, input) => client.call(id as 'query.run', input as never),
    project,
    async () => cpSync(FIX, project, { recursive: true, force: true }),
  );
  await host.close();
  rmSync(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 });

  const store = (files: Record<string, Uint8Array>): Promise<void> =>
    worker.call<void>(
      'store',
      Object.fromEntries(Object.entries(files).map(([path, bytes]) => [`/projects/sushi/${path}`, bytes])),
    );
  await store(filesBelow(SUSHI));
  const here = await rowsOfSample(
    async (id, input) => (await worker.call<{ output: unknown }>('call', id, input)).output,
    '/projects/sushi',
    () => store(filesBelow(FIX)),
  );
  await worker.call('call', 'project.close', {});
  expect(here).toEqual(natively);
});
