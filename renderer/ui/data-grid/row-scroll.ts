// Browsers draw no element higher than some 30 million pixels; 100 million rows need 80 times that.
const HIGHEST = 8_000_000;

/** Sizes of a column of equal rows behind a viewport, all in pixels. */
export interface RowExtent {
  readonly count: number;
  readonly rowHeight: number;
  readonly viewport: number;
}

/** Pixels that all rows would take. */
export function fullHeight({ count, rowHeight }: RowExtent): number {
  return count * rowHeight;
}

/** Pixels that the scrolled element takes: all of them, or as much as a browser can. */
export function scrolledHeight(extent: RowExtent): number {
  return Math.min(HIGHEST, fullHeight(extent));
}

/** From where the scroll bar stands to the pixel of all rows that is at the top. */
export function toPosition(scrollTop: number, extent: RowExtent): number {
  return scrollTop * ratio(extent);
}

export function toScrollTop(position: number, extent: RowExtent): number {
  return position / ratio(extent);
}

export function clampPosition(position: number, extent: RowExtent): number {
  return Math.max(0, Math.min(position, fullHeight(extent) - extent.viewport));
}

function ratio(extent: RowExtent): number {
  const room = scrolledHeight(extent) - extent.viewport;
  return room <= 0 ? 1 : Math.max(1, (fullHeight(extent) - extent.viewport) / room);
}
