import { useStore } from '@xyflow/react';
import { useMemo } from 'react';
import type { Box } from '../layout/positions';

const TILE = 1024;
/** Below this zoom text is too small to be read, and the graph is drawn as plain cards. */
const READABLE = 0.35;

/** Whether text on nodes can be read at the present zoom. */
export function useIsReadable(): boolean {
  return useStore(({ transform }) => transform[2] >= READABLE);
}

/**
 * The part of the canvas in sight in whole tiles, so that it changes now and then rather than with every frame;
 * undefined while zoomed out, where nearly all is in sight.
 */
export function useVisibleArea(): Box | undefined {
  const key = useStore(({ transform: [x, y, zoom], width, height }) => {
    if (zoom < READABLE) return '';
    const tile = (pixels: number): number => Math.floor(pixels / zoom / TILE);
    return [tile(-x), tile(-y), tile(width - x) + 1, tile(height - y) + 1].join(' ');
  });
  return useMemo(() => {
    if (key === '') return undefined;
    const [left = 0, top = 0, right = 0, bottom = 0] = key.split(' ').map((tile) => Number(tile) * TILE);
    return { x: left, y: top, width: right - left, height: bottom - top };
  }, [key]);
}
