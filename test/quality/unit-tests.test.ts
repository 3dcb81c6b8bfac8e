// Unit tests run as the product runs them, beside what SQLMesh made of the same files.
import { describe, expect, it } from 'vitest';
import { type Bench, openBench, problemOf } from '../storage/projects';
import { MODELS, RECORDED, TESTS } from './recorded-tests';

const CONFIG = `gateways:
  local:
    connection:
      type: duckdb
model_defaults:
  dialect: duckdb
  start: '2024-01-01'
variables:
  factor: 2
`;
const ORDERED = {
  'models/t/copy.sql': MODELS['models/t/copy.sql'] ?? '',
  'models/t/ordered.sql': MODELS['models/t/ordered.sql'] ?? '',
};
const test = (name: string, rows: string, expected: string) =>
  `${name}:\n  model: t.ordered\n  inputs:\n    t.copy:\n      rows: ${rows}\n  outputs:\n    query:\n      rows: ${expected}\n`;
const PASSING = test('test_same', '[{id: 1, name: a}]', '[{id: 1, name: a}]');

async function outcomesOf(bench: Bench, request = {}) {
  const { tests } = await bench.client.call('test.run', request);
  return tests.map((one) => [one.test, one.outcome]);
}

async function soleReport(yaml: string) {
  const bench = await openBench({ ...ORDERED, 'config.yaml': CONFIG, 'tests/test_x.yaml': yaml });
  const { tests } = await bench.client.call('test.run', {});
  return tests[0];
}

describe('the unit tests of a project', () => {
  it('pass, fail and are wrong exactly where they are in SQLMesh', async () => {
    const bench = await openBench({ ...MODELS, 'config.yaml': CONFIG, 'tests/test_a.yaml': TESTS });
    const { tests, passed, failed, errors } = await bench.client.call('test.run', {});
    const run = tests.filter((one) => one.outcome !== 'skipped');
    expect(Object.fromEntries(run.map((one) => [one.test, one.outcome]))).toEqual(RECORDED);
    const named = (outcome: string) => Object.keys(RECORDED).filter((name) => RECORDED[name] === outcome);
    expect([passed, failed.map((one) => one.test), errors]).toEqual([
      named('passed'),
      named('failed'),
      named('error'),
    ]);
    expect(tests.filter((one) => one.outcome === 'skipped').map((one) => one.test)).toEqual([
      'test_other_model',
    ]);
    expect(await bench.rows('SELECT count(*)::INTEGER AS n FROM teal.run')).toEqual([{ n: 0 }]);
  });

  it('are found in every file named test* below tests/', async () => {
    const bench = await openBench({
      ...ORDERED,
      'tests/test_one.yaml': PASSING,
      'tests/deep/er/tests_two.yml': PASSING.replace('test_same', 'test_deep'),
      'tests/other.yaml': PASSING.replace('test_same', 'test_not_this'),
    });
    expect(await outcomesOf(bench)).toEqual([
      ['test_deep', 'passed'],
      ['test_same', 'passed'],
    ]);
  });

  it('can be chosen by file, by name, by their model and by pattern', async () => {
    const bench = await openBench({
      ...ORDERED,
      'tests/test_one.yaml': PASSING + PASSING.replace('test_same', 'test_again'),
      'tests/test_two.yaml': PASSING.replace('test_same', 'test_other'),
    });
    const names = async (request: object) => (await outcomesOf(bench, request)).map(([name]) => name);
    expect(await names({ tests: ['tests/test_two.yaml'] })).toEqual(['test_other']);
    expect(await names({ tests: ['./tests/test_one.yaml::test_again'] })).toEqual(['test_again']);
    expect(await names({ tests: ['models/t/ordered.sql'] })).toHaveLength(3);
    expect(await names({ tests: ['models/t/copy.sql'] })).toEqual([]);
    expect(await names({ patterns: ['again'] })).toEqual(['test_again']);
    expect(await names({ patterns: ['*one.yaml::*'] })).toEqual(['test_again', 'test_same']);
    expect(await names({ models: ['t.copy'] })).toEqual([]);
    const problem = await problemOf(bench.client.call('test.run', { tests: ['tests/test_nine.yaml'] }));
    expect(problem?.code).toBe('usage.invalid');
  });
});

describe('a test that fails', () => {
  it('tells which rows were expected and which came', async () => {
    const report = await soleReport(
      test('test_it', '[{id: 2, name: b}, {id: 1, name: a}]', '[{id: 1, name: a}, {id: 2, name: c}]'),
    );
    expect(report?.differences).toEqual([
      {
        ...{ cte: null, columns: ['id', 'name'], expectedRows: 2, actualRows: 2 },
        rows: [
          { side: 'missing', values: ['2', 'c'] },
          { side: 'unexpected', values: ['2', 'b'] },
        ],
      },
    ]);
  });
});

describe('a test that is wrong', () => {
  it.each([
    [
      'a column that the model lacks',
      test('test_it', '[{id: 1}]', '[{id: 1, colour: red}]'),
      7,
      /colour.*\n?/,
    ],
    [
      'an input column that there is not',
      test('test_it', '[{id: 1, colour: red}]', '[]'),
      4,
      /t\.copy a column colour/,
    ],
    [
      'an input that is missing',
      test('test_it', '[]', '[]').replace('t.copy', 't.nothing'),
      1,
      /no rows for t\.copy/,
    ],
    ['no model', 'test_it:\n  outputs:\n    query: []\n', 1, /needs a model/],
    ['no outputs', 'test_it:\n  model: t.ordered\n  inputs: {}\n', 1, /expects nothing/],
    ['rows that are no list', test('test_it', '[]', 'many'), 8, /no list/],
    ['a row that is no mapping', test('test_it', '[]', '[1]'), 8, /Row 1/],
    [
      'an unknown format',
      PASSING.replace(
        '      rows: [{id: 1, name: a}]\n  outputs',
        '      format: xml\n      rows: ""\n  outputs',
      ),
      5,
      /format xml/,
    ],
    [
      'rows and a query',
      PASSING.replace('  outputs', '      query: SELECT 1\n  outputs'),
      4,
      /both query and rows/,
    ],
    ['broken YAML', 'test_it:\n  model: [t.ordered\n', 3, /./],
    ['Jinja', `test_it:\n  model: {{ var('x') }}\n`, 2, /Jinja/],
    [
      'a file that is not there',
      PASSING.replace('rows: [{id: 1, name: a}]', 'path: tests/data.yaml'),
      5,
      /tests\/data\.yaml/,
    ],
  ])('says where: %s', async (_, yaml, line, message) => {
    const report = await soleReport(yaml);
    expect(report?.outcome).toBe('error');
    expect([report?.problem?.place?.file, report?.problem?.place?.line]).toEqual(['tests/test_x.yaml', line]);
    expect(report?.problem?.message).toMatch(message);
  });

  it('leaves the others of its file as they are', async () => {
    const bench = await openBench({ ...ORDERED, 'tests/test_x.yaml': `test_bad: 1\n${PASSING}` });
    expect(await outcomesOf(bench)).toEqual([
      ['test_bad', 'error'],
      ['test_same', 'passed'],
    ]);
  });

  it('is one whose model cannot be read, with the place in the model', async () => {
    const bench = await openBench({
      'models/t/ordered.sql': 'MODEL (\n  name t.ordered\n',
      'tests/test_x.yaml': PASSING,
    });
    const { tests } = await bench.client.call('test.run', {});
    expect([tests[0]?.outcome, tests[0]?.problem?.place?.file]).toEqual(['error', 'models/t/ordered.sql']);
  });
});

describe('rows of a test', () => {
  it('may stand in files of their own', async () => {
    const yaml = PASSING.replace(
      'rows: [{id: 1, name: a}]\n  outputs',
      'format: csv\n      path: tests/data.csv\n  outputs',
    ).replace('rows: [{id: 1, name: a}]', 'path: tests/rows.yaml');
    const bench = await openBench({
      ...ORDERED,
      'tests/test_x.yaml': yaml,
      'tests/data.csv': 'id,name\n2,"b, c"\n1,\n',
      'tests/rows.yaml': '- {id: 1}\n- {id: 2, name: "b, c"}\n',
    });
    expect(await outcomesOf(bench)).toEqual([['test_same', 'passed']]);
  });

  it('take the types of a source and of external models', async () => {
    const bench = await openBench({
      'config.yaml': CONFIG,
      'external_models.yaml': '- name: ext.things\n  columns:\n    id: INT\n    seen: DATE\n',
      'models/t/ext.sql':
        'MODEL (\n  name t.ext,\n  kind FULL\n);\n\nSELECT id, seen + INTERVAL 1 DAY AS next FROM ext.things\n',
      'tests/test_x.yaml':
        "test_ext:\n  model: t.ext\n  inputs:\n    ext.things:\n      - {id: 1, seen: '2024-01-31'}\n      - {seen: null}\n  outputs:\n    query:\n      - {id: 1, next: 2024-02-01}\n      - {id: null}\n",
    });
    expect(await outcomesOf(bench)).toEqual([['test_ext', 'passed']]);
  });
});

describe('a new test', () => {
  const files = {
    'models/stg/orders.sql':
      "MODEL (\n  name stg.orders,\n  kind FULL\n);\n\nSELECT * FROM (VALUES (1, DATE '2024-01-01', 1.50::DECIMAL(9, 2), 'it''s'), (2, DATE '2024-01-02', 2.25, '2024-01-01'), (3, NULL, NULL, NULL)) AS t(id, day, amount, note)\n",
    'models/mart/daily.sql':
      "MODEL (\n  name mart.daily,\n  kind FULL\n);\n\nWITH known AS (\n  SELECT day, amount, note FROM stg.orders WHERE id < @VAR('most', 9)\n)\nSELECT day, sum(amount) AS amount, list(note ORDER BY note) AS notes FROM known GROUP BY day\n",
  };
  const queries = { 'stg.orders': 'SELECT * FROM stg.orders ORDER BY id' };

  it('is written from real rows and passes at once', async () => {
    const bench = await openBench({ 'config.yaml': CONFIG, ...files });
    await bench.apply({});
    const made = await bench.client.call('test.create', { model: 'mart.daily', queries, includeCtes: true });
    expect([made.file, made.test]).toEqual(['tests/test_daily.yaml', 'test_daily']);
    expect(made.text).toContain(
      "    stg.orders:\n      rows:\n        - {id: 1, day: 2024-01-01, amount: 1.50, note: 'it''s'}",
    );
    expect(made.text).toContain("note: '2024-01-01'");
    expect(made.text).toContain('    ctes:\n      known:\n');
    expect(await outcomesOf(bench)).toEqual([['test_daily', 'passed']]);
  });

  it('takes a name, a path and variables, and replaces a file only when it is told to', async () => {
    const bench = await openBench({ 'config.yaml': CONFIG, ...files });
    await bench.apply({});
    const request = {
      model: 'mart.daily',
      queries,
      name: 'test_few',
      path: 'deep/test_few',
      variables: { most: '2' },
    };
    const { file } = await bench.client.call('test.create', request);
    expect(file).toBe('tests/deep/test_few.yaml');
    expect((await problemOf(bench.client.call('test.create', request)))?.code).toBe('test.exists');
    const again = await bench.client.call('test.create', { ...request, overwrite: true });
    expect(again.text).toMatch(/ {2}vars:\n {4}most: '2'\n$/);
    expect(await outcomesOf(bench)).toEqual([['test_few', 'passed']]);
    const outside = bench.client.call('test.create', { ...request, path: '../x' });
    expect((await problemOf(outside))?.code).toBe('usage.invalid');
  });
});
