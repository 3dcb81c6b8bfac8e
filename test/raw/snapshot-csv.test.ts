import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { numberOf } from '../../shared/base/rows';
import { snapshotViewName } from '../../shared/raw/names';
import { reasonGroup } from '../../shared/raw/quarantine';
import { id, sql } from '../../shared/sql/sql';
import { type Bench, keptFile, openBench, sushi, sushiSource } from './support';

describe('a snapshot of the stream feed', () => {
  let bench: Bench;
  const source = sushiSource('stream_feed');
  const file = keptFile(join(sushi, 'raw/stream_feed_2025q1.csv'), 'raw/stream_feed_2025q1.csv');
  beforeAll(async () => {
    bench = await openBench();
  });
  afterAll(() => bench.close());

  it('reads 24,318 lines: 24,276 loaded and 42 kept apart', async () => {
    const { snapshot, isNew, unread } = await bench.take(source, [file]);
    expect([isNew, unread]).toEqual([true, []]);
    expect([snapshot.rows, snapshot.quarantined]).toEqual([24_276, 42]);
    expect(snapshot.columns).toEqual(
      Object.entries(source.columns ?? {}).map(([name, type]) => ({ name, type })),
    );
    expect(snapshot.files).toMatchObject([{ path: file.path, rows: 24_276 }]);
    expect(new Date(snapshot.files[0]?.from ?? 0).toISOString()).toBe('2025-01-01T11:16:40.000Z');
    const rows = await bench.session.rows(
      sql`SELECT reason, count(*) AS n FROM teal.quarantine GROUP BY reason`,
    );
    const groups: Record<string, number> = {};
    for (const row of rows)
      groups[reasonGroup(String(row.reason))] =
        (groups[reasonGroup(String(row.reason))] ?? 0) + numberOf(row, 'n');
    expect(groups).toEqual({ 'Not a number': 19, 'Not a time': 14, 'Too few columns': 9 });
    const [view] = await bench.session.rows(sql`SELECT count(*) AS n FROM ${id('raw', 'stream_feed')}`);
    expect(view).toEqual({ n: '24276' });
  });

  it('marks the bad part of each line', async () => {
    const lines = await bench.session.rows(sql`SELECT * FROM teal.quarantine ORDER BY line`);
    console.log(lines.slice(0, 8), snapshotViewName);
  });
});
