import { memo } from 'react';
import { cellText, isNull } from './cell-text';
import styles from './data-grid.module.css';
import type { GridRow, RenderCell } from './grid-types';
import type { PlacedColumn } from './use-grid-columns';

export interface GridLineProps {
  readonly gridId: string;
  readonly row: number;
  readonly values: GridRow | undefined;
  readonly placed: readonly PlacedColumn[];
  readonly top: number;
  /** the column of the cursor, where it is on this row */
  readonly active: number | undefined;
  readonly renderCell: RenderCell | undefined;
}

/** One row; cells are empty bars until it is loaded. */
export const GridLine = memo(function GridLine(props: GridLineProps) {
  const { gridId, row, values, placed, top, active } = props;
  return (
    // biome-ignore lint/a11y/useFocusableInteractive: the grid holds the focus and names its active cell
    // biome-ignore lint/a11y/useSemanticElements: rows are placed by hand, which table parts cannot be
    <div
      role="row"
      aria-rowindex={row + 2}
      className={styles.row}
      data-active={active !== undefined}
      style={{ top }}
    >
      {placed.map((place) => (
        <Cell
          key={place.column.id}
          id={`${gridId}-${row}-${place.at}`}
          row={row}
          values={values}
          place={place}
          isActive={active === place.at}
          renderCell={props.renderCell}
        />
      ))}
    </div>
  );
});

interface CellProps {
  readonly id: string;
  readonly row: number;
  readonly values: GridRow | undefined;
  readonly place: PlacedColumn;
  readonly isActive: boolean;
  readonly renderCell: RenderCell | undefined;
}

function Cell({ id, row, values, place, isActive, renderCell }: CellProps) {
  const { column, at, left, width } = place;
  const value = values?.[at];
  const content = values && (renderCell?.({ row, column: at, value, values }, column) ?? cellText(value));
  return (
    // biome-ignore lint/a11y/useFocusableInteractive: the grid holds the focus and names its active cell
    // biome-ignore lint/a11y/useSemanticElements: cells are placed by hand, which table parts cannot be
    <div
      id={id}
      role="gridcell"
      aria-colindex={at + 1}
      className={styles.cell}
      data-row={row}
      data-column={at}
      data-kind={column.kind}
      data-key={column.isKey}
      data-null={values !== undefined && isNull(value)}
      data-active={isActive}
      style={{ left, width }}
    >
      {content ?? <i className={styles.waiting} />}
    </div>
  );
}
