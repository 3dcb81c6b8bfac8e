import { describe, expect, it } from 'vitest';
import { day, lines, type MiniResult, type MiniStep, miniCase, planFacts } from './mini-case';

const MODELS = {
  'models/daily.sql': `MODEL (name mart.daily, kind INCREMENTAL_BY_TIME_RANGE (time_column d, batch_size 1), audits (small));
    SELECT d, n FROM read_csv('raw.csv') WHERE d BETWEEN @start_ds AND @end_ds`,
  'models/keyed.sql': `MODEL (name mart.keyed, kind INCREMENTAL_BY_UNIQUE_KEY (unique_key n, batch_size 1), audits (small));
    SELECT n, d FROM mart.daily WHERE d BETWEEN @start_date AND @end_date`,
  'models/whole.sql': `MODEL (name mart.whole, kind FULL, audits (small)); SELECT n FROM mart.other`,
  'models/seen.sql': `MODEL (name mart.seen, kind VIEW); SELECT sum(n)::BIGINT AS s FROM mart.daily`,
};
const rows = (...values: readonly (readonly [number, number])[]) =>
  `SELECT * FROM (VALUES ${values.map(([at, n]) => `(DATE '2024-01-${String(at).padStart(2, '0')}', ${n})`).join(', ')}) AS t(d, n)`;
const sum = (n: number) => `SELECT ${n}::BIGINT AS s`;
const done = (from: number, to: number) => ({ done: [[day(from), day(to)] as const] });

const FIRST: MiniStep = {
  files: MODELS,
  command: 'plan',
  expect: {
    ok: true,
    plan: planFacts({ missing_intervals: { 'mart.daily': { count: 1, ranges: [[day(1), day(2)]] } } }),
    intervals: { prod: { 'mart.daily': done(1, 2), 'mart.seen': done(1, 2) } },
    tables: { 'mart.daily': rows([1, 1]), 'mart.seen': sum(1) },
  },
};

/** Two batches: that of the 2nd is fine, that of the 3rd is stopped after its rows were written. */
const STOPPED: MiniStep = {
  command: 'run',
  expect: {
    ok: false,
    outcome: 'failure',
    failure: {
      stage: 'run',
      models: { 'mart.daily': { reason: 'audit', audits: [{ audit: 'small', failed_rows: 1 }] } },
    },
    executed: {
      'mart.daily': [
        [day(2), day(3)],
        [day(3), day(4)],
      ],
    },
    intervals: { prod: { 'mart.daily': done(1, 3) } },
    tables: { 'mart.daily': rows([1, 1], [2, 2], [3, 999]), 'mart.seen': sum(1002) },
  },
};

const LOOK: MiniStep = {
  command: 'test',
  expect: { ok: true, intervals: {}, tables: STOPPED.expect.tables ?? {} },
};

const REPAIRED: MiniStep = {
  command: 'run',
  expect: {
    ok: true,
    outcome: 'success',
    executed: { 'mart.daily': [[day(3), day(4)]], 'mart.seen': [[day(2), day(4)]] },
    intervals: { prod: { 'mart.daily': done(1, 4), 'mart.seen': done(1, 4) } },
    tables: { 'mart.daily': rows([1, 1], [2, 2], [3, 3]), 'mart.seen': sum(6) },
  },
};

describe('a failed blocking audit of a model kept by time', () => {
  it('leaves the batches that were finished and none of the others, also in views', async () => {
    const { last, differ } = await miniCase([FIRST, STOPPED]);
    expect(last.open).toEqual([]);
    expect(last.applied).toEqual({ tables: ['failed-audit'] });
    expect(await differ('mart.daily', rows([1, 1], [2, 2]))).toEqual([]);
    expect(await differ('mart.seen', sum(3))).toEqual([]);
  });

  it('is not met by bad rows that are live, by a finished batch that is lost, or by other rows', async () => {
    const { differ } = await miniCase([FIRST, STOPPED]);
    expect(await differ('mart.daily', rows([1, 1], [2, 2], [3, 999]))).toContain(
      'unexpected row (2024-01-03, 999)',
    );
    expect(await differ('mart.daily', rows([1, 1]))).toContain('missing row (2024-01-02, 2)');
    expect(await differ('mart.daily', rows([1, 1], [2, 5]))).toHaveLength(2);
    expect(await differ('mart.seen', sum(1002))).toEqual(['missing row (3)', 'unexpected row (1002)']);
  });

  it('asks for the failure, the batches and the intervals that SQLMesh gave', async () => {
    const { last } = await miniCase([FIRST, STOPPED]);
    expect(last.expected).toMatchObject({
      ok: false,
      outcome: 'failure',
      failure: STOPPED.expect.failure,
      executed: STOPPED.expect.executed,
      intervals: STOPPED.expect.intervals,
    });
  });

  it('holds through steps that fill nothing, and ends with the repair', async () => {
    const held = await miniCase([FIRST, STOPPED, LOOK]);
    expect(held.last.applied).toEqual({ tables: ['failed-audit'] });
    expect(await held.differ('mart.daily', rows([1, 1], [2, 2]))).toEqual([]);
    const { last, differ } = await miniCase([FIRST, STOPPED, LOOK, REPAIRED]);
    expect(last.applied).toEqual({});
    expect(await differ('mart.daily', rows([1, 1], [2, 2], [3, 3]))).toEqual([]);
    expect(await differ('mart.seen', sum(6))).toEqual([]);
  });
});

describe('audits by themselves after that', () => {
  const row = (audit: string, failed_rows: number, args: Record<string, string> = {}) => ({
    ...{ model: 'mart.daily', audit, args, failed_rows, blocking: true, times: 1 },
  });
  const look = (start: string, end: string): MiniStep => ({
    files: {
      'audits/small.sql':
        'AUDIT (name small, defaults (most = 10)); SELECT * FROM @this_model WHERE n > @most AND d >= @start_ds;',
    },
    command: 'audit',
    options: { start, end },
    expect: {
      ok: false,
      audits: [
        row('small', 1),
        row('small', 2, { most: '1' }),
        row('not_null', 0, { columns: '(d, n)' }),
        row('unique_values', 0, { columns: '(n)' }),
        row('accepted_values', 1, { column: 'n', is_in: '(1, 2)' }),
        row('forall', 1, { criteria: '(n < 5, n > 0)' }),
        row('number_of_rows', 0, { threshold: '2' }),
      ],
      intervals: {},
      tables: STOPPED.expect.tables ?? {},
    },
  });
  const counts = ({ expected }: MiniResult) => expected.audits.map((one) => one.failed_rows);

  it('find what is wrong with the rows that Teal holds', async () => {
    const { last } = await miniCase([FIRST, STOPPED, look('2024-01-01', '2024-01-03')]);
    expect(last.open).toEqual([]);
    expect(last.applied).toEqual({
      audits: ['failed-audit'],
      tables: ['failed-audit'],
    });
    expect(counts(last)).toEqual([0, 1, 0, 0, 0, 0, 1]);
    expect(last.expected.ok).toBe(false);
  });

  it('look at the days asked for', async () => {
    const { last } = await miniCase([FIRST, STOPPED, look('2024-01-03', '2024-01-03')]);
    expect(counts(last)).toEqual([0, 0, 0, 0, 0, 0, 1]);
  });

  it("are SQLMesh's where nothing was stopped before", async () => {
    const { last } = await miniCase([FIRST, look('2024-01-01', '2024-01-03')]);
    expect(last.applied).toEqual({});
    expect(counts(last)).toEqual([1, 2, 0, 0, 1, 1, 0]);
  });
});

describe('a failed blocking audit of other kinds', () => {
  const filled = (name: string, query: string, more: object = {}): MiniStep => ({
    files: MODELS,
    command: 'plan',
    expect: { ok: true, intervals: { prod: { [name]: done(1, 2) } }, tables: { [name]: query, ...more } },
  });

  it('leaves a whole table as it was', async () => {
    const { last, differ } = await miniCase([
      filled('mart.whole', 'SELECT 1 AS n'),
      {
        command: 'run',
        expect: {
          ok: false,
          failure: { stage: 'run', models: { 'mart.whole': { reason: 'audit', audits: [] } } },
          executed: { 'mart.whole': [[day(2), day(3)]] },
          intervals: {},
          tables: { 'mart.whole': 'SELECT 2 AS n' },
        },
      },
    ]);
    expect(last.applied).toEqual({ tables: ['failed-audit'] });
    expect(await differ('mart.whole', 'SELECT 1 AS n')).toEqual([]);
    expect(await differ('mart.whole', 'SELECT 2 AS n')).toHaveLength(2);
  });

  it('merges the finished batches of a keyed model over what was there', async () => {
    const keyed = (...values: readonly (readonly [number, number])[]) =>
      `SELECT n, d FROM (${rows(...values)})`;
    const { last, differ } = await miniCase([
      filled('mart.keyed', keyed([1, 1], [1, 2]), { 'mart.daily': rows([1, 1], [1, 2], [2, 2], [3, 1]) }),
      {
        command: 'run',
        expect: {
          ok: false,
          failure: { stage: 'run', models: { 'mart.keyed': { reason: 'audit', audits: [] } } },
          executed: {
            'mart.keyed': [
              [day(2), day(3)],
              [day(3), day(4)],
            ],
          },
          intervals: { prod: { 'mart.keyed': done(1, 3) } },
          tables: { 'mart.keyed': keyed([3, 1], [2, 2]), 'mart.daily': rows([1, 1], [1, 2], [2, 2], [3, 1]) },
        },
      },
    ]);
    expect(last.open).toEqual([]);
    expect(lines(last.expected.tables['mart.keyed'])).toEqual(['(1, 2024-01-01)', '(2, 2024-01-02)']);
    expect(await differ('mart.keyed', keyed([3, 1], [2, 2]))).toHaveLength(2);
  });
});

describe('elsewhere the rule does not apply', () => {
  it('a failure of another reason, or an audit that stops nothing', async () => {
    const sql = { stage: 'run', models: { 'mart.daily': { reason: 'sql', message: 'no' } } };
    for (const failure of [sql, undefined]) {
      const { failure: _, ...rest } = STOPPED.expect;
      const { last, differ } = await miniCase([
        FIRST,
        { command: 'run', expect: { ...rest, ...(failure ? { failure } : {}) } },
      ]);
      expect(last.applied).toEqual({});
      expect(await differ('mart.daily', rows([1, 1], [2, 2], [3, 999]))).toEqual([]);
    }
  });

  it('a table that no view shows', async () => {
    const { last } = await miniCase([
      FIRST,
      {
        command: 'plan',
        options: { env: 'dev' },
        expect: { ...STOPPED.expect, intervals: {}, tables: FIRST.expect.tables ?? {} },
      },
    ]);
    expect(last.applied).toEqual({});
  });
});
