import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { rowDifferences } from './runner/row-differences';
import { familyOf, type OpenedDatabase, openDatabase, type Rows, readRows } from './runner/rows';

let database: OpenedDatabase;

beforeAll(async () => {
  database = await openDatabase(':memory:', '.');
});
afterAll(() => database.close());

const rows = (values: string, columns = 'a'): Promise<Rows> =>
  readRows(database.connection, `SELECT * FROM (VALUES ${values}) AS t(${columns})`);

async function compare(expected: string, actual: string, columns = 'a'): Promise<string[]> {
  return rowDifferences(await rows(expected, columns), await rows(actual, columns));
}

describe('types', () => {
  it.each([
    ['TINYINT', 'integer'],
    ['UBIGINT', 'integer'],
    ['UHUGEINT', 'integer'],
    ['FLOAT', 'double'],
    ['DECIMAL(18,3)', 'decimal'],
    ["ENUM('a', 'b')", 'text'],
    ['UUID', 'text'],
    ['JSON', 'text'],
    ['TIMESTAMP_NS', 'timestamp'],
    ['TIMESTAMP WITH TIME ZONE', 'timestamptz'],
    ['DATE', 'date'],
    ['DECIMAL(6,3)[]', 'list(decimal)'],
    ['INTEGER[3]', 'list(integer)'],
    ['STRUCT(a INTEGER)[]', 'list(struct)'],
    ['MAP(VARCHAR, INTEGER)', 'map'],
    ['BOOLEAN', 'boolean'],
  ])('%s is %s', (type, family) => expect(familyOf(type)).toBe(family));

  it.each([
    ['(1::TINYINT)', '(1::BIGINT)'],
    ['(1::BIGINT)', '(1::HUGEINT)'],
    ['(1::DOUBLE)', '(1::HUGEINT)'],
    ['(1.5::FLOAT)', '(1.5::DOUBLE)'],
    ['(1.50::DECIMAL(9,2))', '(1.5::DECIMAL(4,1))'],
    ["('a'::ENUM('a', 'b'))", "('a')"],
    ["('2024-01-01 10:00:00'::TIMESTAMP_S)", "('2024-01-01 10:00:00'::TIMESTAMP)"],
    ["('2024-01-01 10:00:00.123'::TIMESTAMP_MS)", "('2024-01-01 10:00:00.123'::TIMESTAMP_NS)"],
    ["('2024-01-01 11:00:00+01'::TIMESTAMPTZ)", "('2024-01-01 10:00:00+00'::TIMESTAMPTZ)"],
    ['([1, 2]::TINYINT[])', '([1, 2]::BIGINT[])'],
    ["({'A': 1::TINYINT})", "({'a': 1::BIGINT})"],
    ['(NULL::INT)', '(NULL::BIGINT)'],
    ["('nan'::DOUBLE)", "('nan'::DOUBLE)"],
    ["('infinity'::DOUBLE)", "('infinity'::DOUBLE)"],
    ['(0.0::DOUBLE)', '(-0.0::DOUBLE)'],
    ["('\\xAA'::BLOB)", "('\\xAA'::BLOB)"],
  ])('%s equals %s', async (left, right) => expect(await compare(left, right)).toEqual([]));

  it.each([
    ['(1)', '(1::DOUBLE)', 'columns: expected a integer, got a double'],
    ["('2024-01-01'::DATE)", "('2024-01-01'::TIMESTAMP)", 'columns: expected a date, got a timestamp'],
    ["('1')", '(1)', 'columns: expected a text, got a integer'],
    ['([1])', "(['1'])", 'columns: expected a list(integer), got a list(text)'],
    ["({'a': 1})", "({'a': 1.5::DOUBLE})", "missing row ({'a': 1})"],
  ])('%s is not %s', async (left, right, line) => {
    expect((await compare(left, right))[0]).toBe(line);
  });
});

describe('columns', () => {
  it('of the widest integers count as doubles where Parquet made them so, and as nothing else', async () => {
    expect(await compare('(12::DOUBLE), (NULL)', '(12::HUGEINT), (NULL)')).toEqual([]);
    expect(await compare('(12::BIGINT)', '(12::HUGEINT)')).toEqual([]);
    expect(await compare('(12::DOUBLE)', '(13::HUGEINT)')).toHaveLength(2);
    expect((await compare("('12')", '(12::HUGEINT)'))[0]).toContain('columns:');
  });

  it('are compared by name, whatever the case, and order', async () => {
    expect(await compare('(1, 2)', '(1, 2)', 'a, "B"')).toEqual([]);
    const [left, right] = [await rows('(1, 2)', 'a, b'), await rows('(2, 1)', 'b, a')];
    expect(rowDifferences(left, right)).toEqual([
      'columns: expected a integer, b integer, got b integer, a integer',
    ]);
  });
});

describe('rows', () => {
  it('come in no order, and duplicates count', async () => {
    expect(await compare('(1), (2), (2)', '(2), (1), (2)')).toEqual([]);
    expect(await compare('(1), (2), (2)', '(2), (1), (1)')).toEqual([
      'missing row (2)',
      'unexpected row (1)',
    ]);
    expect(await compare('(1), (2), (2)', '(2), (1)')).toEqual(['expected 3 rows, got 2', 'missing row (2)']);
  });

  it('a doubles difference of a billionth is none, a larger one is', async () => {
    expect(await compare('(1e6::DOUBLE), (3::DOUBLE)', '(1000000.0005::DOUBLE), (3::DOUBLE)')).toEqual([]);
    expect(await compare('(1e-13::DOUBLE)', '(0::DOUBLE)')).toEqual([]);
    expect(await compare('(1e6::DOUBLE)', '(1000000.01::DOUBLE)')).toEqual([
      'missing row (1000000)',
      'unexpected row (1000000.01)',
    ]);
    expect(await compare('([1.0::DOUBLE])', '([1.0000000001::DOUBLE])')).toEqual([]);
    expect(await compare("('nan'::DOUBLE)", '(1::DOUBLE)')).toHaveLength(2);
  });

  it('all else is exact', async () => {
    expect(await compare('(1.000000001::DECIMAL(18,9))', '(1.000000002::DECIMAL(18,9))')).toHaveLength(2);
    expect(await compare("('a')", "('A')")).toHaveLength(2);
    expect(await compare("('')", '(NULL::VARCHAR)')).toEqual(["missing row ('')", 'unexpected row (NULL)']);
    expect(await compare("('2024-01-01 00:00:00.000001'::TIMESTAMP)", "('2024-01-01'::TIMESTAMP)")).toEqual([
      'missing row (2024-01-01 00:00:00.000001)',
      'unexpected row (2024-01-01 00:00:00)',
    ]);
    expect(await compare('(9007199254740993::BIGINT)', '(9007199254740992::BIGINT)')).toHaveLength(2);
  });

  it('many differences are shown in part and counted', async () => {
    const left = await readRows(database.connection, 'SELECT range AS a FROM range(100)');
    const right = await readRows(database.connection, 'SELECT range + 50 AS a FROM range(100)');
    const lines = rowDifferences(left, right);
    expect(lines).toHaveLength(11);
    expect(lines.at(-1)).toBe('50 missing and 50 unexpected rows in all');
  });
});
