import { describe, expect, it } from 'vitest';
import { DAY, FIRST, type Fill, kinds, openFillBench } from './bench';

const LEDGER = `
WITH t AS (SELECT '@start_ds'::DATE AS day, 1 AS tons)
SELECT t.day, (t.tons + COALESCE(p.running, 0))::DOUBLE AS running, (1 + COALESCE(p.seen, 0))::BIGINT AS seen
FROM t LEFT JOIN (SELECT running, seen FROM shop.items WHERE day < @start_ds ORDER BY day DESC LIMIT 1) AS p ON true`;

const query = LEDGER.replace("'@start_ds'", '@start_ds');
const days = (from: number, to: number) =>
  Array.from({ length: to - from }, (_, index) => ({
    from: FIRST + (from + index) * DAY,
    to: FIRST + (from + index + 1) * DAY,
  }));

const ledger = (more: Pick<Fill, 'target' | 'version' | 'batches'> & Partial<Fill>): Fill => ({
  kind: kinds.time('day'),
  query,
  ...more,
});

describe('a model that reads its own earlier rows', () => {
  it.each([
    [true, 'with declared columns'],
    [false, 'with the columns that its text tells'],
  ])('goes on from them batch by batch, in a new table and in a tail (%s, %s)', async (declared) => {
    const bench = await openFillBench();
    const declaredColumns = declared
      ? [
          { name: 'day', type: 'DATE' },
          { name: 'running', type: 'DOUBLE' },
          { name: 'seen', type: 'BIGINT' },
        ]
      : [];
    await bench.fill([
      ledger({
        declaredColumns,
        target: { mode: 'new', table: 't1', number: 1 },
        version: 1,
        batches: days(0, 3),
      }),
    ]);
    expect(await bench.version(1)).toEqual([
      ['2025-01-01', '1.0', '1'],
      ['2025-01-02', '2.0', '2'],
      ['2025-01-03', '3.0', '3'],
    ]);
    await bench.fill([
      ledger({
        declaredColumns,
        target: { mode: 'tail', table: 't1', number: 2 },
        version: 2,
        batches: days(3, 5),
      }),
    ]);
    expect((await bench.version(2)).at(-1)).toEqual(['2025-01-05', '5.0', '5']);
    expect(await bench.version(1)).toHaveLength(3);
  });

  it('reads what its version shares from an older table too', async () => {
    const bench = await openFillBench();
    await bench.fill([
      ledger({ target: { mode: 'new', table: 't1', number: 1 }, version: 1, batches: days(0, 4) }),
    ]);
    const cut = { segment: 't1', number: 1, spans: days(0, 2), cut: true, fingerprint: 'print' };
    const own = { segment: 't2', number: 1, spans: days(2, 4), cut: false, fingerprint: 'print' };
    await bench.fill([
      ledger({
        query: query.replace('1 AS tons', '10 AS tons'),
        target: { mode: 'new', table: 't2', number: 1 },
        version: 2,
        batches: days(2, 4),
        entries: [cut, own],
      }),
    ]);
    expect(await bench.version(2)).toEqual([
      ['2025-01-01', '1.0', '1'],
      ['2025-01-02', '2.0', '2'],
      ['2025-01-03', '12.0', '3'],
      ['2025-01-04', '22.0', '4'],
    ]);
    expect((await bench.version(1)).at(-1)).toEqual(['2025-01-04', '4.0', '4']);
  });
});

describe('a column whose name is a word of the engine', () => {
  it('is read, kept by key and kept by time', async () => {
    const bench = await openFillBench();
    const byKey = {
      kind: kinds.keyed(['at', 'at::DATE']),
      query: "SELECT TIMESTAMP '2025-01-01' AS at, at::DATE AS d",
    };
    await bench.fill([{ ...byKey, target: { mode: 'new', table: 't1', number: 1 }, version: 1 }]);
    await bench.fill([{ ...byKey, target: { mode: 'tail', table: 't1', number: 2 }, version: 2 }]);
    expect(await bench.version(2)).toEqual([['2025-01-01 00:00:00', '2025-01-01']]);
    const byTime = {
      model: 'shop.times',
      kind: kinds.time('at'),
      query: 'SELECT at FROM (SELECT @start_dtntz AS at)',
    };
    await bench.fill([{ ...byTime, target: { mode: 'new', table: 't2', number: 1 }, version: 1 }]);
    expect(await bench.version(1, 'shop.times')).toEqual([['2025-01-01 00:00:00']]);
  });
});
