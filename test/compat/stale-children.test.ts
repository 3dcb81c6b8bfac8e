import { describe, expect, it } from 'vitest';
import { day, type MiniStep, miniCase, planFacts } from './mini-case';

const MODELS = {
  'models/top.sql': `MODEL (name mart.top, kind INCREMENTAL_BY_TIME_RANGE (time_column d)); SELECT d, n FROM raw`,
  'models/middle.sql': 'MODEL (name mart.middle, kind FULL); SELECT d, n, 1 AS more FROM mart.top',
  'models/daily.sql': `MODEL (name mart.daily, kind INCREMENTAL_BY_TIME_RANGE (time_column d, batch_size 2), audits (few));
    SELECT d, n + 1 AS n FROM mart.middle WHERE d BETWEEN @start_dt AND @end_dt`,
  'models/seen.sql': 'MODEL (name mart.seen, kind VIEW); SELECT sum(n)::BIGINT AS s FROM mart.daily',
  'models/beside.sql': 'MODEL (name mart.beside, kind FULL); SELECT 1 AS one',
};
const names = ['top', 'middle', 'daily', 'seen'].map((name) => `mart.${name}`);
const top = (factor: number) =>
  `SELECT DATE '2024-01-01' + i::INTEGER AS d, ((i + 1) * ${factor})::INTEGER AS n FROM range(3) AS t(i)`;
const middle = (factor: number) => `SELECT d, n, 1 AS more FROM (${top(factor)})`;
const daily = (factor: number) => `SELECT d, (n + 1)::INTEGER AS n FROM (${top(factor)})`;
const sum = (n: number) => `SELECT ${n}::BIGINT AS s`;
const WHOLE = [[day(1), day(4)]] as const;
const missing = (models: readonly string[]) =>
  Object.fromEntries(models.map((name) => [name, { count: 3, ranges: WHOLE }]));
const rowsIn = (environment: string) => ({
  [environment]: Object.fromEntries(names.map((name) => [name, { done: WHOLE }])),
});

const FIRST: MiniStep = {
  files: MODELS,
  command: 'plan',
  expect: {
    ok: true,
    plan: planFacts({ missing_intervals: missing(names) }),
    audits: [{ model: 'mart.daily', audit: 'few', failed_rows: 0, blocking: true, times: 1 }],
    intervals: rowsIn('prod'),
    tables: { 'mart.top': top(1), 'mart.middle': middle(1), 'mart.daily': daily(1), 'mart.seen': sum(9) },
  },
};
const OLD = { 'mart.top': 'A', 'mart.middle': 'A', 'mart.daily': 'A', 'mart.seen': 'A' };
const DEV = { 'mart__dev.top': 'B', 'mart__dev.middle': 'B', 'mart__dev.daily': 'B', 'mart__dev.seen': 'B' };
const DEV_TABLES = {
  'mart__dev.top': top(10),
  'mart__dev.middle': middle(10),
  'mart__dev.daily': daily(10),
  'mart__dev.seen': sum(63),
};

/** The breaking change, planned in dev. */
const PLANNED: MiniStep = {
  command: 'plan',
  options: { env: 'dev' },
  expect: {
    ok: true,
    plan: planFacts({ directly_modified: { 'mart.top': 'BREAKING' }, missing_intervals: missing(names) }),
    intervals: rowsIn('dev'),
    relations: { ...OLD, ...DEV },
    tables: { ...FIRST.expect.tables, ...DEV_TABLES },
  },
};

/** To prod with a column more in the middle: SQLMesh leaves the tables below as they are. */
const TRAP: MiniStep = {
  command: 'plan',
  expect: {
    ok: true,
    plan: planFacts({
      directly_modified: { 'mart.top': 'BREAKING', 'mart.middle': 'NON_BREAKING' },
      indirectly_modified: { 'mart.daily': 'INDIRECT_NON_BREAKING', 'mart.seen': 'INDIRECT_NON_BREAKING' },
      missing_intervals: missing(['mart.middle']),
    }),
    executed: { 'mart.middle': WHOLE },
    intervals: {},
    relations: { ...OLD, ...DEV, 'mart.top': 'B', 'mart.middle': 'C' },
    tables: {
      ...DEV_TABLES,
      'mart.top': top(10),
      'mart.middle': middle(10),
      'mart.daily': daily(1),
      'mart.seen': sum(9),
    },
  },
};

describe('a non-breaking change on top of a breaking one that dev had planned', () => {
  it('breaks what is below: it is missing, filled and right', async () => {
    const { last, differ } = await miniCase([FIRST, PLANNED, TRAP]);
    expect(last.open).toEqual([]);
    expect(last.expected.audits).toEqual([
      { model: 'mart.daily', audit: 'few', failed_rows: 0, blocking: true, times: 2 },
    ]);
    expect(last.applied).toEqual({
      plan: ['stale-children'],
      audits: ['stale-children'],
      executed: ['stale-children'],
      tables: ['stale-children'],
    });
    expect(last.expected.plan).toEqual(
      planFacts({
        directly_modified: { 'mart.top': 'BREAKING', 'mart.middle': 'NON_BREAKING' },
        indirectly_modified: { 'mart.daily': 'INDIRECT_BREAKING', 'mart.seen': 'INDIRECT_BREAKING' },
        missing_intervals: missing(['mart.middle', 'mart.daily', 'mart.seen']),
      }),
    );
    expect(last.expected.executed).toEqual({
      'mart.middle': WHOLE,
      'mart.daily': [
        [day(1), day(3)],
        [day(3), day(4)],
      ],
      'mart.seen': WHOLE,
    });
    expect(last.expected.intervals).toEqual({});
    expect(await differ('mart.daily', daily(10))).toEqual([]);
    expect(await differ('mart.seen', sum(63))).toEqual([]);
  });

  it('is not met by stale rows, nor by rows that are wrong in another way', async () => {
    const { differ } = await miniCase([FIRST, PLANNED, TRAP]);
    expect(await differ('mart.daily', daily(1))).not.toEqual([]);
    expect(await differ('mart.daily', daily(11))).not.toEqual([]);
    expect(await differ('mart.daily', `SELECT * FROM (${daily(10)}) LIMIT 2`)).toContain(
      'expected 3 rows, got 2',
    );
    expect(await differ('mart.seen', sum(9))).toHaveLength(2);
  });

  it('stays right while SQLMesh goes on with its old rows', async () => {
    const more = (factor: number) => `${daily(factor)} UNION ALL SELECT DATE '2024-01-04', 5`;
    const run: MiniStep = {
      command: 'run',
      expect: {
        ok: true,
        outcome: 'success',
        executed: { 'mart.daily': [[day(4), day(5)]] },
        intervals: { prod: { 'mart.daily': { done: [[day(1), day(5)]] } } },
        relations: TRAP.expect.relations ?? {},
        tables: { ...TRAP.expect.tables, 'mart.daily': more(1), 'mart.seen': sum(14) },
      },
    };
    const { last, differ } = await miniCase([FIRST, PLANNED, TRAP, run]);
    expect(last.open).toEqual([]);
    expect(last.applied).toEqual({ tables: ['stale-children'] });
    expect(await differ('mart.daily', more(10))).toEqual([]);
    expect(await differ('mart.seen', sum(68))).toEqual([]);
  });
});

describe('elsewhere the rule does not apply', () => {
  const same = async (steps: readonly MiniStep[]) => {
    const { last, differ } = await miniCase(steps);
    expect(last.applied).toEqual({});
    expect(await differ('mart.daily', daily(1))).toEqual([]);
    return last.expected.plan;
  };

  it('a non-breaking change alone', async () => {
    const plan = planFacts({ ...TRAP.expect.plan, directly_modified: { 'mart.middle': 'NON_BREAKING' } });
    expect(await same([FIRST, PLANNED, { ...TRAP, expect: { ...TRAP.expect, plan } }])).toEqual(plan);
  });

  it('a breaking change of something else', async () => {
    const plan = planFacts({
      ...TRAP.expect.plan,
      directly_modified: { 'mart.beside': 'BREAKING', 'mart.middle': 'NON_BREAKING' },
    });
    expect(await same([FIRST, PLANNED, { ...TRAP, expect: { ...TRAP.expect, plan } }])).toEqual(plan);
  });

  it('a breaking change that no environment had planned before', async () => {
    const expectTrap = { ...TRAP.expect, relations: { ...OLD, 'mart.top': 'B', 'mart.middle': 'C' } };
    expect(await same([FIRST, { ...TRAP, expect: expectTrap }])).toEqual(TRAP.expect.plan);
  });
});
