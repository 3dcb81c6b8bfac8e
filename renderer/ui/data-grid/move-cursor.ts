import type { GridPlace } from './grid-types';

export interface GridBounds {
  readonly rows: number;
  readonly columns: number;
  /** rows that fit in sight */
  readonly page: number;
}

/** Where a key takes the cursor of a grid; undefined for keys that do not move it. Row -1 is the head. */
export function moveCursor(
  place: GridPlace,
  press: { key: string; ctrl: boolean },
  bounds: GridBounds,
): GridPlace | undefined {
  const move = MOVES[press.key];
  if (!move) return undefined;
  const { row, column } = move(place, bounds, press.ctrl);
  return {
    row: Math.max(-1, Math.min(bounds.rows - 1, row)),
    column: Math.max(0, Math.min(bounds.columns - 1, column)),
  };
}

type Move = (place: GridPlace, bounds: GridBounds, ctrl: boolean) => GridPlace;

const MOVES: Readonly<Record<string, Move>> = {
  ArrowUp: ({ row, column }, _bounds, ctrl) => ({ row: ctrl ? 0 : row - 1, column }),
  ArrowDown: ({ row, column }, { rows }, ctrl) => ({ row: ctrl ? rows - 1 : row + 1, column }),
  ArrowLeft: ({ row, column }, _bounds, ctrl) => ({ row, column: ctrl ? 0 : column - 1 }),
  ArrowRight: ({ row, column }, { columns }, ctrl) => ({ row, column: ctrl ? columns - 1 : column + 1 }),
  PageUp: ({ row, column }, { page }) => ({ row: Math.max(0, row - page), column }),
  PageDown: ({ row, column }, { page }) => ({ row: row + page, column }),
  Home: ({ row }, _bounds, ctrl) => ({ row: ctrl ? 0 : row, column: 0 }),
  End: ({ row }, { rows, columns }, ctrl) => ({ row: ctrl ? rows - 1 : row, column: columns - 1 }),
};
