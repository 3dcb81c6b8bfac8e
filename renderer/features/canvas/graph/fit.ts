import { getViewportForBounds, type Viewport } from '@xyflow/react';
import type { Box, Size } from '../layout/positions';

export const LEAST_ZOOM = 0.02;
export const MOST_ZOOM = 1.5;

/** The map in the lower right corner, with the space around it. */
export const MAP: Size = { width: 144, height: 72 };
const MAP_SPACE = 36;
const PADDING = { top: '44px', right: '24px', bottom: '24px', left: '24px' } as const;

/** The view that shows all boxes, never larger than life; no box is left below the map. */
export function fitBoxes(boxes: readonly Box[], room: Size): Viewport {
  const view = viewOf(boxes, room, {});
  if (!boxes.some((box) => isBelowMap(box, view, room))) return view;
  const above = viewOf(boxes, room, { bottom: `${MAP.height + MAP_SPACE}px` });
  const beside = viewOf(boxes, room, { right: `${MAP.width + MAP_SPACE}px` });
  return beside.zoom > above.zoom ? beside : above;
}

type Padding = Partial<Record<keyof typeof PADDING, `${number}px`>>;

function viewOf(boxes: readonly Box[], room: Size, more: Padding): Viewport {
  const padding = { ...PADDING, ...more };
  return getViewportForBounds(boundsOf(boxes), room.width, room.height, LEAST_ZOOM, 1, padding);
}

function boundsOf(boxes: readonly Box[]): Box {
  const x = Math.min(...boxes.map((box) => box.x));
  const y = Math.min(...boxes.map((box) => box.y));
  const right = Math.max(...boxes.map((box) => box.x + box.width));
  const bottom = Math.max(...boxes.map((box) => box.y + box.height));
  return { x, y, width: right - x, height: bottom - y };
}

function isBelowMap(box: Box, view: Viewport, room: Size): boolean {
  const right = (box.x + box.width) * view.zoom + view.x;
  const bottom = (box.y + box.height) * view.zoom + view.y;
  return right > room.width - MAP.width - MAP_SPACE && bottom > room.height - MAP.height - MAP_SPACE;
}
