import { useId, useRef } from 'react';
import { announce } from '../announce';
import { Button } from '../button';
import { type KeyBinding, useKeyTable } from '../key-table';
import { cellText } from './cell-text';
import styles from './data-grid.module.css';
import { GridHead } from './grid-head';
import { GridLine } from './grid-line';
import type { GridCell, GridColumn, LoadPage, RenderCell } from './grid-types';
import { type GridState, useGrid } from './use-grid';

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
  const gridId = useId();
  const scroller = useRef<HTMLDivElement>(null);
  const headHeight = props.hasProfiles ? PROFILE : HEAD;
  const grid = useGrid(scroller, {
    columns: props.columns,
    loadPage: props.loadPage,
    pageSize: props.pageSize ?? 200,
    headHeight,
    onRange: props.onRange,
  });
  const { pages, count, rows, across, cursor } = grid;
  const { place } = cursor;
  const goTo = (cell: GridCell | undefined): void => {
    if (!cell) return;
    grid.reveal(cell);
    if (cell.row >= 0) props.onSelect?.(cell);
  };
  const open = (): void => {
    const cell = cursor.cell();
    if (cell) props.onOpen?.(cell);
  };
  const move = (event: React.KeyboardEvent): boolean => {
    const cell = cursor.press(event);
    goTo(cell);
    return cell !== undefined;
  };
  const press = useKeyTable('In a table', [
    ...moveKeys(move),
    ...(props.onOpen ? [{ keys: ['Enter'], title: 'Open the cell', run: open }] : []),
    { keys: ['Mod+C'], title: 'Copy the cell', run: () => copyCell(cursor.cell()) },
  ]);
  return (
    // biome-ignore lint/a11y/useSemanticElements: rows are placed by hand, which table parts cannot be
    <div
      ref={scroller}
      className={styles.grid}
      role="grid"
      aria-label={props.label}
      aria-rowcount={pages.total() === null ? -1 : count + 1}
      aria-colcount={props.columns.length}
      aria-busy={grid.isStale || !pages.isReady()}
      aria-activedescendant={place && `${gridId}-${place.row}-${place.column}`}
      tabIndex={0}
      data-stale={grid.isStale}
      onScroll={rows.onScroll}
      onKeyDown={press}
      onClick={(event) => goTo(cursor.pick(event.target))}
      onDoubleClick={open}
      onFocus={() => cursor.start(rows.inSight.first)}
    >
      <div className={styles.head} style={{ width: across.width }}>
        <GridHead
          gridId={gridId}
          placed={across.placed}
          height={headHeight}
          active={place?.row === -1 ? place.column : undefined}
        />
      </div>
      <GridBody gridId={gridId} grid={grid} renderCell={props.renderCell} />
      <Below
        failure={pages.failure()}
        onRetry={() => pages.retry()}
        text={count === 0 ? (props.emptyText ?? 'No rows') : ''}
      />
    </div>
  );
}

function GridBody(props: { gridId: string; grid: GridState; renderCell: RenderCell | undefined }) {
  const { pages, rows, across, cursor } = props.grid;
  const lines = Array.from({ length: Math.max(0, rows.last - rows.first + 1) }, (_, at) => rows.first + at);
  return (
    <div className={styles.body} style={{ width: across.width, height: rows.height }}>
      {lines.map((row) => (
        <GridLine
          key={row}
          gridId={props.gridId}
          row={row}
          values={pages.row(row)}
          placed={across.placed}
          top={rows.top(row)}
          active={cursor.place?.row === row ? cursor.place.column : undefined}
          renderCell={props.renderCell}
        />
      ))}
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
    // biome-ignore lint/a11y/useFocusableInteractive: the grid holds the focus, but for the button
    // biome-ignore lint/a11y/useSemanticElements: rows are placed by hand, which table parts cannot be
    <div role="row">
      {/* biome-ignore lint/a11y/useFocusableInteractive: as above */}
      {/* biome-ignore lint/a11y/useSemanticElements: as above */}
      <div role="gridcell">
        <div className={styles.failure} role="alert">
          {failure}
          <Button size="small" onPress={onRetry}>
            Load again
          </Button>
        </div>
      </div>
    </div>
  );
}

function moveKeys(run: KeyBinding['run']): KeyBinding[] {
  return [
    { keys: ['ArrowLeft', 'ArrowRight', 'ArrowUp', 'ArrowDown'], title: 'Go from cell to cell', run },
    { keys: ['PageUp', 'PageDown'], title: 'Go a page up or down', run },
    { keys: ['Home', 'End'], title: 'Go to the first or last cell of the row', run },
    { keys: ['Mod+ArrowLeft', 'Mod+ArrowRight'], title: 'Go to the first or last column', run },
    { keys: ['Mod+ArrowUp', 'Mod+ArrowDown'], title: 'Go to the first or last row', run },
    { keys: ['Mod+Home', 'Mod+End'], title: 'Go to the first or last cell', run },
  ];
}

/** Text that was selected is copied by the browser itself. */
function copyCell(cell: GridCell | undefined): boolean {
  if (!cell || window.getSelection()?.isCollapsed === false) return false;
  void navigator.clipboard.writeText(cellText(cell.value)).then(() => announce('Cell copied'));
  return true;
}
