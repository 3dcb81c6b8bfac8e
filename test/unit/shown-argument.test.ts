// How SQLMesh 0.236.4 prints arguments of audits; case apart, which it changes and nobody compares.
import { describe, expect, it } from 'vitest';
import { shownArgument } from '../../shared/quality/shown-argument';

describe('an argument of an audit is shown as SQLMesh prints it', () => {
  it.each([
    ['id is not null', 'NOT id IS NULL'],
    ['(a.id is not null, b)', '(NOT a.id IS NULL, b)'],
    ['x not in (1, 2)', 'NOT x IN (1, 2)'],
    ["x not like 'a%'", "x NOT LIKE 'a%'"],
    ['x not between 1 and 2', 'NOT x BETWEEN 1 AND 2'],
    ['x != 1', 'x <> 1'],
    ['x == 2', 'x = 2'],
    ['x::date', 'CAST(x AS DATE)'],
    ["(x::int > 1, y::varchar = 'a')", "(CAST(x AS INT) > 1, CAST(y AS TEXT) = 'a')"],
    ['x::decimal(9, 2)', 'CAST(x AS DECIMAL(9, 2))'],
    ['cast(x as integer)', 'CAST(x AS INT)'],
    ["DATE '2024-01-01'", "CAST('2024-01-01' AS DATE)"],
    ["TIMESTAMP '2024-01-01 00:00:00'", "CAST('2024-01-01 00:00:00' AS TIMESTAMP)"],
    ['lower(x) is not null', 'NOT LOWER(x) IS NULL'],
    ['(a + b) is not null', 'NOT (a + b) IS NULL'],
    ['x is not true', 'NOT x IS TRUE'],
    ['x is not distinct from y', 'x IS NOT DISTINCT FROM y'],
    ['a = 1 and b is not null', 'a = 1 AND NOT b IS NULL'],
    ['a and (b) is not null', 'a AND NOT (b) IS NULL'],
    ["coalesce(x, 0) not in ('a')", "NOT COALESCE(x, 0) IN ('a')"],
    ['len(x) > 1', 'LENGTH(x) > 1'],
    ['not x', 'NOT x'],
    ["(\n  'in',\n  'out'\n)", "('in', 'out')"],
    [
      "x between date '2024-01-01' and date '2024-02-01'",
      "x BETWEEN CAST('2024-01-01' AS DATE) AND CAST('2024-02-01' AS DATE)",
    ],
    ['x::int::text', 'x::int::text'],
    ['integer', 'integer'],
    ['', ''],
  ])('%s', (text, shown) => {
    const plain = (sql: string) => sql.toLowerCase().replaceAll(/\(\s+/g, '(').replaceAll(/\s+\)/g, ')');
    expect(plain(shownArgument(text))).toBe(plain(shown));
  });
});
