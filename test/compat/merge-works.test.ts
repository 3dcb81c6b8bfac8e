import { describe, expect, it } from 'vitest';
import { day, lines, type MiniStep, miniCase, planFacts } from './mini-case';
import { mergeStatement } from './rules/evaluator';
import type { PlanFacts } from './runner/format';

const MODELS = {
  'models/events.sql': `MODEL (name mart.events, kind INCREMENTAL_BY_TIME_RANGE (time_column d)); SELECT k, d, n FROM raw`,
  'models/newest.sql': `MODEL (
      name mart.newest,
      kind INCREMENTAL_BY_UNIQUE_KEY (
        unique_key k,
        when_matched (
          WHEN MATCHED AND source.n = 0 THEN DELETE
          WHEN MATCHED AND source.n > target.n THEN UPDATE SET target.n = source.n, target.d = source.d
        )
      )
    );
    SELECT k, d, n FROM mart.events WHERE d BETWEEN @start_ds AND @end_ds -- 'kept' until merged`,
  'models/total.sql': `MODEL (name mart.total, kind FULL); SELECT sum(n)::BIGINT AS s FROM mart.newest`,
};
type Event = readonly [key: string, day: number, n: number];
const rows = (...events: readonly Event[]) =>
  `SELECT * FROM (VALUES ${events.map(([key, at, n]) => `('${key}', DATE '2024-01-0${at}', ${n})`).join(', ')}) AS t(k, d, n)`;
const done = (to: number) => ({ done: [[day(1), day(to)] as const] });
const OLD: readonly Event[] = [
  ['a', 1, 5],
  ['b', 1, 5],
  ['c', 1, 5],
];
const NEW: readonly Event[] = [
  ['a', 2, 9],
  ['b', 2, 1],
  ['c', 2, 0],
  ['d', 2, 4],
];
const STOP = {
  reason: 'sql',
  error_type: 'SQLMeshError',
  message: 'This engine does not support MERGE expressions',
};

const FIRST: MiniStep = {
  files: MODELS,
  command: 'plan',
  expect: {
    ok: true,
    plan: planFacts({
      missing_intervals: Object.fromEntries(
        ['mart.events', 'mart.newest', 'mart.total'].map((name) => [
          name,
          { count: 1, ranges: [[day(1), day(2)]] },
        ]),
      ),
    }),
    intervals: { prod: { 'mart.events': done(2), 'mart.newest': done(2), 'mart.total': done(2) } },
    tables: {
      'mart.events': rows(...OLD),
      'mart.newest': rows(...OLD),
      'mart.total': 'SELECT 15::BIGINT AS s',
    },
  },
};

const STOPPED: MiniStep = {
  command: 'run',
  expect: {
    ok: false,
    outcome: 'failure',
    failure: { stage: 'run', models: { 'mart.newest': STOP }, skipped_models: ['mart.total'] },
    executed: { 'mart.events': [[day(2), day(3)]], 'mart.newest': [[day(2), day(3)]] },
    intervals: { prod: { 'mart.events': done(3) } },
    tables: {
      'mart.events': rows(...OLD, ...NEW),
      'mart.newest': rows(...OLD),
      'mart.total': 'SELECT 15::BIGINT AS s',
    },
  },
};

describe('a model with when_matched, filled a second time', () => {
  it('holds what the WHEN clauses give, and what reads it is filled too', async () => {
    const { last, differ } = await miniCase([FIRST, STOPPED]);
    expect(last.open).toEqual([]);
    expect(await differ('mart.newest', rows(['a', 2, 9], ['b', 1, 5], ['d', 2, 4]))).toEqual([]);
    expect(await differ('mart.total', 'SELECT 18::BIGINT AS s')).toEqual([]);
    expect(last.expected).toMatchObject({
      ok: true,
      outcome: 'success',
      failure: undefined,
      executed: { ...STOPPED.expect.executed, 'mart.total': [[day(2), day(3)]] },
      intervals: { prod: { 'mart.events': done(3), 'mart.newest': done(3), 'mart.total': done(3) } },
    });
    expect(Object.keys(last.applied).sort()).toEqual([
      'executed',
      'failure',
      'intervals',
      'ok',
      'outcome',
      'tables',
    ]);
  });

  it('is not met by the rows of before, by replaced rows, or by a total of before', async () => {
    const { differ } = await miniCase([FIRST, STOPPED]);
    expect(await differ('mart.newest', rows(...OLD))).not.toEqual([]);
    expect(await differ('mart.newest', rows(...NEW))).not.toEqual([]);
    expect(await differ('mart.newest', rows(['a', 2, 9], ['b', 1, 5], ['c', 1, 5], ['d', 2, 4]))).not.toEqual(
      [],
    );
    expect(await differ('mart.total', 'SELECT 15::BIGINT AS s')).not.toEqual([]);
  });

  it('what was filled so is neither missing nor filled again later', async () => {
    const later: MiniStep = {
      command: 'run',
      expect: {
        ...STOPPED.expect,
        executed: { 'mart.events': [[day(3), day(4)]], 'mart.newest': [[day(2), day(4)]] },
        intervals: { prod: { 'mart.events': done(4) } },
        tables: { ...STOPPED.expect.tables, 'mart.events': rows(...OLD, ...NEW, ['d', 3, 6]) },
      },
    };
    const { last } = await miniCase([FIRST, STOPPED, later]);
    expect(last.open).toEqual([]);
    expect(last.expected.executed).toMatchObject({
      'mart.newest': [[day(3), day(4)]],
      'mart.total': [[day(3), day(4)]],
    });
    expect(lines(last.expected.tables['mart.newest'])).toEqual([
      "('a', 2024-01-02, 9)",
      "('b', 2024-01-01, 5)",
      "('d', 2024-01-03, 6)",
    ]);
    expect(last.expected.intervals).toEqual({
      prod: { 'mart.events': done(4), 'mart.newest': done(4), 'mart.total': done(4) },
    });
  });

  it('and a plan finds nothing to fill', async () => {
    const plan: MiniStep = {
      command: 'plan',
      expect: {
        ok: false,
        plan: planFacts({ missing_intervals: { 'mart.newest': { count: 1, ranges: [[day(2), day(3)]] } } }),
        intervals: {},
        tables: STOPPED.expect.tables ?? {},
      },
    };
    const { last, differ } = await miniCase([FIRST, STOPPED, plan]);
    expect(last.expected.plan?.missing_intervals).toEqual({});
    expect(await differ('mart.newest', rows(['a', 2, 9], ['b', 1, 5], ['d', 2, 4]))).toEqual([]);
  });
});

describe('a first plan in batches, which SQLMesh stops at the second', () => {
  const BATCHED = MODELS['models/newest.sql'].replace('unique_key k,', 'unique_key k, batch_size 1,');
  const names = ['mart.events', 'mart.newest', 'mart.total'];
  const failure = { stage: 'apply', models: { 'mart.newest': STOP }, skipped_models: ['mart.total'] };
  const range = [[day(1), day(3)]] as const;
  const missing = Object.fromEntries(names.slice(1).map((name) => [name, { count: 2, ranges: range }]));
  const events: MiniStep = {
    files: { 'models/events.sql': MODELS['models/events.sql'] },
    command: 'plan',
    expect: {
      ok: true,
      plan: planFacts({ missing_intervals: { 'mart.events': { count: 2, ranges: range } } }),
      intervals: { prod: { 'mart.events': done(3) } },
      tables: { 'mart.events': rows(...OLD, ...NEW) },
    },
  };
  const stopped = (plan: Partial<PlanFacts>): MiniStep => ({
    files: { ...MODELS, 'models/newest.sql': BATCHED },
    command: 'plan',
    options: { env: 'dev' },
    expect: {
      ok: false,
      plan: planFacts({ new_environment: true, added: names.slice(1), missing_intervals: missing, ...plan }),
      failure,
      executed: { 'mart.newest': [[day(1), day(2)]] },
      intervals: {},
      tables: events.expect.tables ?? {},
    },
  });

  it('is carried out: all that is missing is filled and the environment is made', async () => {
    const { last, differ } = await miniCase([events, stopped({})]);
    expect(last.open).toEqual([]);
    expect(last.expected).toMatchObject({
      ok: true,
      failure: undefined,
      executed: {
        'mart.newest': [
          [day(1), day(2)],
          [day(2), day(3)],
        ],
        'mart.total': range,
      },
      intervals: { dev: { 'mart.events': done(3), 'mart.newest': done(3), 'mart.total': done(3) } },
      relations: ['mart.events', 'mart__dev.newest', 'mart__dev.total'],
    });
    expect(await differ('mart__dev.newest', rows(['a', 2, 9], ['b', 1, 5], ['d', 2, 4]))).toEqual([]);
    expect(await differ('mart__dev.total', 'SELECT 18::BIGINT AS s')).toEqual([]);
    expect(await differ('mart__dev.newest', rows(...OLD, ...NEW))).not.toEqual([]);
  });

  it('where the plan changes models besides, the step fails and says that too little was recorded', async () => {
    const { last } = await miniCase([events, stopped({ directly_modified: { 'mart.events': 'BREAKING' } })]);
    expect(last.open).toEqual([expect.stringMatching(/merge-works applies, but .* too little was recorded/)]);
    expect(last.expected.ok).toBe(false);
  });
});

describe('elsewhere the rule does not apply', () => {
  it.each([
    [
      'another failure of the same model',
      { reason: 'sql', message: 'Binder Error: no such column' },
      MODELS['models/newest.sql'],
    ],
    [
      'a model without a merge',
      STOP,
      'MODEL (name mart.newest, kind INCREMENTAL_BY_UNIQUE_KEY (unique_key k)); SELECT k, d, n FROM mart.events',
    ],
  ])('%s', async (_, failed, text) => {
    const failure = { stage: 'run', models: { 'mart.newest': failed }, skipped_models: ['mart.total'] };
    const { last, differ } = await miniCase([
      { ...FIRST, files: { ...MODELS, 'models/newest.sql': text } },
      { ...STOPPED, expect: { ...STOPPED.expect, failure } },
    ]);
    expect(last.applied).toEqual({});
    expect(last.expected).toMatchObject({ ok: false, failure });
    expect(await differ('mart.newest', rows(...OLD))).toEqual([]);
  });

  it('what another failure stopped stays stopped', async () => {
    const models = { 'mart.newest': STOP, 'mart.events': { reason: 'audit', audits: [] } };
    const { last } = await miniCase([
      FIRST,
      {
        ...STOPPED,
        expect: { ...STOPPED.expect, failure: { stage: 'run', models, skipped_models: ['mart.total'] } },
      },
    ]);
    expect(last.expected.ok).toBe(false);
    expect(last.expected.failure).toEqual({
      stage: 'run',
      models: { 'mart.events': models['mart.events'] },
      skipped_models: ['mart.total'],
    });
  });
});

describe('a statement that merges', () => {
  it('has merge_filter beside the keys, and the usual clauses where none are given', () => {
    const statement = mergeStatement({
      target: 'SELECT * FROM "s"."t"',
      fresh: 'SELECT 1',
      keys: ['k', "coalesce(r, '')"],
      clauses: undefined,
      filter: "target.d > '2024-01-01'",
      columns: ['k', 'r', 'd'],
    });
    expect(statement).toBe(
      `MERGE INTO "s"."t" AS target USING (SELECT 1) AS source ON target.k = source.k AND coalesce(target.r, '') = coalesce(source.r, '') AND (target.d > '2024-01-01') WHEN MATCHED THEN UPDATE SET "k" = source."k", "r" = source."r", "d" = source."d" WHEN NOT MATCHED THEN INSERT ("k", "r", "d") VALUES (source."k", source."r", source."d")`,
    );
  });
});
