import { useCallback, useEffect, useState } from 'react';
import { readRemembered, remember } from '../../../ui/remembered';
import type { Point } from '../layout/positions';

export type Moved = Readonly<Record<string, Point>>;

const NONE: Moved = {};

/** Where nodes were dragged to, remembered for each project on this machine; `tidy` puts all of them back. */
export function useMoved(dir: string): {
  moved: Moved;
  move: (changes: ReadonlyMap<string, Point>, isDone: boolean) => void;
  tidy: () => void;
} {
  const key = `canvas.positions.${dir}`;
  const [moved, setMoved] = useState<Moved>(NONE);
  useEffect(() => setMoved(readRemembered<Moved>(key) ?? NONE), [key]);
  const move = useCallback(
    (changes: ReadonlyMap<string, Point>, isDone: boolean) =>
      setMoved((former) => {
        const next = { ...former, ...Object.fromEntries(changes) };
        if (isDone) remember(key, next);
        return next;
      }),
    [key],
  );
  const tidy = useCallback(() => {
    remember(key, NONE);
    setMoved(NONE);
  }, [key]);
  return { moved, move, tidy };
}
