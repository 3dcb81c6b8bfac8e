// A project of three models over one CSV file of ten days, made in milliseconds.
import { join } from 'node:path';
import { createFolder, writeFiles } from './teal';

export const NOW = ['--execution-time', '2025-01-11'] as const;

const CONFIG = `gateways:
  local:
    connection:
      type: duckdb
default_gateway: local
model_defaults:
  dialect: duckdb
  start: '2025-01-01'
  cron: '@daily'
`;

const DAYS = Array.from({ length: 10 }, (_, index) => `2025-01-${String(index + 1).padStart(2, '0')}`);

/** Orders of ten days, three a day, with an amount each. */
export const ORDERS = [
  'id,day,amount',
  ...DAYS.flatMap((day, index) => [1, 2, 3].map((n) => `${index * 3 + n},${day},${(index + 1) * n}`)),
  '',
].join('\n');

export const SALES = `MODEL (
  name mart.sales,
  kind INCREMENTAL_BY_TIME_RANGE (time_column day, batch_size 1),
  grain id
);

SELECT
  id,
  day,
  CAST(amount AS DECIMAL(9, 2)) AS amount
FROM raw.orders
WHERE day BETWEEN @start_date AND @end_date
`;

const DAILY = `MODEL (
  name mart.daily,
  kind INCREMENTAL_BY_TIME_RANGE (time_column day, batch_size 1),
  grain day
);

SELECT day, count(*) AS orders, sum(amount) AS amount
FROM mart.sales
WHERE day BETWEEN @start_date AND @end_date
GROUP BY day
`;

export const TOTAL = `MODEL (
  name mart.total,
  kind FULL
);

SELECT sum(amount) AS amount FROM mart.daily
`;

export const FILES: Readonly<Record<string, string>> = {
  'config.yaml': CONFIG,
  'models/mart/sales.sql': SALES,
  'models/mart/daily.sql': DAILY,
  'models/mart/total.sql': TOTAL,
  'raw/orders.csv': ORDERS,
  'sources/orders.yaml':
    'name: orders\nfiles: [raw/orders.csv]\nformat: csv\ncolumns:\n  id: INTEGER\n  day: DATE\n  amount: VARCHAR\nkey: [id]\non_error: quarantine\n',
};

/** A new project in a folder of its own, with files on top of or in place of the usual ones. */
export function createSmall(files: Readonly<Record<string, string | Uint8Array>> = {}): string {
  const dir = join(createFolder(), 'small');
  writeFiles(dir, { ...FILES, ...files });
  return dir;
}
