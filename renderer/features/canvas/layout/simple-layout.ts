import { layersOf } from './layers';
import {
  COLUMN_GAP,
  type LayoutGraph,
  type LayoutNode,
  type Point,
  type Positions,
  ROW_GAP,
} from './positions';

/** Columns by the longest path from the sources, rows by where the parents stand. Plain, fast, never fails. */
export function simpleLayout({ nodes, edges }: LayoutGraph): Positions {
  const layers = layersOf(
    nodes.map(({ id }) => id),
    edges,
  );
  const columns = columnsOf(nodes, layers);
  const parents = new Map<string, string[]>();
  for (const { from, to } of edges) parents.set(to, [...(parents.get(to) ?? []), from]);
  const positions = new Map<string, Point>();
  let x = 0;
  for (const column of columns) {
    const sorted = column
      .map((node) => ({ node, wish: middleOf(parents.get(node.id) ?? [], positions) }))
      .toSorted((a, b) => a.wish - b.wish);
    let y = 0;
    for (const { node } of sorted) {
      positions.set(node.id, { x, y });
      y += node.height + ROW_GAP;
    }
    x += Math.max(0, ...column.map(({ width }) => width)) + COLUMN_GAP;
  }
  return positions;
}

function columnsOf(nodes: readonly LayoutNode[], layers: ReadonlyMap<string, number>): LayoutNode[][] {
  const columns: LayoutNode[][] = [];
  for (const node of nodes) {
    const layer = layers.get(node.id) ?? 0;
    for (let at = columns.length; at <= layer; at += 1) columns.push([]);
    columns[layer]?.push(node);
  }
  return columns;
}

function middleOf(parents: readonly string[], positions: Positions): number {
  const heights = parents.flatMap((id) => positions.get(id)?.y ?? []);
  return heights.reduce((sum, y) => sum + y, 0) / Math.max(1, heights.length);
}
