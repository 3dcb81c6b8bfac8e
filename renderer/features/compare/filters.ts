import type { Span } from '../../../shared/protocol/views/common';
import type { PartitionDiff, RowKind } from '../../../shared/protocol/views/compare';

/** What a count of the row of counts stands for; equal rows are counted but never listed. */
export type CountKind = RowKind | 'same';

/** Which of the differing rows are listed. Empty kinds are all kinds. */
export interface Filters {
  readonly kinds: readonly CountKind[];
  readonly span: Span | null;
  /** rows that differ in this column; only changed rows can */
  readonly column: string | null;
}

export const NO_FILTERS: Filters = { kinds: [], span: null, column: null };

/** Shows the rows of these kinds alone, or of every kind where just these were shown. */
export function toggleKinds(filters: Filters, kinds: readonly CountKind[]): Filters {
  const isOn = filters.kinds.length === kinds.length && kinds.every((kind) => filters.kinds.includes(kind));
  if (isOn) return { ...filters, kinds: [] };
  const column = kinds.includes('changed') ? filters.column : null;
  return { ...filters, kinds, column };
}

export function removeKind(filters: Filters, kind: CountKind): Filters {
  return { ...filters, kinds: filters.kinds.filter((other) => other !== kind) };
}

/** Shows the rows that differ in one column; kinds that cannot have any go. */
export function toggleColumn(filters: Filters, column: string): Filters {
  if (filters.column === column) return { ...filters, column: null };
  return { ...filters, column, kinds: filters.kinds.includes('changed') ? ['changed'] : [] };
}

export function toggleSpan(filters: Filters, { from, to }: Span): Filters {
  const isOn = filters.span?.from === from && filters.span.to === to;
  return { ...filters, span: isOn ? null : { from, to } };
}

/** What a cell of the heat map shows: a partition, with its column where rows differ in that there. */
export function toggleCell(filters: Filters, partition: PartitionDiff, column: string | null): Filters {
  const wanted = cellFilters(partition, column);
  return isSame(filters, wanted) ? NO_FILTERS : wanted;
}

export function isFiltered(filters: Filters): boolean {
  return filters.kinds.length > 0 || filters.span !== null || filters.column !== null;
}

/** The filters as `compare.rows` takes them. */
export function toRequest({ kinds, span, column }: Filters): {
  kinds?: RowKind[];
  column?: string;
  from?: string;
  to?: string;
} {
  const listed = kinds.filter((kind) => kind !== 'same');
  return {
    ...(listed.length > 0 ? { kinds: listed } : {}),
    ...(column === null ? {} : { column }),
    ...(span ? { from: span.from, to: span.to } : {}),
  };
}

function cellFilters({ from, to, columns }: PartitionDiff, column: string | null): Filters {
  const span = { from, to };
  if (column === null) return { kinds: ['added', 'removed'], span, column: null };
  return { kinds: [], span, column: (columns[column] ?? 0) > 0 ? column : null };
}

function isSame(a: Filters, b: Filters): boolean {
  return (
    a.column === b.column &&
    a.span?.from === b.span?.from &&
    a.span?.to === b.span?.to &&
    a.kinds.join() === b.kinds.join()
  );
}
