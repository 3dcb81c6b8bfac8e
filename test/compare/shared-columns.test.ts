import { expect, it } from 'vitest';
import { layoutOf } from '../../shared/compare/layout';
import type { Side } from '../../shared/compare/types';
import type { Entry, Version } from '../../shared/release/types';

const span = { from: Date.UTC(2025, 0, 1), to: Date.UTC(2025, 0, 5) };
const COLUMNS = [
  { name: 'day', type: 'DATE' },
  { name: 'price', type: 'INTEGER' },
];

function sideOf(columns?: Entry['columns']): Side {
  const entry: Entry = {
    segment: 't1',
    number: 1,
    spans: [span],
    cut: false,
    fingerprint: 'print',
    ...(columns ? { columns } : {}),
  };
  const time = { name: 'day', type: 'DATE', format: null };
  const version = {
    entries: [entry],
    columns: COLUMNS,
    time,
    definition: { kind: 'INCREMENTAL_BY_TIME_RANGE' },
  } as unknown as Version;
  return { version, columns: COLUMNS, time } as unknown as Side;
}

it('a table is shared by two versions only where both see the same of it', () => {
  expect(layoutOf(sideOf(), sideOf())).toMatchObject({ shared: [span], wholeShared: true });
  const same = { day: 'day', price: 'price' };
  expect(layoutOf(sideOf(), sideOf(same))).toMatchObject({ shared: [span], wholeShared: true });
  for (const other of [{ day: 'day' }, { day: 'day', price: 'price__2' }])
    expect(layoutOf(sideOf(), sideOf(other))).toMatchObject({ shared: [], wholeShared: false });
});
