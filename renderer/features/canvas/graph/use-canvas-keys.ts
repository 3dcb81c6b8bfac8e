import { useReactFlow } from '@xyflow/react';
import { type KeyboardEvent, useCallback } from 'react';
import type { Graph } from '../../../../shared/protocol/views/project';
import { announce } from '../../../ui/announce';
import { selectNode } from '../choice/selected-node';
import type { Effects } from '../effect/effect';
import type { Box } from '../layout/positions';
import { nodeLabel } from './node-words';
import { isDirection, stepFrom } from './step';
import { useFit } from './use-fit';

interface KeyGround {
  readonly graph: Graph;
  readonly boxes: ReadonlyMap<string, Box>;
  readonly effects: Effects;
  readonly selected: string | null;
  readonly onOpen: () => void;
}

/** Arrow keys go from node to node, Enter opens, Escape lets go, plus, minus and 0 zoom. */
export function useCanvasKeys(ground: KeyGround): (event: KeyboardEvent<HTMLElement>) => void {
  const { graph, boxes, effects, selected, onOpen } = ground;
  const flow = useReactFlow();
  const showAll = useFit();
  return useCallback(
    (event) => {
      if (event.ctrlKey || event.metaKey || event.altKey) return;
      const { key } = event;
      const zooms: Readonly<Record<string, () => unknown>> = {
        '+': () => flow.zoomIn(),
        '=': () => flow.zoomIn(),
        '-': () => flow.zoomOut(),
        '0': showAll,
      };
      if (isDirection(key)) {
        const next = stepFrom(selected, key, { boxes, edges: graph.edges });
        const node = graph.nodes.find(({ id }) => id === next);
        if (node) {
          selectNode(node.id);
          announce(nodeLabel(node, effects.get(node.id)));
        }
      } else if (key === 'Enter' && selected !== null) onOpen();
      else if (key === 'Escape' && selected !== null) selectNode(null);
      else if (key === 'Escape') event.currentTarget.blur();
      else if (zooms[key]) zooms[key]();
      else return;
      event.preventDefault();
      event.stopPropagation();
    },
    [graph, boxes, effects, selected, onOpen, flow, showAll],
  );
}
