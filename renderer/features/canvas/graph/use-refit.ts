import { useEffect, useRef } from 'react';
import type { Positions } from '../layout/positions';
import { useFit } from './use-fit';

/** Shows all again when nodes were arranged anew on request; a model more or less leaves the view where it is. */
export function useRefit(positions: Positions, isGrouped: boolean): void {
  const showAll = useFit();
  const shown = useRef({ positions, isGrouped });
  useEffect(() => {
    const { current } = shown;
    if (current.positions === positions) return;
    if (current.isGrouped !== isGrouped) showAll();
    shown.current = { positions, isGrouped };
  }, [showAll, positions, isGrouped]);
}
