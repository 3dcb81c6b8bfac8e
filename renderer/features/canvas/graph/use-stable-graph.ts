import { useRef } from 'react';
import type { Graph, NodeView } from '../../../../shared/protocol/views/project';

interface Known {
  readonly text: string;
  readonly node: NodeView;
}

/** A graph whose nodes and edges stay the same objects while they say the same, so that nothing is drawn in vain. */
export function useStableGraph(graph: Graph | undefined): Graph | undefined {
  const known = useRef<ReadonlyMap<string, Known>>(new Map());
  const last = useRef<{ given: Graph; stable: Graph; edges: string }>(undefined);
  if (!graph) return undefined;
  if (last.current?.given === graph) return last.current.stable;
  const next = new Map<string, Known>();
  const nodes = graph.nodes.map((node) => {
    const text = JSON.stringify(node);
    const former = known.current.get(node.id);
    const kept = former?.text === text ? former : { text, node };
    next.set(node.id, kept);
    return kept.node;
  });
  const edges = JSON.stringify(graph.edges);
  const former = last.current;
  const stable = {
    ...graph,
    nodes: isSameList(former?.stable.nodes, nodes) ? former.stable.nodes : nodes,
    edges: former?.edges === edges ? former.stable.edges : graph.edges,
  };
  known.current = next;
  last.current = { given: graph, stable, edges };
  return stable;
}

function isSameList<T>(former: T[] | undefined, next: readonly T[]): former is T[] {
  return former?.length === next.length && former.every((item, at) => item === next[at]);
}
