import { type RefObject, useCallback, useEffect, useLayoutEffect, useRef, useState } from 'react';
import {
  clampPosition,
  fullHeight,
  type RowExtent,
  scrolledHeight,
  toPosition,
  toScrollTop,
} from './row-scroll';

const OVERSCAN = 8;

export interface RowWindow {
  /** the rows that can be seen, without those drawn ahead */
  readonly inSight: { readonly first: number; readonly last: number };
  readonly first: number;
  /** the last row drawn */
  readonly last: number;
  readonly height: number;
  /** where a row stands in the scrolled element */
  top(row: number): number;
  /** scrolls as little as needed to have the row in sight */
  reveal(row: number): void;
  onScroll(): void;
}

/** Which of many equal rows are in sight; past what a browser can scroll, the bar is scaled and the wheel stays exact. */
export function useRowWindow(scroller: RefObject<HTMLElement | null>, extent: RowExtent): RowWindow {
  const [position, setPosition] = useState(0);
  const latest = useRef({ position, extent });
  latest.current = { position: clampPosition(position, extent), extent };

  const moveTo = useCallback(
    (next: number): void => {
      const { extent: now } = latest.current;
      const clamped = clampPosition(next, now);
      latest.current.position = clamped;
      if (scroller.current) scroller.current.scrollTop = toScrollTop(clamped, now);
      setPosition(clamped);
    },
    [scroller],
  );
  useExactWheel(scroller, latest, moveTo);
  useLayoutEffect(() => {
    if (position > 0 && clampPosition(position, extent) !== position) moveTo(position);
  });

  const now = latest.current.position;
  const { count, rowHeight, viewport } = extent;
  const scrollTop = toScrollTop(now, extent);
  const inSight = {
    first: Math.floor(now / rowHeight),
    last: Math.max(0, Math.min(count, Math.ceil((now + viewport) / rowHeight)) - 1),
  };
  return {
    inSight,
    first: Math.max(0, inSight.first - OVERSCAN),
    last: Math.min(count - 1, inSight.last + OVERSCAN),
    height: scrolledHeight(extent),
    top: (row) => row * rowHeight - now + scrollTop,
    reveal: (row) => {
      const top = row * rowHeight;
      if (top < now) moveTo(top);
      else if (top + rowHeight > now + viewport) moveTo(top + rowHeight - viewport);
    },
    onScroll: () => {
      const bar = scroller.current?.scrollTop ?? 0;
      if (Math.abs(bar - toScrollTop(latest.current.position, extent)) >= 1)
        setPosition(toPosition(bar, extent));
    },
  };
}

function useExactWheel(
  scroller: RefObject<HTMLElement | null>,
  latest: RefObject<{ position: number; extent: RowExtent }>,
  moveTo: (position: number) => void,
): void {
  useEffect(() => {
    const element = scroller.current;
    const turn = (event: WheelEvent): void => {
      const { position, extent } = latest.current;
      if (scrolledHeight(extent) === fullHeight(extent) || event.deltaY === 0) return;
      event.preventDefault();
      moveTo(position + event.deltaY);
    };
    element?.addEventListener('wheel', turn, { passive: false });
    return () => element?.removeEventListener('wheel', turn);
  }, [scroller, latest, moveTo]);
}
