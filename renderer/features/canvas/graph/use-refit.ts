import { useReactFlow } from '@xyflow/react';
import { useEffect, useRef } from 'react';
import type { Positions } from '../layout/positions';
import { FIT } from './fit';

/** Shows all again when nodes were arranged anew on request; a model more or less leaves the view where it is. */
export function useRefit(positions: Positions, isGrouped: boolean): void {
  const flow = useReactFlow();
  const shown = useRef({ positions, isGrouped });
  useEffect(() => {
    const { current } = shown;
    if (current.positions === positions) return;
    if (current.isGrouped !== isGrouped) void flow.fitView(FIT);
    shown.current = { positions, isGrouped };
  }, [flow, positions, isGrouped]);
}
