import { describe, expect, it } from 'vitest';
import type { Row } from '../../shared/base/rows';
import { openBench } from './projects';
import { startReaders } from './readers';
import { dayText, eventsModel, eventsOf, figures, salesProject } from './sales-project';

function expectWhole(row: Row): void {
  expect([row.daily, row.shown, row.total]).toEqual([row.events, row.events, row.events]);
  expect([row.last_latest, row.latest]).toEqual([row.last_event, row.newest]);
}

describe('readers of prod', () => {
  it('see whole states only, while prod is planned, run, filled beside, swapped and rolled back', async () => {
    const bench = await openBench({ ...salesProject({ lookback: 1 }), ...eventsOf(16) });
    await bench.apply({ executionTime: dayText(9) });
    const readers = await startReaders(bench, figures());
    await bench.client.call('run.execute', { executionTime: dayText(13) });
    await bench.save({ 'models/stg/events.sql': eventsModel({ factor: 3, lookback: 1 }) });
    await bench.apply({ environment: 'dev', executionTime: dayText(13) });
    await bench.client.call('release.swap', { environment: 'dev' });
    await readers.settle();
    await bench.client.call('release.rollback', {});
    await bench.save({ 'models/stg/events.sql': eventsModel({ factor: 5, lookback: 1 }) });
    await bench.apply({ executionTime: dayText(15) });
    const { seen, reads } = await readers.stop();
    for (const row of seen) expectWhole(row);
    const sum = (days: number, factor: number) =>
      factor * Array.from({ length: days }, (_, day) => 4 * (day + 1) * 1000 + 10).reduce((a, b) => a + b, 0);
    const states = seen.map((row) => Number(row.events));
    expect(states).toEqual([...new Set([sum(8, 1), sum(12, 1), sum(12, 3), sum(14, 5)])]);
    expect(reads).toBeGreaterThan(20);
  });

  it('see 20 models move in one step, there and back', async () => {
    const names = Array.from({ length: 20 }, (_, index) => `m${index + 1}`);
    const files = (value: number) =>
      Object.fromEntries(
        names.map((name) => [
          `models/mart/${name}.sql`,
          `MODEL (name mart.${name}, kind FULL);\nSELECT ${value} AS v\n`,
        ]),
      );
    const bench = await openBench(files(1));
    await bench.apply({});
    await bench.write(files(2));
    await bench.apply({ environment: 'green' });
    const query = `SELECT ${names.map((name) => `(SELECT v FROM mart.${name})`).join(' + ')} AS v`;
    const readers = await startReaders(bench, query);
    for (let turn = 0; turn < 5; turn++) {
      await bench.client.call('release.swap', { environment: 'green' });
      await bench.client.call('release.rollback', {});
    }
    const { seen, reads } = await readers.stop();
    expect(seen.map((row) => Number(row.v)).toSorted((a, b) => a - b)).toEqual([20, 40]);
    expect(reads).toBeGreaterThan(20);
  });
});
