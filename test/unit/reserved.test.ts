import { expect, it } from 'vitest';
import { expression } from '../../shared/sql/reserved';

it.each([
  [
    "SELECT at::DATE AS at, date_trunc('hour', at) FROM t",
    `SELECT "at"::DATE AS "at", date_trunc('hour', "at") FROM t`,
  ],
  ["SELECT ts AT TIME ZONE 'UTC', t.at FROM t", `SELECT ts AT TIME ZONE 'UTC', t."at" FROM t`],
  ['SELECT verbose FROM t AT (VERSION => 1)', 'SELECT "verbose" FROM t AT (VERSION => 1)'],
  [`SELECT "at", 'at' -- at`, `SELECT "at", 'at' -- at`],
])('%s', (text, result) => expect(expression(text).text).toBe(result));
