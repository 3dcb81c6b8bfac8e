import { describe, expect, it } from 'vitest';
import { day, type MiniStep, miniCase, planFacts } from './mini-case';

const MODELS = {
  'models/daily.sql': `MODEL (name mart.daily, kind INCREMENTAL_BY_TIME_RANGE (time_column d)); SELECT d, n FROM raw`,
  'models/seen.sql': `MODEL (name mart.seen, kind VIEW); SELECT sum(n)::BIGINT AS s FROM mart.daily`,
};
const rows = (first: number, second?: number) =>
  `SELECT * FROM (VALUES (DATE '2024-01-01', ${first})${second === undefined ? '' : `, (DATE '2024-01-02', ${second})`}) AS t(d, n)`;
const row = { done: [[day(1), day(2)] as const] };
const RELATIONS = { 'mart.daily': 'A', 'mart__dev.daily': 'A', 'mart__dev.seen': 'A-dev' };
const sum = (n: number) => `SELECT ${n}::BIGINT AS s`;
const tables = (live: string, dev: string, seen: string) => ({
  'mart.daily': live,
  'mart__dev.daily': dev,
  'mart__dev.seen': seen,
});

const FIRST: MiniStep = {
  files: MODELS,
  command: 'plan',
  options: { env: 'dev' },
  expect: {
    ok: true,
    plan: planFacts({}),
    intervals: { prod: { 'mart.daily': row }, dev: { 'mart.daily': row, 'mart.seen': row } },
    relations: RELATIONS,
    tables: tables(rows(1), rows(1), sum(1)),
  },
};

/** SQLMesh fills the one table that both environments show. */
const RESTATED: MiniStep = {
  command: 'plan',
  options: { restate_models: ['mart.daily'] },
  expect: {
    ok: true,
    plan: planFacts({ restatements: { 'mart.daily': [day(1), day(2)] } }),
    executed: { 'mart.daily': [[day(1), day(2)]] },
    intervals: {},
    relations: RELATIONS,
    tables: tables(rows(7), rows(7), sum(7)),
  },
};

const run = (live: string, seen: string): MiniStep => ({
  command: 'run',
  expect: {
    ok: true,
    executed: { 'mart.daily': [[day(2), day(3)]] },
    intervals: { prod: { 'mart.daily': { done: [[day(1), day(3)]] } } },
    relations: RELATIONS,
    tables: tables(live, live, seen),
  },
});

describe('a restatement in prod of a table that dev shows too', () => {
  it('changes prod alone, and no view of dev', async () => {
    const { last, differ } = await miniCase([FIRST, RESTATED]);
    expect(last.open).toEqual([]);
    expect(last.applied).toEqual({ tables: ['restatement-elsewhere'] });
    expect(await differ('mart.daily', rows(7))).toEqual([]);
    expect(await differ('mart__dev.daily', rows(1))).toEqual([]);
    expect(await differ('mart__dev.seen', sum(1))).toEqual([]);
    expect(last.expected.executed).toEqual(RESTATED.expect.executed);
  });

  it("is not met by dev's rows restated too, by prod's left alone, or by others", async () => {
    const { differ } = await miniCase([FIRST, RESTATED]);
    expect(await differ('mart__dev.daily', rows(7))).toHaveLength(2);
    expect(await differ('mart__dev.seen', sum(7))).toHaveLength(2);
    expect(await differ('mart.daily', rows(1))).toHaveLength(2);
    expect(await differ('mart__dev.daily', rows(1, 1))).toHaveLength(2);
  });

  it('goes on in a later run, which adds its own rows to those kept', async () => {
    const { last, differ } = await miniCase([FIRST, RESTATED, run(rows(7, 2), sum(9))]);
    expect(last.applied).toEqual({ tables: ['restatement-elsewhere'] });
    expect(await differ('mart__dev.daily', rows(1, 2))).toEqual([]);
    expect(await differ('mart__dev.seen', sum(3))).toEqual([]);
    expect(await differ('mart.daily', rows(7, 2))).toEqual([]);
  });

  it('ends when dev is planned again', async () => {
    const again: MiniStep = {
      ...FIRST,
      expect: { ...FIRST.expect, intervals: {}, tables: tables(rows(7), rows(7), sum(7)) },
    };
    const { last, differ } = await miniCase([FIRST, RESTATED, again]);
    expect(last.applied).toEqual({});
    expect(await differ('mart__dev.daily', rows(7))).toEqual([]);
    expect(await differ('mart__dev.seen', sum(7))).toEqual([]);
  });
});

describe('elsewhere the rule does not apply', () => {
  it('a run of prod, which dev sees as in SQLMesh', async () => {
    const { last, differ } = await miniCase([FIRST, run(rows(1, 2), sum(3))]);
    expect(last.applied).toEqual({});
    expect(await differ('mart__dev.daily', rows(1, 2))).toEqual([]);
  });

  it('the environment that is restated itself', async () => {
    const own: MiniStep = {
      ...RESTATED,
      options: { env: 'dev', restate_models: ['mart.daily'] },
      expect: { ...RESTATED.expect, tables: tables(rows(1), rows(7), sum(7)) },
    };
    const { last, differ } = await miniCase([FIRST, own]);
    expect(last.applied).toEqual({});
    expect(await differ('mart__dev.daily', rows(7))).toEqual([]);
  });

  it('a restatement that changes which table is shown', async () => {
    const moved: MiniStep = {
      ...RESTATED,
      expect: {
        ...RESTATED.expect,
        relations: { ...RELATIONS, 'mart__dev.daily': 'B', 'mart__dev.seen': 'B' },
      },
    };
    const { last, differ } = await miniCase([FIRST, moved]);
    expect(last.applied).toEqual({});
    expect(await differ('mart__dev.daily', rows(7))).toEqual([]);
  });
});
