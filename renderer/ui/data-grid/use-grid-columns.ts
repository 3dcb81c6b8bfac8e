import { useVirtualizer } from '@tanstack/react-virtual';
import { type RefObject, useEffect, useMemo } from 'react';
import { fitWidths } from './fit-widths';
import type { GridColumn, GridRow } from './grid-types';

/** A column that is in sight, and where it stands. */
export interface PlacedColumn {
  readonly column: GridColumn;
  readonly at: number;
  readonly left: number;
  readonly width: number;
}

export interface GridColumns {
  readonly placed: readonly PlacedColumn[];
  readonly width: number;
  reveal(column: number): void;
}

/** The columns in sight, fitted to a sample of the rows and to the room there is. */
export function useGridColumns(
  scroller: RefObject<HTMLElement | null>,
  { columns, sample, room }: { columns: readonly GridColumn[]; sample: readonly GridRow[]; room: number },
): GridColumns {
  const widths = useMemo(() => fitWidths(columns, sample, room), [columns, sample, room]);
  const virtual = useVirtualizer({
    horizontal: true,
    count: columns.length,
    getScrollElement: () => scroller.current,
    estimateSize: (index) => widths[index] ?? 0,
    overscan: 2,
    initialRect: { width: room, height: 0 },
  });
  // biome-ignore lint/correctness/useExhaustiveDependencies: other widths make what was measured stale.
  useEffect(() => virtual.measure(), [virtual, widths]);
  return {
    placed: virtual.getVirtualItems().flatMap(({ index, start, size }) => {
      const column = columns[index];
      return column ? [{ column, at: index, left: start, width: size }] : [];
    }),
    width: virtual.getTotalSize(),
    reveal: (column) => virtual.scrollToIndex(column, { align: 'auto' }),
  };
}
