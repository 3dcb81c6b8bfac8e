import { useEffect, useId, useRef } from 'react';
import { announce } from '../announce';
import { Button } from '../button';
import { cellText } from './cell-text';
import styles from './data-grid.module.css';
import { GridHead } from './grid-head';
import { GridLine } from './grid-line';
import type { GridCell, GridColumn, LoadPage, RenderCell } from './grid-types';
import { useCursor } from './use-cursor';
import { useElementSize } from './use-element-size';
import { useGridColumns } from './use-grid-columns';
import { usePages } from './use-pages';
import { useRowWindow } from './use-row-window';

const ROW = 24;
const HEAD = 24;
const PROFILE = 76;

export interface DataGridProps {
  readonly label: string;
  readonly columns: readonly GridColumn[];
  readonly loadPage: LoadPage;
  readonly pageSize?: number;
  /** 76 px heads with the columns' profiles */
  readonly hasProfiles?: boolean;
  /** a cell drawn otherwise than as text; undefined leaves it as it is */
  readonly renderCell?: RenderCell;
  /** the cursor moved to a cell */
  readonly onSelect?: (cell: GridCell) => void;
  /** Enter or a double click on a cell */
  readonly onOpen?: (cell: GridCell) => void;
  /** rows in sight, from 0, and how many there are where that is known */
  readonly onRange?: (range: { first: number; last: number; total: number | null }) => void;
  readonly emptyText?: string;
}

/** Rows of data, as many as there are: one tab stop, arrow keys, Ctrl C copies the cell. It fills its parent. */
export function DataGrid(props: DataGridProps) {
  const { columns, pageSize = 200 } = props;
  const gridId = useId();
  const scroller = useRef<HTMLDivElement>(null);
  const size = useElementSize(scroller);
  const headHeight = props.hasProfiles ? PROFILE : HEAD;
  const { pages, isStale } = usePages(props.loadPage, pageSize);
  const count = pages.count();
  const viewport = Math.max(0, size.height - headHeight);
  const rows = useRowWindow(scroller, { count, rowHeight: ROW, viewport });
  const across = useGridColumns(scroller, { columns, sample: pages.sample(), room: size.width });
  const cursor = useCursor({
    bounds: { rows: count, columns: columns.length, page: Math.floor(viewport / ROW) },
    pages,
  });

  useEffect(() => pages.want(rows.first, rows.last), [pages, rows.first, rows.last]);
  useRange(props.onRange, { first: rows.first, last: rows.last, total: pages.total() });
  const show = (cell: GridCell | undefined): void => {
    if (!cell) return;
    if (cell.row >= 0) rows.reveal(cell.row);
    across.reveal(cell.column);
    if (cell.row >= 0) props.onSelect?.(cell);
  };
  const open = (): void => {
    const cell = cursor.cell();
    if (cell) props.onOpen?.(cell);
  };
  const lines = Array.from({ length: Math.max(0, rows.last - rows.first + 1) }, (_, at) => rows.first + at);

  return (
    // biome-ignore lint/a11y/useSemanticElements: rows are placed by hand, which table parts cannot be
    <div
      ref={scroller}
      className={styles.grid}
      role="grid"
      aria-label={props.label}
      aria-rowcount={pages.total() === null ? -1 : count + 1}
      aria-colcount={columns.length}
      aria-busy={isStale || !pages.isReady()}
      aria-activedescendant={cursor.place && `${gridId}-${cursor.place.row}-${cursor.place.column}`}
      tabIndex={0}
      data-stale={isStale}
      onScroll={rows.onScroll}
      onKeyDown={(event) => {
        if (event.key === 'Enter') open();
        else if (event.key === 'c' && (event.ctrlKey || event.metaKey)) copyCell(cursor.cell());
        else show(cursor.press(event));
      }}
      onClick={(event) => show(cursor.pick(event.target))}
      onDoubleClick={open}
      onFocus={() => cursor.start(rows.first)}
    >
      <div className={styles.head} style={{ width: across.width }}>
        <GridHead
          gridId={gridId}
          placed={across.placed}
          height={headHeight}
          active={cursor.place?.row === -1 ? cursor.place.column : undefined}
        />
      </div>
      <div className={styles.body} style={{ width: across.width, height: rows.height }}>
        {lines.map((row) => (
          <GridLine
            key={row}
            gridId={gridId}
            row={row}
            values={pages.row(row)}
            placed={across.placed}
            top={rows.top(row)}
            active={cursor.place?.row === row ? cursor.place.column : undefined}
            renderCell={props.renderCell}
          />
        ))}
      </div>
      <Below
        failure={pages.failure()}
        onRetry={() => pages.retry()}
        text={count === 0 ? (props.emptyText ?? 'No rows') : ''}
      />
    </div>
  );
}

function Below({
  failure,
  onRetry,
  text,
}: {
  failure: string | undefined;
  onRetry: () => void;
  text: string;
}) {
  if (failure === undefined) return text ? <p className={styles.empty}>{text}</p> : null;
  return (
    <div className={styles.failure} role="alert">
      {failure}
      <Button size="small" onPress={onRetry}>
        Load again
      </Button>
    </div>
  );
}

function useRange(
  onRange: DataGridProps['onRange'],
  { first, last, total }: { first: number; last: number; total: number | null },
): void {
  useEffect(() => onRange?.({ first, last, total }), [onRange, first, last, total]);
}

function copyCell(cell: GridCell | undefined): void {
  if (!cell || window.getSelection()?.isCollapsed === false) return;
  void navigator.clipboard.writeText(cellText(cell.value)).then(() => announce('Cell copied'));
}
