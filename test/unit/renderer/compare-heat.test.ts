import { describe, expect, test } from 'vitest';
import { buildHeatMap, shareIn, worstPartitions } from '../../../renderer/features/compare/heat-map';
import { heatLegend, heatLevel, heatTop } from '../../../renderer/features/compare/heat-scale';
import { describeCell } from '../../../renderer/features/compare/heat-words';
import { column, comparedModel, day } from './compare-fixture';

const model = comparedModel({
  counts: { added: 5, removed: 0, changed: 22, same: 273, old: 300, new: 305 },
  columns: [column('id', { key: true }), column('qty'), column('net', { differ: 22 })],
  partitions: [
    day('2025-02-01', { changed: 20, columns: { net: 20 } }),
    day('2025-02-02'),
    day('2025-02-03', { new: 105, added: 5, changed: 2, columns: { net: 2 } }),
  ],
  shared: [{ from: '2025-01-30T00:00:00.000Z', to: '2025-02-01T00:00:00.000Z' }],
  older: [{ from: '2025-01-30T00:00:00.000Z', to: '2025-01-31T00:00:00.000Z' }],
});

describe('the scale of the heat map', () => {
  test('its top is the least round share that holds the greatest', () => {
    expect([0, 0.05, 0.051, 0.25, 0.26, 1, 1.2].map(heatTop)).toEqual([0.05, 0.05, 0.25, 0.25, 1, 1, 1]);
  });

  test('nothing has no heat, the least something has the first step, the top the last', () => {
    expect([0, 0.0001, 0.05, 0.051, 0.15, 0.25, 0.9].map((share) => heatLevel(share, 0.25))).toEqual([
      0, 1, 1, 2, 3, 5, 5,
    ]);
  });

  test('a share on the edge of a step belongs to it, whatever floats make of it', () => {
    for (let step = 1; step <= 5; step += 1) expect(heatLevel((step * 5) / 100, 0.25)).toBe(step);
  });

  test('the legend counts up to the top', () => {
    expect(heatLegend(0.25)).toEqual(['0', '5', '10', '15', '20', '25 %']);
    expect(heatLegend(0.05)).toEqual(['0', '1', '2', '3', '4', '5 %']);
  });
});

describe('the heat map of a model', () => {
  const map = buildHeatMap(model);

  test('rows that came or went stand on top, then differing columns, the key, the rest', () => {
    expect(map.rows.map((row) => row.column)).toEqual([null, 'net', 'id', 'qty']);
  });

  test('counts by slot; what was not read has none', () => {
    expect(map.rows.map(({ counts }) => counts)).toEqual([
      [undefined, undefined, 0, 0, 5],
      [undefined, undefined, 20, 0, 2],
      [undefined, undefined, 0, 0, 0],
      [undefined, undefined, 0, 0, 0],
    ]);
  });

  test('levels are shares of the rows that both sides have', () => {
    expect(map.top).toBe(0.25);
    expect(map.rows[1]?.levels).toEqual([0, 0, 4, 0, 1]);
  });

  test('no line of added and removed rows where there are none', () => {
    const still = { ...model, counts: { ...model.counts, added: 0 } };
    expect(buildHeatMap(still).rows[0]?.column).toBe('net');
  });

  test('a multiset has the line of added and removed rows only', () => {
    expect(buildHeatMap({ ...model, key: [] }).rows.map((row) => row.column)).toEqual([null]);
  });

  test('a limit leaves out columns from the end', () => {
    expect(buildHeatMap(model, 1).rows.map((row) => row.column)).toEqual([null, 'net']);
  });

  test('a partition without rows on both sides has no share', () => {
    expect(shareIn(day('2025-02-01', { old: 0, new: 4, added: 4 }), 'net')).toBe(0);
    expect(shareIn(day('2025-02-01', { old: 0, new: 4, added: 4 }), null)).toBe(1);
    expect(shareIn(day('2025-02-01', { old: 0, new: 0 }), null)).toBe(0);
  });

  test('the worst partitions come first, those that match are left out', () => {
    expect(worstPartitions(model, 'net').map(({ changed }) => changed)).toEqual([20, 2]);
    expect(worstPartitions(model, 'qty')).toEqual([]);
    expect(worstPartitions(model, null)).toHaveLength(2);
  });

  test('cells in words', () => {
    const words = (row: number, at: number) => describeCell(model, map, { row, column: at });
    expect(words(1, 2)).toBe('2025-02-01, net: 20 of 100 rows changed, 20.00 %');
    expect(words(1, 3)).toBe('2025-02-02, net: none of 100 rows changed');
    expect(words(0, 4)).toBe('2025-02-03: 5 rows added, 0 removed');
    expect(words(1, 0)).toBe('2025-01-30: shared segment, equal unread, filled under older logic');
    expect(words(9, 0)).toBe('');
  });
});
