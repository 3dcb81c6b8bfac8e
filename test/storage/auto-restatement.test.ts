import { expect, it } from 'vitest';
import { DAY, toDay } from '../../shared/base/time';
import { openBench } from './projects';

const model = (kind: string) =>
  `MODEL (name mart.days, kind INCREMENTAL_BY_TIME_RANGE (time_column day${kind}), start '${toDay(Date.now() - 20 * DAY)}');
SELECT d::DATE AS day, 1 AS n FROM generate_series(@start_dt::TIMESTAMP, @end_dt::TIMESTAMP, INTERVAL 1 DAY) AS t(d)`;

it('computes the last intervals again once the cron of auto_restatement_cron has passed, and not before the next', async () => {
  const bench = await openBench({
    'models/days.sql': model(", auto_restatement_cron '@daily', auto_restatement_intervals 3"),
    'models/below.sql':
      'MODEL (name mart.below, kind INCREMENTAL_BY_TIME_RANGE (time_column day));\nSELECT day, n FROM mart.days WHERE day BETWEEN @start_ds AND @end_ds',
  });
  await bench.apply({ environment: 'prod' });
  const at = (days: number) => new Date(Math.floor(Date.now() / DAY + days) * DAY).toISOString().slice(0, 19);
  const run = async (days: number) => {
    const { run: status } = await bench.client.call('run.execute', {
      executionTime: at(days).replace('T', ' '),
    });
    return Object.fromEntries(
      Object.entries(status?.executed ?? {}).map(([name, spans]) => [
        name,
        spans.reduce((sum, { from, to }) => sum + (Date.parse(to) - Date.parse(from)) / DAY, 0),
      ]),
    );
  };
  expect(await run(8)).toEqual({ 'mart.days': 8, 'mart.below': 8 });
  expect(await run(9)).toEqual({ 'mart.days': 3, 'mart.below': 3 });
  expect(await run(9)).toEqual({});
});
