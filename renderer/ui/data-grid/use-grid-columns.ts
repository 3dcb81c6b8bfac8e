import { useVirtualizer } from '@tanstack/react-virtual';
import { type RefObject, useEffect, useMemo } from 'react';
import type { GridColumn } from './grid-types';

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

/** The columns in sight; all grow alike where there is more room than they ask for. */
export function useGridColumns(
  scroller: RefObject<HTMLElement | null>,
  columns: readonly GridColumn[],
  room: number,
): GridColumns {
  const widths = useMemo(() => {
    const asked = columns.reduce((sum, { width }) => sum + width, 0);
    const extra = Math.max(0, Math.floor((room - asked) / Math.max(1, columns.length)));
    return columns.map(({ width }) => width + extra);
  }, [columns, room]);
  const virtual = useVirtualizer({
    horizontal: true,
    count: columns.length,
    getScrollElement: () => scroller.current,
    estimateSize: (index) => widths[index] ?? 0,
    overscan: 2,
    initialRect: { width: room, height: 0 },
  });
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
