import { describe, expect, it } from 'vitest';
import { openBench, problemOf } from './projects';

const DAYS = `MODEL (
  name mart.days,
  kind INCREMENTAL_BY_TIME_RANGE (time_column day, lookback 2),
  start '2025-01-01',
  end '2025-01-03',
  cron '@daily',
  grain day,
  audits (not_null(columns := (day)), few(blocking := false))
);
SELECT range::DATE AS day, 1 AS n FROM range(DATE '2025-01-01', DATE '2025-01-04', INTERVAL 1 DAY)
WHERE range BETWEEN @start_ds AND @end_ds`;
const FILES = {
  'models/mart/days.sql': DAYS,
  'models/mart/total.sql': 'MODEL (name mart.total, kind FULL);\nSELECT sum(n) AS n FROM mart.days',
  'audits/few.sql': 'AUDIT (name few);\nSELECT * FROM @this_model',
  'tests/test_total.yaml':
    'test_total:\n  model: mart.total\n  inputs:\n    mart.days:\n      rows: [{day: 2025-01-01, n: 1}]\n  outputs:\n    query:\n      rows: [{n: 2}]\n',
};

describe("what a model's panel asks for", () => {
  it('is its properties with the defaults that apply, and its tests', async () => {
    const bench = await openBench(FILES);
    const { settings } = await bench.client.call('model.read', { model: 'mart.days' });
    const of = (name: string) => settings.find((setting) => setting.name === name);
    expect(of('time_column')).toEqual({ part: 'kind', name: 'time_column', value: 'day', given: true });
    expect(of('lookback')).toMatchObject({ value: '2', given: true });
    expect(of('forward_only')).toMatchObject({ value: 'false', given: false });
    expect(of('on_destructive_change')).toMatchObject({ value: 'error', given: false });
    expect(of('cron')).toMatchObject({ part: 'schedule', value: '@daily', given: true });
    expect(of('start')).toMatchObject({ part: 'schedule', value: '2025-01-01' });
    expect(of('grain')).toMatchObject({ part: 'rows', value: 'day' });
    const { tests } = await bench.client.call('model.read', { model: 'mart.total' });
    expect(tests).toMatchObject([{ test: 'test_total', file: 'tests/test_total.yaml', line: 1 }]);
  });

  it('is its query for a span, with the views of an environment', async () => {
    const bench = await openBench(FILES);
    await bench.apply({ environment: 'prod' });
    const last = await bench.client.call('model.render', { model: 'mart.days' });
    expect(last.span).toEqual({ from: '2025-01-03T00:00:00.000Z', to: '2025-01-04T00:00:00.000Z' });
    await bench.save({ 'models/mart/days.sql': DAYS.replace('1 AS n', '2 AS n') });
    await bench.apply({ environment: 'dev' });
    const rendered = async (environment: string) =>
      (await bench.client.call('model.render', { model: 'mart.total', environment })).sql;
    expect(await rendered('prod')).toContain('FROM mart.days');
    expect(await rendered('dev')).toMatch(/FROM "?mart__dev"?\."?days"? AS "?days"?/);
    expect(await problemOf(rendered('nope'))).toMatchObject({ code: 'environment.not_found' });
  });

  it('is what came of its audits, run by run, newest first', async () => {
    const bench = await openBench(FILES);
    await bench.apply({ environment: 'prod' });
    const ran = await bench.client.call('audit.run', { models: ['mart.days'] });
    const { results } = await bench.client.call('audit.results', { model: 'mart.days' });
    expect(results.map(({ audit, run }) => [audit, run === ran.run])).toEqual([
      ['few', true],
      ['not_null', true],
      ['few', false],
      ['not_null', false],
    ]);
    expect(results[0]).toMatchObject({ failedRows: 3, failedBatches: 1, blocking: false });
    expect(results[1]).toMatchObject({ failedRows: 0, failedBatches: 0, blocking: true });
    const { failures } = await bench.client.call('audit.failures', { run: ran.run, model: 'mart.days' });
    expect(failures).toMatchObject([{ audit: 'few', failedRows: 3, keptRows: 3 }]);
  });
});
