import { useReactFlow, useStoreApi } from '@xyflow/react';
import { useCallback } from 'react';
import { fitBoxes } from './fit';

/** Shows the whole graph. */
export function useFit(): () => void {
  const flow = useReactFlow();
  const store = useStoreApi();
  return useCallback(() => {
    const boxes = flow
      .getNodes()
      .map(({ position, width = 0, height = 0 }) => ({ ...position, width, height }));
    const { width, height } = store.getState();
    if (boxes.length > 0 && width > 0) void flow.setViewport(fitBoxes(boxes, { width, height }));
  }, [flow, store]);
}
