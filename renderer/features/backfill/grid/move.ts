import { cellAt, type GridCell } from './cells';

/** Where the cursor of the grid stands: a row, and a column of the frame. */
export interface GridPlace {
  readonly row: number;
  readonly column: number;
}

/** Where a key takes the cursor; along a row it goes from cell to cell. Undefined for keys that do not move it. */
export function movePlace(
  place: GridPlace,
  key: string,
  grid: { rows: number; columns: number; page: number; cells: readonly GridCell[] },
): GridPlace | undefined {
  const { row, column } = place;
  const clampRow = (next: number): number => Math.max(0, Math.min(grid.rows - 1, next));
  const at = cellAt(grid.cells, column);
  switch (key) {
    case 'ArrowUp':
      return { row: clampRow(row - 1), column };
    case 'ArrowDown':
      return { row: clampRow(row + 1), column };
    case 'PageUp':
      return { row: clampRow(row - grid.page), column };
    case 'PageDown':
      return { row: clampRow(row + grid.page), column };
    case 'ArrowLeft':
      return {
        row,
        column: grid.cells.findLast(({ end }) => end <= cellStart(grid.cells, at, column))?.first ?? column,
      };
    case 'ArrowRight':
      return {
        row,
        column:
          grid.cells.find(({ first }) => first > column && first >= cellEnd(grid.cells, at))?.first ?? column,
      };
    case 'Home':
      return { row, column: grid.cells[0]?.first ?? 0 };
    case 'End':
      return { row, column: grid.cells.at(-1)?.first ?? Math.max(0, grid.columns - 1) };
    default:
      return undefined;
  }
}

function cellStart(cells: readonly GridCell[], at: number, column: number): number {
  return cells[at]?.first ?? column;
}

function cellEnd(cells: readonly GridCell[], at: number): number {
  return cells[at]?.end ?? 0;
}
