import { describe, expect, it } from 'vitest';
import { freezeTime } from '../../shared/quality/freeze-time';
import { compareRows } from '../../shared/quality/test-compare';
import { readCsvRows } from '../../shared/quality/test-csv';
import { isTestFile, readTestFile } from '../../shared/quality/test-file';
import { TestMoment, type TestValue, typeOfValue, valueSql } from '../../shared/quality/test-values';
import { writeTest } from '../../shared/quality/write-test';
import { applyEdits } from '../../shared/sql/text';

const CSV = { delimiter: ',', quote: '"' };

describe('CSV in a test', () => {
  it('holds numbers, truth and text by column, and nothing where a cell is empty', () => {
    expect(readCsvRows('a,b,c,d\n1,1.5,true,x\n,2,FALSE,\n', CSV)).toEqual([
      { a: 1n, b: 1.5, c: true, d: 'x' },
      { a: null, b: 2, c: false, d: null },
    ]);
  });

  it('reads quotes, other delimiters and line ends', () => {
    expect(readCsvRows("x|y\r\n'a|''b'\r\n", { delimiter: '|', quote: "'" })).toEqual([
      { x: "a|'b", y: null },
    ]);
    expect(readCsvRows('x|y\r\n"a|""b"|2\r\n\r\n', { delimiter: '|', quote: '"' })).toEqual([
      { x: 'a|"b', y: 2n },
    ]);
    expect(readCsvRows('', CSV)).toEqual([]);
  });
});

describe('a value of a test', () => {
  it.each<[TestValue, string | undefined, string]>([
    [1n, 'INTEGER', 'CAST(1 AS INTEGER)'],
    [3_000_000_000n, 'BIGINT', 'CAST(3000000000 AS BIGINT)'],
    [1.5, 'DOUBLE', 'CAST(1.5 AS DOUBLE)'],
    ["it's", 'VARCHAR', "CAST('it''s' AS VARCHAR)"],
    [true, 'BOOLEAN', 'CAST(true AS BOOLEAN)'],
    [new TestMoment('2024-01-01'), 'DATE', "CAST('2024-01-01' AS DATE)"],
    [new TestMoment('2024-01-01 10:00:00'), 'TIMESTAMP', "CAST('2024-01-01 10:00:00' AS TIMESTAMP)"],
    [[1n, null], 'INTEGER[]', 'CAST([1, NULL] AS INTEGER[])'],
    [
      { a: 1n, b: 'x' },
      'STRUCT("a" INTEGER, "b" VARCHAR)',
      `CAST({'a': 1, 'b': 'x'} AS STRUCT("a" INTEGER, "b" VARCHAR))`,
    ],
    [null, undefined, 'CAST(NULL AS VARCHAR)'],
    [Number.NaN, undefined, 'CAST(NULL AS VARCHAR)'],
  ])('%s', (value, type, text) => {
    expect(typeOfValue(value)).toBe(type);
    expect(valueSql(value, type ?? 'VARCHAR').text).toBe(text);
  });

  it('of a map has its keys and values', () => {
    expect(valueSql({ a: 1n }, 'MAP(VARCHAR, INTEGER)').text).toBe(
      "CAST(MAP(['a'], [1]) AS MAP(VARCHAR, INTEGER))",
    );
  });
});

describe('comparing rows', () => {
  const one = (type: string, expected: TestValue, actual: unknown) =>
    compareRows(
      [{ x: expected }],
      { columns: [{ name: 'x', type }], rows: [[actual]] },
      { partial: false, ordered: false },
    ) === undefined;

  it.each<[string, TestValue, unknown, boolean]>([
    ['INTEGER', 1n, 1, true],
    ['INTEGER', '1', 1, true],
    ['INTEGER', 'x', 1, false],
    ['BIGINT', 9_007_199_254_740_993n, '9007199254740993', true],
    ['DOUBLE', 0.1, 0.1000001, true],
    ['DOUBLE', 0.1, 0.1001, false],
    ['DOUBLE', null, 'NaN', true],
    ['DECIMAL(9,2)', 1.5, '1.50', true],
    ['DECIMAL(9,2)', '1.50', '1.50', true],
    ['BOOLEAN', 1n, true, true],
    ['BOOLEAN', 'true', true, false],
    ['VARCHAR', 1n, '1', false],
    ['VARCHAR', new TestMoment('2024-01-01'), '2024-01-01', true],
    ['DATE', new TestMoment('2024-01-01 00:00:00'), '2024-01-01', true],
    ['DATE', '2024-1-1', '2024-01-01', true],
    ['DATE', 'today', '2024-01-01', false],
    ['TIMESTAMP', '2024-01-01', '2024-01-01 00:00:00', true],
    ['TIMESTAMP', '2024-01-01T10:00:00.500', '2024-01-01 10:00:00.5', true],
    ['TIMESTAMP WITH TIME ZONE', '2024-01-01 12:00:00+02', '2024-01-01 10:00:00+00', true],
    ['INTEGER[]', [1n, 2n], [1, 2], true],
    ['INTEGER[]', [2n, 1n], [1, 2], false],
    ['STRUCT(a INTEGER, b DECIMAL(9,2))', { a: 1n, b: 1.5 }, { a: 1, b: '1.50' }, true],
    ['MAP(VARCHAR, INTEGER)', { k: 1n }, [{ key: 'k', value: 1 }], true],
    ['VARCHAR', null, 'x', false],
    ['VARCHAR', null, null, true],
  ])('%s: %s against %s', (type, expected, actual, same) => expect(one(type, expected, actual)).toBe(same));

  it('pairs floats that are near in whatever order they come', () => {
    const columns = [{ name: 'x', type: 'DOUBLE' }];
    const difference = compareRows(
      [{ x: 1 }, { x: 2 }],
      { columns, rows: [[2.000001], [1.000001]] },
      { partial: false, ordered: false },
    );
    expect(difference).toBeUndefined();
    expect(
      compareRows([{ x: 1 }], { columns, rows: [[1], [1]] }, { partial: false, ordered: true })?.rows,
    ).toEqual([{ side: 'unexpected', values: ['1'] }]);
  });
});

describe('a test file', () => {
  it('is one named test* below tests/', () => {
    const paths = [
      'tests/test_a.yaml',
      'tests/x/test.yml',
      'tests/a.yaml',
      'test_a.yaml',
      'tests/test_a.sql',
    ];
    expect(paths.map(isTestFile)).toEqual([true, true, false, false, false]);
  });

  it('keeps dates apart from text, folds names, and takes over anchors', () => {
    const text =
      'shared: &rows\n  - {A: 2024-1-5, b: "2024-01-05", c: 2024-01-05T06:07:08Z}\ntest_a:\n  model: "DB.Mart.X"\n  inputs: {Stg.Y: *rows}\n  outputs: {query: *rows}\n';
    const { tests, broken } = readTestFile('tests/test_a.yaml', text, new Map());
    expect(broken.map((one) => one.name)).toEqual(['shared']);
    expect(tests[0]?.model).toBe('mart.x');
    const [row] = tests[0]?.inputs.get('stg.y')?.rows ?? [];
    expect(row).toEqual({
      a: new TestMoment('2024-01-05'),
      b: '2024-01-05',
      c: new TestMoment('2024-01-05 06:07:08+00'),
    });
  });

  it('that is written is read back with the same values', () => {
    const columns = [
      { name: 'id', type: 'BIGINT' },
      { name: 'text', type: 'VARCHAR' },
      { name: 'day', type: 'DATE' },
      { name: 'list', type: 'VARCHAR[]' },
    ];
    const rows = [
      ['12345678901234567', "it's: true", '2024-01-01', ['a', '1']],
      [null, '2024-01-01', null, []],
      ['0', 'true', '2024-01-02', ['line\nend']],
    ];
    const query = { columns, rows };
    const text = writeTest({
      name: 'test_x',
      model: 'mart.x',
      inputs: new Map([['stg.y', query]]),
      query,
      ctes: new Map(),
      variables: { n: '1' },
    });
    const [test] = readTestFile('tests/test_x.yaml', text, new Map()).tests;
    expect(test?.query?.rows).toEqual([
      {
        id: 12_345_678_901_234_567n,
        text: "it's: true",
        day: new TestMoment('2024-01-01'),
        list: ['a', '1'],
      },
      { id: null, text: '2024-01-01', day: null, list: [] },
      { id: 0n, text: 'true', day: new TestMoment('2024-01-02'), list: ['line\nend'] },
    ]);
    expect([test?.inputs.get('stg.y')?.rows?.length, test?.variables]).toEqual([3, { n: '1' }]);
  });
});

describe('frozen clocks', () => {
  it('stand at one moment, and names that only look like clocks stay', () => {
    const text =
      'SELECT current_date, CURRENT_TIMESTAMP AS now, now(), today() AS current_date, t.current_date, now FROM t';
    const frozen = applyEdits(text, freezeTime(text, Date.UTC(2024, 0, 2, 3)));
    expect(frozen).toBe(
      "SELECT CAST('2024-01-02' AS DATE), CAST('2024-01-02 03:00:00' AS TIMESTAMP) AS now, CAST('2024-01-02 03:00:00' AS TIMESTAMP), CAST('2024-01-02' AS DATE) AS current_date, t.current_date, now FROM t",
    );
  });
});
