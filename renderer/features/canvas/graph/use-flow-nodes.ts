import { useMemo, useRef } from 'react';
import type { Graph } from '../../../../shared/protocol/views/project';
import type { Affected } from '../effect/affected';
import type { Box } from '../layout/positions';
import { type DagFlowNode, toFlowNode } from './flow-nodes';

interface FlowInput {
  readonly graph: Graph;
  readonly boxes: ReadonlyMap<string, Box>;
  readonly affected: Affected;
  readonly swapped: ReadonlySet<string>;
  readonly selected: string | null;
  readonly lit: ReadonlySet<string> | undefined;
  readonly dimClass: string;
}

/** The nodes for React Flow; those that did not change are the same objects as before. */
export function useFlowNodes(input: FlowInput): DagFlowNode[] {
  const { graph, boxes, affected, swapped, selected, lit, dimClass } = input;
  const former = useRef<ReadonlyMap<string, DagFlowNode>>(new Map());
  return useMemo(() => {
    const { marks, editing } = affected;
    const next = new Map<string, DagFlowNode>();
    for (const node of graph.nodes) {
      const box = boxes.get(node.id);
      if (!box) continue;
      const item = {
        node,
        box,
        effect: marks.get(node.id),
        editing: editing?.model === node.id ? editing : undefined,
        isSwapped: swapped.has(node.id),
        isSelected: node.id === selected,
        isDim: lit !== undefined && !lit.has(node.id),
      };
      next.set(node.id, toFlowNode(item, former.current.get(node.id), dimClass));
    }
    former.current = next;
    return [...next.values()];
  }, [graph, boxes, affected, swapped, selected, lit, dimClass]);
}
