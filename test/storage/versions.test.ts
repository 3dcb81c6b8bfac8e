import { describe, expect, it } from 'vitest';
import type { Row } from '../../shared/base/rows';
import { type Bench, openBench } from './projects';
import { dayText, eventsModel, eventsOf, figures, salesProject } from './sales-project';

const TABLES = ['stg__events', 'mart__daily', 'mart__latest', 'mart__total', 'mart__shown'];

/** All rows of every persisted version, by the view's name. */
async function versions(bench: Bench): Promise<Map<string, string>> {
  const views = await bench.rows(
    "SELECT view_name AS name FROM duckdb_views() WHERE schema_name = 'teal_data' ORDER BY name",
  );
  const all = new Map<string, string>();
  for (const view of views) {
    const rows = await bench.rows(`SELECT * FROM teal_data."${String(view.name)}" ORDER BY ALL`);
    all.set(String(view.name), JSON.stringify(rows));
  }
  return all;
}

function expectKept(before: ReadonlyMap<string, string>, after: ReadonlyMap<string, string>): void {
  for (const [name, rows] of before) expect([name, after.get(name)]).toEqual([name, rows]);
}

const one = async (bench: Bench, query: string): Promise<Row> => (await bench.rows(query))[0] ?? {};

describe('older versions', () => {
  it('read the same after each later run, with lookback over rows that changed', async () => {
    const bench = await openBench({ ...salesProject({ lookback: 2 }), ...eventsOf(12) });
    await bench.apply({ executionTime: dayText(5) });
    for (const [day, added] of [
      [6, 0],
      [8, 100],
      [9, 200],
    ] as const) {
      const before = await versions(bench);
      await bench.write(eventsOf(12, added));
      await bench.client.call('run.execute', { executionTime: dayText(day) });
      const after = await versions(bench);
      expectKept(before, after);
      expect(after.size).toBe(before.size + TABLES.length);
    }
    const days = await bench.rows(
      'SELECT day::VARCHAR AS day, (v - n * 1000 * day(day) - 10)::BIGINT // n AS added FROM mart.daily ORDER BY day',
    );
    expect(days.map((row) => Number(row.added))).toEqual([0, 0, 0, 100, 100, 200, 200, 200]);
  });

  it('read the same while their models are changed, restated, swapped and rolled back', async () => {
    const bench = await openBench({ ...salesProject(), ...eventsOf(8) });
    const steps: (() => Promise<unknown>)[] = [
      () => bench.apply({ executionTime: dayText(6) }),
      () => bench.save({ 'models/stg/events.sql': eventsModel({ factor: 2 }) }),
      () =>
        bench.apply({
          environment: 'dev',
          executionTime: dayText(6),
          start: dayText(3),
          end: dayText(4),
          alternative: 'scope',
        }),
      () => bench.client.call('release.swap', { environment: 'dev' }),
      () => bench.client.call('run.execute', { executionTime: dayText(7) }),
      () => bench.client.call('release.rollback', { to: 1 }),
      () => bench.apply({ executionTime: dayText(8) }),
      () =>
        bench.apply({
          restate: ['stg.events'],
          start: dayText(2),
          end: dayText(2),
          executionTime: dayText(8),
        }),
    ];
    let before = new Map<string, string>();
    for (const step of steps) {
      await step();
      const after = await versions(bench);
      expectKept(before, after);
      before = after;
    }
  });

  it('fork where a run follows a rollback, and both branches read right', async () => {
    const bench = await openBench({ ...salesProject(), ...eventsOf(9) });
    await bench.apply({ executionTime: dayText(5) });
    await bench.client.call('run.execute', { executionTime: dayText(7) });
    const left = await one(bench, figures());
    await bench.client.call('release.rollback', {});
    await bench.write(eventsOf(9, 500));
    await bench.client.call('run.execute', { executionTime: dayText(8) });
    const [events] = await bench.rows(
      `SELECT sum(v) FILTER (WHERE day < DATE '${dayText(5)}')::BIGINT AS old, sum(v)::BIGINT AS v FROM stg.events`,
    );
    expect(Number(events?.v) - Number(events?.old)).toBe(3 * 4 * 500 + 4 * 1000 * (5 + 6 + 7) + 30);
    const forked = await one(bench, figures());
    expect([forked.daily, forked.shown, forked.total]).toEqual([forked.events, forked.events, forked.events]);
    const tables = await bench.rows(
      "SELECT DISTINCT table_name FROM teal.segment WHERE model = 'stg.events'",
    );
    expect(tables).toHaveLength(2);
    await bench.client.call('release.rollback', { to: 2 });
    expect(await one(bench, figures())).toEqual(left);
    await bench.client.call('release.rollback', { to: 4 });
    expect(await one(bench, figures())).toEqual(forked);
  });
});
