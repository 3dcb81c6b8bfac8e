import type { Graph, NodeView } from '../../../../shared/protocol/views/project';
import { layersOf } from '../layout/layers';
import { groupOf, orderGroups } from '../layout/schema-bands';

export type TreeRow =
  | { readonly kind: 'group'; readonly group: string; readonly count: number; readonly isOpen: boolean }
  | { readonly kind: 'node'; readonly group: string; readonly node: NodeView };

/** Nodes by group in the order of the flow, as far as they match what is looked for. */
export function groupNodes(graph: Graph): ReadonlyMap<string, readonly NodeView[]> {
  const layers = layersOf(
    graph.nodes.map(({ id }) => id),
    graph.edges,
  );
  const groups = new Map<string, NodeView[]>(orderGroups(graph).map((group) => [group, []]));
  for (const node of graph.nodes) groups.get(groupOf(node))?.push(node);
  for (const nodes of groups.values()) {
    nodes.sort((a, b) => (layers.get(a.id) ?? 0) - (layers.get(b.id) ?? 0));
  }
  return groups;
}

/** The lines of the tree: heads and, where open, what is below them. A search opens all groups with a hit. */
export function treeRows(
  groups: ReadonlyMap<string, readonly NodeView[]>,
  closed: ReadonlySet<string>,
  query: string,
): readonly TreeRow[] {
  const words = query.toLowerCase().split(/\s+/).filter(Boolean);
  return [...groups].flatMap(([group, all]) => {
    const nodes = all.filter(({ id }) => words.every((word) => id.toLowerCase().includes(word)));
    if (nodes.length === 0) return [];
    const isOpen = words.length > 0 || !closed.has(group);
    const head: TreeRow = { kind: 'group', group, count: nodes.length, isOpen };
    return isOpen ? [head, ...nodes.map((node): TreeRow => ({ kind: 'node', group, node }))] : [head];
  });
}

export function rowId(row: TreeRow): string {
  return row.kind === 'group' ? `group ${row.group}` : row.node.id;
}
