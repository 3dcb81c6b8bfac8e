/** Widths and heights of the grid's parts in pixels, the same as in `grid.module.css`. */
export const NAME_WIDTH = 140;
const COUNT_WIDTH = 36;
const EDGE = 16;
export const HEAD_HEIGHT = 60;

/** What a row takes beside its cells. */
export const BESIDE = NAME_WIDTH + COUNT_WIDTH + 2 * EDGE;

/** Where the cells begin, from the left of the sheet. */
export const CELLS_LEFT = EDGE + NAME_WIDTH;
