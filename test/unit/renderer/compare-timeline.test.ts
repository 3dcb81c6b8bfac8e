import { describe, expect, test } from 'vitest';
import { buildSlots, buildTicks, partitionName } from '../../../renderer/features/compare/timeline';
import { comparedModel, day } from './compare-fixture';

const at = (text: string) => new Date(text).toISOString();

describe('the time axis', () => {
  test('runs from the first to the last partition that was read or shared, gaps included', () => {
    const slots = buildSlots(
      comparedModel({
        partitions: [day('2025-02-01'), day('2025-02-04')],
        shared: [{ from: at('2025-01-30'), to: at('2025-02-01') }],
      }),
    );
    expect(slots.map(({ from }) => partitionName(from, 'day'))).toEqual([
      '2025-01-30',
      '2025-01-31',
      '2025-02-01',
      '2025-02-02',
      '2025-02-03',
      '2025-02-04',
    ]);
    expect(slots.map(({ isShared }) => isShared)).toEqual([true, true, false, false, false, false]);
    expect(slots.map(({ partition }) => partition !== undefined)).toEqual([
      false,
      false,
      true,
      false,
      false,
      true,
    ]);
  });

  test('a partition that was read is not shared, though a part of it is', () => {
    const month = { ...day('2025-02-01'), to: at('2025-03-01') };
    const slots = buildSlots(
      comparedModel({
        partitionUnit: 'month',
        partitions: [month],
        shared: [{ from: at('2025-01-10'), to: at('2025-02-10') }],
      }),
    );
    expect(slots.map(({ from }) => partitionName(from, 'month'))).toEqual(['2025-01', '2025-02']);
    expect(slots.map(({ isShared }) => isShared)).toEqual([true, false]);
  });

  test('hours run within days', () => {
    const from = at('2025-02-01T22:00:00Z');
    const hour = { ...day('2025-02-01'), from, to: at('2025-02-01T23:00:00Z') };
    const later = { ...hour, from: at('2025-02-02T01:00:00Z'), to: at('2025-02-02T02:00:00Z') };
    const slots = buildSlots(comparedModel({ partitionUnit: 'hour', partitions: [hour, later] }));
    expect(slots.map((slot) => partitionName(slot.from, 'hour'))).toEqual([
      '2025-02-01 22:00',
      '2025-02-01 23:00',
      '2025-02-02 00:00',
      '2025-02-02 01:00',
    ]);
  });

  test('older spans are marked', () => {
    const slots = buildSlots(
      comparedModel({
        partitions: [day('2025-02-01'), day('2025-02-02')],
        older: [{ from: at('2025-02-02'), to: at('2025-02-09') }],
      }),
    );
    expect(slots.map(({ isOlder }) => isOlder)).toEqual([false, true]);
  });

  test('there is none without partitions', () => {
    expect(buildSlots(comparedModel({ partitionUnit: 'none' }))).toEqual([]);
    expect(buildSlots(comparedModel())).toEqual([]);
  });

  test('a span of absurd length is cut down to what was read', () => {
    const slots = buildSlots(comparedModel({ partitions: [day('1900-01-01'), day('2025-02-01')] }));
    expect(slots).toHaveLength(2);
  });

  test('months are named over days, never nearer than they can be read', () => {
    const days = Array.from({ length: 40 }, (_, index) => day(at('2025-01-28').slice(0, 10), offset(index)));
    const slots = buildSlots(comparedModel({ partitions: days }));
    expect(buildTicks(slots, 'day')).toEqual([
      { slot: 0, text: 'Jan 2025' },
      { slot: 32, text: 'Mar' },
    ]);
  });
});

function offset(index: number) {
  const from = Date.parse('2025-01-28T00:00:00Z') + index * 86_400_000;
  return { from: new Date(from).toISOString(), to: new Date(from + 86_400_000).toISOString() };
}
