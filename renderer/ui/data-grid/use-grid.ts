import { type RefObject, useEffect } from 'react';
import type { GridCell, GridColumn, LoadPage } from './grid-types';
import type { PageStore } from './page-store';
import { type Cursor, useCursor } from './use-cursor';
import { useElementSize } from './use-element-size';
import { type GridColumns, useGridColumns } from './use-grid-columns';
import { usePages } from './use-pages';
import { type RowWindow, useRowWindow } from './use-row-window';

const ROW = 24;

export interface GridOptions {
  readonly columns: readonly GridColumn[];
  readonly loadPage: LoadPage;
  readonly pageSize: number;
  readonly headHeight: number;
  readonly onRange: ((range: { first: number; last: number; total: number | null }) => void) | undefined;
}

export interface GridState {
  readonly pages: PageStore;
  readonly isStale: boolean;
  readonly count: number;
  readonly rows: RowWindow;
  readonly across: GridColumns;
  readonly cursor: Cursor;
  /** brings a cell into sight */
  reveal(cell: GridCell): void;
}

/** What a grid knows: the rows loaded, those in sight, the columns in sight, and its cursor. */
export function useGrid(scroller: RefObject<HTMLElement | null>, options: GridOptions): GridState {
  const { columns, loadPage, pageSize, headHeight, onRange } = options;
  const size = useElementSize(scroller);
  const { pages, isStale } = usePages(loadPage, pageSize);
  const count = pages.count();
  const total = pages.total();
  const viewport = Math.max(0, size.height - headHeight);
  const rows = useRowWindow(scroller, { count, rowHeight: ROW, viewport });
  const across = useGridColumns(scroller, { columns, sample: pages.sample(), room: size.width });
  const bounds = { rows: count, columns: columns.length, page: Math.floor(viewport / ROW) };
  const cursor = useCursor({ bounds, pages });
  const { first, last } = rows.inSight;

  useEffect(() => pages.want(rows.first, rows.last), [pages, rows.first, rows.last]);
  useEffect(() => onRange?.({ first, last, total }), [onRange, first, last, total]);
  const reveal = ({ row, column }: GridCell): void => {
    if (row >= 0) rows.reveal(row);
    across.reveal(column);
  };
  return { pages, isStale, count, rows, across, cursor, reveal };
}
