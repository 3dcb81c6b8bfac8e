import { ROW } from './geometry';
import { CELLS_LEFT, HEAD_HEIGHT, NAME_WIDTH } from './layout';
import type { GridPlace } from './move';

interface Bounds {
  readonly rows: number;
  readonly width: number;
  readonly pitch: number;
}

/** The row and column under the pointer, undefined beside the cells. */
export function placeAt(
  event: { clientX: number; clientY: number },
  scroller: HTMLElement | null,
  bounds: Bounds,
): GridPlace | undefined {
  if (!scroller) return undefined;
  const box = scroller.getBoundingClientRect();
  const [left, top] = [event.clientX - box.left, event.clientY - box.top];
  const x = left + scroller.scrollLeft - CELLS_LEFT;
  const row = Math.floor((top + scroller.scrollTop - HEAD_HEIGHT) / ROW);
  // The head and the names stay in sight and cover what is scrolled below them.
  const isCovered = top < HEAD_HEIGHT || left < CELLS_LEFT;
  if (isCovered || x >= bounds.width || row < 0 || row >= bounds.rows) return undefined;
  return { row, column: Math.floor(x / bounds.pitch) };
}

/** Where a place of the sheet stands in the window. */
export function windowPlace(scroller: HTMLElement, at: { x: number; row: number }): { x: number; y: number } {
  const box = scroller.getBoundingClientRect();
  return {
    x: box.left + CELLS_LEFT + at.x - scroller.scrollLeft,
    y: box.top + HEAD_HEIGHT + at.row * ROW - scroller.scrollTop,
  };
}

/** Scrolls sideways until the columns from `x` on are in sight. */
export function revealX(scroller: HTMLElement | null, x: number, width: number): void {
  if (!scroller) return;
  const shown = scroller.clientWidth - CELLS_LEFT - NAME_WIDTH / 2;
  if (x < scroller.scrollLeft) scroller.scrollLeft = x;
  else if (x + width > scroller.scrollLeft + shown) scroller.scrollLeft = x + width - shown;
}
