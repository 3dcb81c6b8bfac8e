import type { Graph, NodeView } from '../../../../shared/protocol/views/project';
import { layersOf } from './layers';

const SOURCES = 'Sources';

/** The group that a node is listed and banded under. */
export function groupOf(node: NodeView): string {
  return node.type === 'source' ? SOURCES : node.schema;
}

/** Groups in the order of the flow: sources first, then each schema by how far its first model stands from them. */
export function orderGroups(graph: Graph): readonly string[] {
  const layers = layersOf(
    graph.nodes.map(({ id }) => id),
    graph.edges,
  );
  const first = new Map<string, number>();
  for (const node of graph.nodes) {
    const layer = node.type === 'source' ? -1 : (layers.get(node.id) ?? 0);
    const group = groupOf(node);
    first.set(group, Math.min(layer, first.get(group) ?? layer));
  }
  return [...first].toSorted(([a, x], [b, y]) => x - y || a.localeCompare(b)).map(([group]) => group);
}

/** The band of each group; undefined where schemas read each other in a circle, as then no order of bands fits. */
export function bandsOf(graph: Graph): ReadonlyMap<string, number> | undefined {
  const bands = new Map(orderGroups(graph).map((group, at) => [group, at]));
  const bandOf = new Map(graph.nodes.map((node) => [node.id, bands.get(groupOf(node)) ?? 0]));
  const runsBack = graph.edges.some(({ from, to }) => (bandOf.get(from) ?? 0) > (bandOf.get(to) ?? 0));
  return runsBack ? undefined : bands;
}
