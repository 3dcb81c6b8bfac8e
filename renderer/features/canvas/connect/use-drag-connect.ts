import type { OnConnectEnd } from '@xyflow/react';
import { useCallback } from 'react';
import type { Graph } from '../../../../shared/protocol/views/project';
import { notify } from '../../../store/notices';
import { connectNodes, whyNot } from './connect-nodes';

/** What a line that was drawn from a node's port does where it is let go: over another node it connects the two. */
export function useDragConnect(graph: Graph, dir: string): OnConnectEnd {
  return useCallback(
    (event, { fromNode, fromHandle }) => {
      const other = nodeUnder(event);
      if (!fromNode || other === undefined || other === fromNode.id) return;
      const reading =
        fromHandle?.type === 'target'
          ? { parent: other, child: fromNode.id }
          : { parent: fromNode.id, child: other };
      const refusal = whyNot(graph, dir, reading);
      if (refusal === undefined) void connectNodes(dir, reading);
      else notify({ tone: 'look', text: refusal });
    },
    [graph, dir],
  );
}

function nodeUnder(event: MouseEvent | TouchEvent): string | undefined {
  const at = 'changedTouches' in event ? event.changedTouches[0] : event;
  const element = at && document.elementFromPoint(at.clientX, at.clientY);
  return element?.closest<HTMLElement>('.react-flow__node')?.dataset['id'];
}
