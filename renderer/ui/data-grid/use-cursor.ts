import { useState } from 'react';
import type { GridCell, GridPlace } from './grid-types';
import { type GridBounds, moveCursor } from './move-cursor';
import type { PageStore } from './page-store';

export interface Cursor {
  readonly place: GridPlace | undefined;
  /** puts the cursor on a first cell, where the grid had none */
  start(row: number): void;
  /** the cell that a key leads to; undefined for other keys */
  press(event: React.KeyboardEvent): GridCell | undefined;
  /** the cell under a pointer */
  pick(target: EventTarget): GridCell | undefined;
  /** the cell of the cursor, where it is loaded */
  cell(): GridCell | undefined;
}

/** The one cell of a grid that keys act on. */
export function useCursor({ bounds, pages }: { bounds: GridBounds; pages: PageStore }): Cursor {
  const [place, setPlace] = useState<GridPlace>();
  const shown = place && place.row < bounds.rows && place.column < bounds.columns ? place : undefined;
  const cellAt = ({ row, column }: GridPlace): GridCell => {
    const values = pages.row(row) ?? [];
    return { row, column, values, value: values[column] };
  };
  const put = (next: GridPlace): GridCell => {
    setPlace(next);
    return cellAt(next);
  };
  return {
    place: shown,
    start: (row) => {
      if (!shown && bounds.rows > 0 && bounds.columns > 0) setPlace({ row, column: 0 });
    },
    press: (event) => {
      const next =
        shown && moveCursor(shown, { key: event.key, ctrl: event.ctrlKey || event.metaKey }, bounds);
      if (!next) return undefined;
      event.preventDefault();
      return put(next);
    },
    pick: (target) => {
      const element =
        target instanceof Element ? target.closest<HTMLElement>('[role="gridcell"][data-row]') : null;
      if (!element) return undefined;
      return put({ row: Number(element.dataset['row']), column: Number(element.dataset['column']) });
    },
    cell: () => (shown && shown.row >= 0 && pages.row(shown.row) ? cellAt(shown) : undefined),
  };
}
