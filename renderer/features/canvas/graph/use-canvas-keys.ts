import { useReactFlow } from '@xyflow/react';
import type { KeyboardEvent } from 'react';
import type { Graph } from '../../../../shared/protocol/views/project';
import { announce } from '../../../ui/announce';
import { type KeyBinding, useKeyTable } from '../../../ui/key-table';
import { selectNode } from '../choice/selected-node';
import { askToConnect } from '../connect/connecting';
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

/** What the keys do on the canvas. */
export function useCanvasKeys(ground: KeyGround): (event: KeyboardEvent<HTMLElement>) => void {
  const flow = useReactFlow();
  const showAll = useFit();
  return useKeyTable('On the canvas', [
    ...nodeKeys(ground),
    { keys: ['Plus', '='], title: 'Zoom in', run: () => void flow.zoomIn() },
    { keys: ['-'], title: 'Zoom out', run: () => void flow.zoomOut() },
    { keys: ['0'], title: 'Show all', run: showAll },
  ]);
}

function nodeKeys({ graph, boxes, effects, selected, onOpen }: KeyGround): KeyBinding[] {
  const step = ({ key }: KeyboardEvent): boolean => {
    const next = isDirection(key) ? stepFrom(selected, key, { boxes, edges: graph.edges }) : undefined;
    const node = graph.nodes.find(({ id }) => id === next);
    if (!node) return true;
    selectNode(node.id);
    announce(nodeLabel(node, effects.get(node.id)));
    return true;
  };
  const onSelected = (act: (id: string) => void) => (): boolean => {
    if (selected === null) return false;
    act(selected);
    return true;
  };
  return [
    { keys: ['ArrowLeft', 'ArrowRight'], title: 'Go along an edge', run: step },
    { keys: ['ArrowUp', 'ArrowDown'], title: 'Go up and down a column', run: step },
    { keys: ['Enter'], title: 'Open the SQL of the node', run: onSelected(onOpen) },
    { keys: ['C'], title: 'Connect the node to another', run: onSelected(askToConnect) },
    { keys: ['Escape'], title: 'Let go of the node', run: onSelected(() => selectNode(null)) },
  ];
}
