import { useReactFlow, useStoreApi } from '@xyflow/react';
import { useEffect, useRef } from 'react';
import type { Box } from '../layout/positions';

const MARGIN = 24;
const MOTION = 160;

/** Brings the selected node into sight when it was selected elsewhere: by keys, in the list, in the palette. */
export function useReveal(selected: string | null, boxes: ReadonlyMap<string, Box>): void {
  const flow = useReactFlow();
  const store = useStoreApi();
  const latest = useRef(boxes);
  latest.current = boxes;
  useEffect(() => {
    const box = selected === null ? undefined : latest.current.get(selected);
    const { width, height } = store.getState();
    if (!box || width === 0) return;
    const view = flow.getViewport();
    const shift = {
      x: shiftOf(box.x * view.zoom + view.x, box.width * view.zoom, width),
      y: shiftOf(box.y * view.zoom + view.y, box.height * view.zoom, height),
    };
    if (shift.x === 0 && shift.y === 0) return;
    const duration = window.matchMedia('(prefers-reduced-motion: reduce)').matches ? 0 : MOTION;
    void flow.setViewport({ ...view, x: view.x + shift.x, y: view.y + shift.y }, { duration });
  }, [selected, flow, store]);
}

/** How far a span of pixels must be moved to lie within the room. */
function shiftOf(from: number, length: number, room: number): number {
  if (from < MARGIN) return MARGIN - from;
  const over = from + length + MARGIN - room;
  return over > 0 ? -Math.min(over, from - MARGIN) : 0;
}
