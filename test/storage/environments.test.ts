import { describe, expect, it } from 'vitest';
import type { PlanView } from '../../shared/protocol/views/backfill';
import { type Bench, openBench, problemOf } from './projects';
import { dailyModel, dayText, eventsModel, eventsOf, figures, salesProject } from './sales-project';

const at = (day: number) => ({ executionTime: dayText(day) });
/** The scope of a backfill that takes over what lies outside of it. */
const carried = (first: number, last: number) => ({
  start: dayText(first),
  end: dayText(last),
  alternative: 'scope',
});
const days = (bench: Bench, schema: string) =>
  bench.rows(
    `SELECT day::VARCHAR AS day, sum(v)::BIGINT AS v FROM ${schema}.events GROUP BY day ORDER BY day`,
  );
const segments = async (bench: Bench) => (await bench.rows('SELECT table_name FROM teal.segment')).length;
const actions = (plan: PlanView) => plan.models.map((model) => `${model.model} ${model.batches}`);

async function filled(lastDay = 6): Promise<Bench> {
  const bench = await openBench({ ...salesProject(), ...eventsOf(12) });
  await bench.apply(at(lastDay));
  return bench;
}

describe('environments', () => {
  it('are not made until something differs, unless asked for, and then cost nothing', async () => {
    const bench = await filled();
    const before = await segments(bench);
    const same = { environment: 'dev', ...at(6) };
    expect(await problemOf(bench.plan(same))).toMatchObject({
      code: 'plan.refused',
      remedy: expect.stringContaining('--include-unmodified'),
    });
    const plan = await bench.plan({ ...same, includeUnmodified: true });
    expect([plan.empty, plan.totalBatches, plan.decision.newEnvironment]).toEqual([false, 0, true]);
    await bench.client.call('backfill.start', { plan: plan.id, wait: true });
    expect(await segments(bench)).toBe(before);
    expect(await bench.rows(figures('__dev'))).toEqual(await bench.rows(figures()));
  });

  it('hand over to prod what they filled, without a batch', async () => {
    const bench = await filled();
    await bench.save({ 'models/stg/events.sql': eventsModel({ factor: 2 }) });
    await bench.apply({ environment: 'dev', ...at(6) });
    const before = await segments(bench);
    const plan = await bench.plan(at(6));
    expect([plan.empty, plan.totalBatches]).toEqual([false, 0]);
    await bench.client.call('backfill.start', { plan: plan.id, wait: true });
    expect(await segments(bench)).toBe(before);
    expect(await days(bench, 'stg')).toEqual(await days(bench, 'stg__dev'));
    expect((await bench.plan(at(6))).empty).toBe(true);
  });

  it('take on what only they filled, and prod fills the rest and no day twice', async () => {
    const bench = await filled(5);
    await bench.save({ 'models/stg/events.sql': eventsModel({ factor: 2, lookback: 2, batchSize: 30 }) });
    await bench.apply({ environment: 'dev', ...at(9) });
    await bench.apply(at(10));
    const found = await bench.rows(
      'SELECT day::VARCHAR AS day, count(*) AS n FROM stg.events GROUP BY day ORDER BY day',
    );
    expect(found.map((row) => [row.day, Number(row.n)])).toEqual(
      Array.from({ length: 9 }, (_, day) => [dayText(day + 1), 4]),
    );
  });

  it('do not hand over a view that reads what they filled in a narrow scope', async () => {
    const bench = await filled();
    await bench.save({ 'models/mart/daily.sql': dailyModel({ dailyFactor: 3 }) });
    await bench.apply({ environment: 'blue', ...at(6), start: dayText(4), end: dayText(5) });
    await bench.apply(at(6));
    expect(await bench.rows('SELECT * FROM mart.shown ORDER BY day')).toEqual(
      await bench.rows('SELECT day, v FROM mart.daily ORDER BY day'),
    );
    expect((await bench.plan(at(6))).empty).toBe(true);
  });

  it('show prod again once a change is taken back', async () => {
    const bench = await filled();
    await bench.save({ 'models/stg/events.sql': eventsModel({ factor: 2 }) });
    await bench.apply({ environment: 'dev', ...at(6) });
    await bench.save({ 'models/stg/events.sql': eventsModel({}) });
    await bench.apply({ environment: 'dev', ...at(6) });
    expect(
      await bench.client.call('query.run', { sql: figures(), environment: 'dev', offset: 0, limit: 5 }),
    ).toEqual(await bench.client.call('query.run', { sql: figures(), offset: 0, limit: 5 }));
    expect((await bench.plan({ environment: 'dev', ...at(6) })).empty).toBe(true);
    expect((await problemOf(bench.client.call('release.swap', { environment: 'dev' })))?.code).toBe(
      'release.nothing',
    );
  });

  it('keep their rows when prod is restated, and prod keeps its own when they are', async () => {
    const bench = await filled();
    await bench.save({ 'models/stg/events.sql': eventsModel({ factor: 2 }) });
    await bench.apply({ environment: 'dev', ...at(6), ...carried(4, 5) });
    const [prod, dev] = [await days(bench, 'stg'), await days(bench, 'stg__dev')];
    expect(dev.map((row, index) => Number(row.v) / Number(prod[index]?.v))).toEqual([1, 1, 1, 2, 2]);
    await bench.write(eventsOf(12, 7));
    await bench.apply({
      environment: 'dev',
      restate: ['stg.events'],
      start: dayText(5),
      end: dayText(5),
      ...at(6),
    });
    expect(await days(bench, 'stg')).toEqual(prod);
    const [, , , fourth, fifth] = await days(bench, 'stg__dev');
    expect([fourth, Number(fifth?.v)]).toEqual([dev[3], Number(dev[4]?.v) + 4 * 7 * 2]);
    const restated = await days(bench, 'stg__dev');
    await bench.write({ 'models/stg/events.sql': eventsModel({}) });
    await bench.apply({ restate: ['stg.events'], start: dayText(1), end: dayText(2), ...at(6) });
    expect(await days(bench, 'stg__dev')).toEqual(restated);
    expect(await days(bench, 'stg')).not.toEqual(prod);
  });

  it('leave spans outside of a narrow scope under the older logic, in all models below', async () => {
    const bench = await filled();
    await bench.save({ 'models/stg/events.sql': eventsModel({ factor: 10 }) });
    const request = { environment: 'dev', ...at(6), ...carried(4, 5) };
    const plan = await bench.plan(request);
    expect(actions(plan)).toEqual(
      expect.arrayContaining(['stg.events 2', 'mart.daily 2', 'mart.latest 2', 'mart.total 1']),
    );
    await bench.client.call('backfill.start', { plan: plan.id, wait: true });
    const [row] = await bench.rows(figures('__dev'));
    expect([row?.daily, row?.shown, row?.total]).toEqual([row?.events, row?.events, row?.events]);
    expect(row?.latest).toBe(row?.newest);
    expect((await bench.plan(request)).empty).toBe(true);
  });

  it('count spans under the older logic as missing in a plan of the whole history, of theirs or of prod', async () => {
    const bench = await filled();
    await bench.save({ 'models/stg/events.sql': eventsModel({ factor: 10 }) });
    await bench.apply({ environment: 'dev', ...at(6), ...carried(4, 5) });
    const before = Number((await bench.rows(figures()))[0]?.events);
    for (const [environment, missing, suffix] of [
      ['dev', 3, '__dev'],
      ['prod', undefined, ''],
    ] as const) {
      const plan = await bench.plan({ environment, ...at(6) });
      expect(plan.decision.missingIntervals['stg.events']?.count).toBe(missing);
      await bench.client.call('backfill.start', { plan: plan.id, wait: true });
      const [row] = await bench.rows(figures(suffix));
      expect([row?.events, row?.daily, row?.shown, row?.total].map(Number)).toEqual(
        Array.from({ length: 4 }, () => before * 10),
      );
    }
  });

  it('hold only the days of a scope where it is not taken as a backfill, and may not be swapped then', async () => {
    const bench = await filled();
    await bench.save({ 'models/stg/events.sql': eventsModel({ factor: 2 }) });
    await bench.apply({ environment: 'dev', ...at(6), start: dayText(4), end: dayText(5) });
    expect((await days(bench, 'stg__dev')).map((row) => row.day)).toEqual([dayText(4), dayText(5)]);
    const problem = await problemOf(bench.client.call('release.swap', { environment: 'dev' }));
    expect(problem).toMatchObject({
      code: 'release.gate_failed',
      message: expect.stringContaining('lacks 2025-01-01 00:00:00 to 2025-01-04 00:00:00'),
    });
    await bench.apply({ environment: 'dev', ...at(6) });
    await bench.client.call('release.swap', { environment: 'dev' });
    expect(await days(bench, 'stg')).toHaveLength(5);
  });
});

describe('a new model', () => {
  it('whose history the scope does not touch is there without a row, and filled by the next plan', async () => {
    const bench = await openBench({ ...salesProject(), ...eventsOf(8) });
    const scope = { start: '2024-12-01', end: '2024-12-02' };
    await bench.apply({ environment: 'dev', ...at(5), ...scope });
    expect(await bench.rows('SELECT count(*)::INTEGER AS n FROM stg__dev.events')).toEqual([{ n: 0 }]);
    await bench.apply({ environment: 'dev', ...at(5) });
    expect(await days(bench, 'stg__dev')).toHaveLength(4);
  });
});

describe('a swap', () => {
  it('is refused once prod moved, and goes through when the shadow was planned again', async () => {
    const bench = await filled();
    await bench.save({ 'models/stg/events.sql': eventsModel({ factor: 2 }) });
    await bench.apply({ environment: 'dev', ...at(6) });
    await bench.save({ 'models/stg/events.sql': eventsModel({}) });
    await bench.client.call('run.execute', at(8));
    const before = await bench.rows(figures());
    expect((await problemOf(bench.client.call('release.swap', { environment: 'dev' })))?.code).toBe(
      'release.base_moved',
    );
    expect(await bench.rows(figures())).toEqual(before);
    await bench.save({ 'models/stg/events.sql': eventsModel({ factor: 2 }) });
    const plan = await bench.plan({ environment: 'dev', ...at(8) });
    expect(actions(plan)).toEqual(expect.arrayContaining(['stg.events 2']));
    await bench.client.call('backfill.start', { plan: plan.id, wait: true });
    await bench.client.call('release.swap', { environment: 'dev' });
    const [row] = await bench.rows(figures());
    expect(Number(row?.events)).toBe(2 * Number(before[0]?.events));
    expect(row?.last_event).toBe(dayText(7));
  });

  it('that goes back to the logic of prod shows the rows of prod again', async () => {
    const bench = await openBench({ ...salesProject(), ...eventsOf(6) });
    await bench.apply(at(6));
    const before = await bench.rows(figures());
    await bench.save({ 'models/stg/events.sql': eventsModel({ factor: 2 }) });
    const request = { environment: 'dev', alternative: 'full' as const, ...at(6) };
    await bench.apply(request);
    expect(await bench.rows(figures('__dev'))).not.toEqual(before);
    await bench.save({ 'models/stg/events.sql': eventsModel({}) });
    await bench.apply(request);
    expect(await bench.rows(figures('__dev'))).toEqual(before);
    expect((await bench.plan(request)).empty).toBe(true);
  });

  it('that is swapped in after midnight leaves the last day of all models to the next run', async () => {
    const bench = await filled();
    await bench.save({ 'models/stg/events.sql': eventsModel({ factor: 2 }) });
    await bench.apply({ environment: 'dev', ...carried(4, 5), ...at(8) });
    await bench.client.call('release.swap', { environment: 'dev' });
    await bench.client.call('run.execute', at(8));
    const [row] = await bench.rows(figures());
    expect([row?.total, row?.daily]).toEqual([row?.events, row?.events]);
  });

  it('computes models over what the environment shows, though that is not part of the plan', async () => {
    const bench = await filled();
    await bench.write(eventsOf(12, 7));
    await bench.apply({ environment: 'dev', models: ['stg.events'], ...carried(1, 5), ...at(6) });
    const moved = await days(bench, 'stg__dev');
    expect(moved).not.toEqual(await days(bench, 'stg'));
    await bench.save({ 'models/mart/daily.sql': dailyModel({ dailyFactor: 3 }) });
    await bench.apply({ environment: 'dev', models: ['mart.daily'], ...carried(1, 5), ...at(6) });
    const [row] = await bench.rows(
      'SELECT (SELECT sum(v) FROM mart__dev.daily)::BIGINT AS daily, (SELECT 3 * sum(v) FROM stg__dev.events)::BIGINT AS events',
    );
    expect(row?.daily).toBe(row?.events);
    expect(await days(bench, 'stg__dev')).toEqual(moved);
  });

  it('keeps rows that were computed from rows of its own to itself', async () => {
    const bench = await filled();
    await bench.write(eventsOf(12, 7));
    await bench.save({ 'models/mart/daily.sql': dailyModel({ dailyFactor: 3 }) });
    await bench.apply({
      environment: 'dev',
      models: ['stg.events', 'mart.daily'],
      ...carried(1, 5),
      ...at(6),
    });
    await bench.apply(at(6));
    const [row] = await bench.rows(
      'SELECT (SELECT sum(v) FROM mart.daily)::BIGINT AS daily, (SELECT 3 * sum(v) FROM stg.events)::BIGINT AS events',
    );
    expect(row?.daily).toBe(row?.events);
  });

  it('may be planned again once prod moved, though nothing of it is computed then', async () => {
    const bench = await filled();
    await bench.client.call('run.execute', at(7));
    await bench.client.call('release.rollback', {});
    const request = { environment: 'dev', alternative: 'full', ...at(7) };
    await bench.apply(request);
    await bench.client.call('run.execute', at(7));
    await bench.save({ 'models/mart/daily.sql': dailyModel({ dailyFactor: 2 }) });
    await bench.apply(request);
    await bench.client.call('release.swap', { environment: 'dev' });
    const [row] = await bench.rows(figures());
    expect(Number(row?.daily)).toBe(2 * Number(row?.events));
  });

  it('of a brief that is planned again keeps what prod restated outside of its scope', async () => {
    const brief = `models: [stg.events]\nstart: ${dayText(4)}\nend: ${dayText(5)}\nenvironment: fix\n`;
    const bench = await openBench({ ...salesProject(), ...eventsOf(12), 'backfills/fix.yaml': brief });
    await bench.apply(at(6));
    await bench.save({ 'models/stg/events.sql': eventsModel({ factor: 2 }) });
    await bench.apply({ brief: 'backfills/fix.yaml', ...at(6) });
    await bench.write({ ...eventsOf(12, 7), 'models/stg/events.sql': eventsModel({}) });
    await bench.apply({ restate: ['stg.events'], start: dayText(2), end: dayText(2), ...at(6) });
    await bench.client.call('run.execute', at(8));
    const moved = await days(bench, 'stg');
    await bench.save({ 'models/stg/events.sql': eventsModel({ factor: 2 }) });
    expect((await problemOf(bench.client.call('release.swap', { environment: 'fix' })))?.code).toBe(
      'release.base_moved',
    );
    await bench.apply({ brief: 'backfills/fix.yaml', ...at(6) });
    await bench.client.call('release.swap', { environment: 'fix' });
    const swapped = await days(bench, 'stg');
    expect(swapped.map((row) => row.day)).toEqual(moved.map((row) => row.day));
    expect(swapped.filter((_, day) => day !== 3 && day !== 4)).toEqual(
      moved.filter((_, day) => day !== 3 && day !== 4),
    );
    expect(Number(swapped[3]?.v)).toBe(2 * (Number(moved[3]?.v) + 28));
  });
});
