// Every member of an expectation is judged: a difference planted in any of them is found, with both values.
import { describe, expect, it } from 'vitest';
import type { AuditFacts, Command } from './runner/format';
import { type Expectation, judge, keysOf, type Observation } from './runner/judge';
import type { Rows } from './runner/rows';

const DAY: readonly [string, string] = ['2024-01-01 00:00:00', '2024-01-02 00:00:00'];
const NEXT: readonly [string, string] = ['2024-01-02 00:00:00', '2024-01-03 00:00:00'];
const rows: Rows = { columns: [['n', 'integer']], rows: [['integer 1'], ['integer 2']] };

const AUDIT: AuditFacts = {
  model: 'mart.a',
  audit: 'not_null',
  args: { columns: '(a, b)' },
  failed_rows: 3,
  blocking: true,
  times: 1,
};
const SKIPPED: AuditFacts = {
  model: 'mart.b',
  audit: 'few',
  failed_rows: null,
  blocking: true,
  times: 1,
  skipped: true,
};

const expected: Expectation = {
  ok: false,
  outcome: undefined,
  plan: {
    new_environment: true,
    added: ['mart.a', 'mart.b'],
    removed: ['mart.z'],
    directly_modified: { 'mart.c': 'BREAKING' },
    indirectly_modified: { 'mart.d': 'INDIRECT_BREAKING' },
    metadata_updated: { 'mart.e': 'METADATA' },
    forward_only: ['mart.c'],
    restatements: { 'mart.c': DAY },
    missing_intervals: {
      'mart.a': { count: 2, ranges: [DAY, ['2024-01-05 00:00:00', '2024-01-06 00:00:00']] },
    },
  },
  executed: { 'mart.a': [DAY, NEXT] },
  tests: { passed: ['t1'], failed: [{ test: 't2', model: 'mart.a' }], errors: ['t3'] },
  audits: [AUDIT, SKIPPED],
  failure: {
    stage: 'apply',
    error_type: 'PlanError',
    models: {
      'mart.a': { reason: 'audit', audits: [{ audit: 'not_null', failed_rows: 3 }] },
      'mart.b': { reason: 'sql', error_type: 'SQLMeshError', message: 'no' },
    },
    skipped_models: ['mart.d'],
  },
  intervals: { dev: { 'mart.a': { done: [DAY], done_in_dev_table: [NEXT] }, 'mart.z': null } },
  relations: ['mart.a', 'mart__dev.a'],
  tables: { 'mart.a': rows },
};

const DOCUMENT = {
  ok: false,
  decision: {
    newEnvironment: true,
    added: ['mart.b', 'mart.a'],
    removed: ['mart.z'],
    directlyModified: { 'mart.c': 'BREAKING' },
    indirectlyModified: { 'mart.d': 'INDIRECT_BREAKING' },
    metadataUpdated: { 'mart.e': 'METADATA' },
    forwardOnly: ['mart.c'],
    restatements: { 'mart.c': DAY },
    missingIntervals: {
      'mart.a': { count: 2, ranges: [DAY, ['2024-01-05 00:00:00', '2024-01-06 00:00:00']] },
    },
  },
  executed: { 'mart.a': [DAY, NEXT] },
  tests: { passed: ['t1'], failed: [{ test: 't2', model: 'mart.a' }], errors: ['t3'] },
  audits: [
    {
      model: 'mart.a',
      audit: 'not_null',
      args: { columns: '(A,b)' },
      failedRows: 3,
      blocking: true,
      times: 1,
    },
    { model: 'mart.b', audit: 'few', failedRows: null, blocking: true, times: 1, skipped: true },
  ],
  failure: {
    stage: 'apply',
    code: 'audit.failed',
    message: 'An audit failed.',
    models: {
      'mart.a': { reason: 'audit', audits: [{ audit: 'not_null', failedRows: 3 }] },
      'mart.b': { reason: 'sql', code: 'engine.refused', message: 'other words' },
    },
    skippedModels: ['mart.d'],
  },
};

const seen: Observation = {
  code: 1,
  document: DOCUMENT,
  complaint: null,
  before: { dev: { 'mart.z': { done: [DAY] } }, prod: { 'mart.a': { done: [DAY] } } },
  after: {
    dev: { 'mart.a': { done: [DAY], done_in_dev_table: [NEXT] } },
    prod: { 'mart.a': { done: [DAY] } },
  },
  relations: ['mart.a', 'mart__dev.a'],
  tables: { 'mart.a': rows },
};

function found(
  change: Partial<Observation>,
  command: Command = 'plan',
  unknown: readonly string[] = [],
): string[] {
  return judge({ command, unknown }, expected, { ...seen, ...change }).flatMap(({ key, differences }) =>
    differences.map((line) => `${key} ${line}`),
  );
}

/** The document with one member, given by its path, set to another value. */
function planted(path: string, value: unknown): Partial<Observation> {
  const document = structuredClone(DOCUMENT) as Record<string, unknown>;
  const keys = path.split('/');
  const last = keys.pop() ?? '';
  const holder = keys.reduce((at, key) => at[key] as Record<string, unknown>, document);
  if (value === undefined) delete holder[last];
  else holder[last] = value;
  return { document };
}

describe('a step that is equal', () => {
  it('has a verdict for every key and no difference', () => {
    const verdicts = judge({ command: 'plan', unknown: [] }, expected, seen);
    expect(verdicts.map(({ key }) => key)).toEqual(keysOf('plan'));
    expect(found({})).toEqual([]);
  });

  it('judges the outcome of a run, and of a plan the plan', () => {
    expect(keysOf('run')).toContain('outcome');
    expect(keysOf('plan')).toContain('plan');
    for (const command of ['plan', 'run', 'test', 'audit'] as const)
      expect(keysOf(command)).toEqual(
        expect.arrayContaining([
          'ok',
          'executed',
          'tests',
          'audits',
          'failure',
          'intervals',
          'relations',
          'tables',
        ]),
      );
  });
});

describe('a difference planted in', () => {
  it.each([
    ['ok', true, 'ok expected false, got true'],
    ['ok', undefined, 'ok the document holds no ok'],
    ['decision/newEnvironment', false, 'plan new_environment: expected true, got false'],
    ['decision/added', ['mart.a'], 'plan added: missing mart.b'],
    ['decision/added', ['mart.a', 'mart.b', 'mart.x'], 'plan added: unexpected mart.x'],
    ['decision/removed', [], 'plan removed: missing mart.z'],
    [
      'decision/directlyModified/mart.c',
      'NON_BREAKING',
      'plan directly_modified mart.c: expected BREAKING, got NON_BREAKING',
    ],
    ['decision/indirectlyModified', {}, 'plan indirectly_modified mart.d: missing INDIRECT_BREAKING'],
    ['decision/metadataUpdated/mart.f', 'METADATA', 'plan metadata_updated mart.f: unexpected METADATA'],
    ['decision/forwardOnly', [], 'plan forward_only: missing mart.c'],
    [
      'decision/restatements/mart.c',
      NEXT,
      'plan restatements mart.c: missing 2024-01-01 00:00:00; unexpected 2024-01-03 00:00:00',
    ],
    ['decision/missingIntervals/mart.a/count', 3, 'plan missing_intervals mart.a count: expected 2, got 3'],
    [
      'decision/missingIntervals/mart.a/ranges',
      [DAY],
      'plan missing_intervals mart.a ranges: missing [2024-01-05, 2024-01-06)',
    ],
    ['decision', null, 'plan the document holds no decision'],
    ['executed/mart.a', [DAY], 'executed mart.a: missing [2024-01-02, 2024-01-03)'],
    ['executed/mart.q', [DAY], 'executed mart.q: unexpected [[2024-01-01, 2024-01-02)]'],
    ['executed', undefined, 'executed the document holds no executed'],
    ['tests/passed', [], 'tests passed: missing t1'],
    [
      'tests/failed/0/model',
      'mart.b',
      'tests failed: missing {model: mart.a, test: t2}; unexpected {model: mart.b, test: t2}',
    ],
    ['tests/errors', ['t3', 't4'], 'tests errors: unexpected t4'],
    ['tests', null, 'tests no test ran: 3 were expected'],
    ['failure/stage', 'plan', 'failure stage: expected apply, got plan'],
    ['failure/models/mart.a/reason', 'sql', 'failure models mart.a reason: expected audit, got sql'],
    [
      'failure/models/mart.a/audits/0/failedRows',
      4,
      'failure models mart.a audits: missing {audit: not_null, failed_rows: 3}; unexpected {audit: not_null, failed_rows: 4}',
    ],
    ['failure/models/mart.b', undefined, 'failure models mart.b: missing {reason: sql}'],
    ['failure/skippedModels', [], 'failure skipped_models: missing mart.d'],
    ['failure', null, 'failure missing: a failure at apply'],
  ])('%s as %j', (path, value, line) => {
    expect(found(planted(path, value))).toContain(line);
  });

  it.each([
    ['failedRows', 2],
    ['blocking', false],
    ['times', 2],
    ['audit', 'unique_values'],
    ['model', 'mart.b'],
    ['args', { columns: '(a)' }],
    ['args', {}],
    ['skipped', true],
  ])('an audit: %s as %j', (name, value) => {
    const [line, ...more] = found(planted(`audits/0/${name}`, value));
    expect(more).toEqual([]);
    expect(line).toMatch(
      /^audits missing mart\.a not_null\(columns := \( a , b \)\): failed rows 3, blocking, 1 times; unexpected /,
    );
  });

  it('an audit that is missing or ran besides', () => {
    expect(found(planted('audits', [DOCUMENT.audits[0]]))).toEqual([
      'audits missing mart.b few(): skipped, blocking, 1 times',
    ]);
    expect(found(planted('audits', [...DOCUMENT.audits, DOCUMENT.audits[1]]))[0]).toMatch(
      /^audits unexpected mart\.b few/,
    );
  });

  it('the outcome of a run', () => {
    const run = { ...expected, outcome: 'success' };
    const verdicts = judge({ command: 'run', unknown: [] }, run, {
      ...seen,
      document: { ...DOCUMENT, outcome: 'failure' },
    });
    expect(verdicts.find(({ key }) => key === 'outcome')?.differences).toEqual([
      'expected success, got failure',
    ]);
  });

  it('the exit code', () => {
    expect(found({ code: 0 })).toEqual(['ok ok is false, but the exit code is 0']);
  });

  it('the intervals', () => {
    const later = { dev: { 'mart.a': { done: [DAY] } }, prod: { 'mart.a': { done: [DAY, NEXT] } } };
    expect(found({ after: later })).toEqual([
      'intervals dev mart.a done_in_dev_table: missing [[2024-01-02, 2024-01-03)]',
      'intervals prod: unexpected {mart.a: {done: [[2024-01-01, 2024-01-02), [2024-01-02, 2024-01-03)]}}',
    ]);
    expect(found({ after: seen.before })).toEqual([
      'intervals dev: missing {mart.a: {done: [[2024-01-01, 2024-01-02)], done_in_dev_table: [[2024-01-02, 2024-01-03)]}, mart.z: null}',
    ]);
    expect(found({ after: 'teal environments: no' })).toEqual(['intervals teal environments: no']);
  });

  it('the relations', () => {
    expect(found({ relations: ['mart.a', 'mart.b'] })).toEqual([
      'relations missing mart__dev.a; unexpected mart.b',
    ]);
    expect(found({ relations: 'no warehouse' })).toEqual(['relations no warehouse']);
  });

  it('the tables', () => {
    expect(found({ tables: { 'mart.a': { ...rows, rows: [['integer 1'], ['integer 3']] } } })).toEqual([
      'tables mart.a: missing row (2)',
      'tables mart.a: unexpected row (3)',
    ]);
    expect(found({ tables: {} })).toEqual(['tables mart.a: is not there']);
    expect(found({ tables: { 'mart.a': 'no such table' } })).toEqual(['tables mart.a: no such table']);
  });
});

describe('what must not be there', () => {
  const bare: Expectation = {
    ...expected,
    ok: true,
    plan: undefined,
    executed: {},
    tests: undefined,
    audits: [],
    failure: undefined,
  };

  it('a plan, batches, tests, audits and a failure are found', () => {
    const lines = judge({ command: 'plan', unknown: [] }, bare, seen).flatMap(({ key, differences }) =>
      differences.map(() => key),
    );
    expect(lines).toEqual(['plan', 'ok', 'executed', 'tests', 'audits', 'failure']);
  });
});

describe('what could not be had', () => {
  it('no document: every key that it would hold says so', () => {
    const lines = found({ document: null, complaint: 'no JSON document (exit code 4): boom' });
    expect(lines).toEqual(
      ['plan', 'ok', 'executed', 'tests', 'audits', 'failure'].map(
        (key) => `${key} no JSON document (exit code 4): boom`,
      ),
    );
  });

  it('a key that nobody knows is not passed over', () => {
    expect(found({}, 'plan', ['plan.costs'])).toEqual(['plan.costs not judged: plan.costs']);
  });
});
