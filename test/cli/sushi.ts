// The sample as the command line makes it, with what is known of it.
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildTeal, rowsOf, teal } from './teal';

/** The moment that counts as now: the day after the sample's last. */
export const NOW = ['--execution-time', '2025-04-01'] as const;

export const BRIEF = 'backfills/fix-discount.yaml';

export const ROWS: Readonly<Record<string, number>> = {
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

/** Rows that the fix changes in February and March 2025, by model. */
export const CHANGED: Readonly<Record<string, number>> = {
  'mart.daily_sales': 1_234,
  'mart.fact_sales_transactions': 2_316,
  'mart.product_mix': 472,
  'mart.store_report': 12,
  'mart.top_products_daily': 335,
};

export interface Sample {
  readonly dir: string;
  remove(): void;
}

/** A new project from the sample, with nothing filled. */
export async function createSample(): Promise<Sample> {
  buildTeal();
  const folder = mkdtempSync(join(tmpdir(), 'teal-sushi-'));
  const dir = join(folder, 'sushi');
  const { code, err } = await teal(['init', dir, '--template', 'sushi']);
  if (code !== 0) throw new Error(err);
  return {
    dir,
    remove: () => rmSync(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 }),
  };
}

/** Lays the sample's repair of the discount over a project, as a person's edit would. */
export function applyFix(dir: string): void {
  cpSync(join(dir, 'fixes/fix_discount'), dir, { recursive: true, force: true });
}

/** An order-free checksum of each model in an environment: its number of rows and the sum of their hashes. */
export async function checksums(dir: string, environment = 'prod'): Promise<Record<string, unknown>> {
  const each = Object.keys(ROWS).map(
    (model) =>
      `SELECT '${model}' AS model, count(*) || ' ' || sum(hash(t)::HUGEINT) AS sum FROM ${model} AS t`,
  );
  const rows = await rowsOf(dir, each.join(' UNION ALL '), '--environment', environment);
  return Object.fromEntries(rows.map((row) => [row.model, row.sum]));
}
