import { describe, expect, test } from 'vitest';
import {
  isFiltered,
  NO_FILTERS,
  removeKind,
  toggleCell,
  toggleColumn,
  toggleKinds,
  toggleSpan,
  toRequest,
} from '../../../renderer/features/compare/filters';
import { day } from './compare-fixture';

const partition = day('2025-02-14', { changed: 52, columns: { net: 52 } });
const span = { from: partition.from, to: partition.to };

describe('filters of differing rows', () => {
  test('a count shows its rows alone, and all rows when pressed once more', () => {
    const added = toggleKinds(NO_FILTERS, ['added']);
    expect(added.kinds).toEqual(['added']);
    expect(toggleKinds(added, ['changed']).kinds).toEqual(['changed']);
    expect(toggleKinds(added, ['added'])).toEqual(NO_FILTERS);
  });

  test('a column lists changed rows only, so kinds without any go, and the other way round', () => {
    const added = toggleKinds(NO_FILTERS, ['added']);
    expect(toggleColumn(added, 'net')).toEqual({ kinds: [], span: null, column: 'net' });
    const changed = toggleKinds(NO_FILTERS, ['changed']);
    expect(toggleColumn(changed, 'net')).toEqual({ kinds: ['changed'], span: null, column: 'net' });
    expect(toggleKinds(toggleColumn(NO_FILTERS, 'net'), ['removed']).column).toBeNull();
    expect(toggleKinds(toggleColumn(NO_FILTERS, 'net'), ['changed']).column).toBe('net');
    expect(toggleColumn(toggleColumn(NO_FILTERS, 'net'), 'net')).toEqual(NO_FILTERS);
  });

  test('a partition is kept beside the other filters', () => {
    const both = toggleSpan(toggleColumn(NO_FILTERS, 'net'), partition);
    expect(both).toEqual({ kinds: [], span, column: 'net' });
    expect(toggleSpan(both, partition).span).toBeNull();
  });

  test('a cell shows its column and partition, and lets go of both when pressed once more', () => {
    const cell = toggleCell(NO_FILTERS, partition, 'net');
    expect(cell).toEqual({ kinds: [], span, column: 'net' });
    expect(toggleCell(cell, partition, 'net')).toEqual(NO_FILTERS);
  });

  test('a cell in which nothing differs shows its partition alone', () => {
    expect(toggleCell(NO_FILTERS, partition, 'channel')).toEqual({ kinds: [], span, column: null });
  });

  test('a cell of the top line shows the rows that came or went', () => {
    const cell = toggleCell(NO_FILTERS, partition, null);
    expect(cell).toEqual({ kinds: ['added', 'removed'], span, column: null });
    expect(removeKind(cell, 'added').kinds).toEqual(['removed']);
  });

  test('the request names what is filtered and nothing else', () => {
    expect(toRequest(NO_FILTERS)).toEqual({});
    expect(toRequest({ kinds: ['same'], span: null, column: null })).toEqual({});
    expect(toRequest({ kinds: ['changed'], span, column: 'net' })).toEqual({
      kinds: ['changed'],
      column: 'net',
      ...span,
    });
  });

  test('says whether anything is filtered', () => {
    expect(isFiltered(NO_FILTERS)).toBe(false);
    expect(isFiltered({ ...NO_FILTERS, span })).toBe(true);
    expect(isFiltered({ ...NO_FILTERS, column: 'net' })).toBe(true);
    expect(isFiltered({ ...NO_FILTERS, kinds: ['same'] })).toBe(true);
  });
});
