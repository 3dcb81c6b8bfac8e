import type { Edge } from './positions';

/** The column of each node: one past the furthest of its parents. Edges that close a circle are left out. */
export function layersOf(ids: readonly string[], edges: readonly Edge[]): ReadonlyMap<string, number> {
  const parents = new Map<string, string[]>(ids.map((id) => [id, []]));
  for (const { from, to } of edges) if (parents.has(from)) parents.get(to)?.push(from);
  const layers = new Map<string, number>();
  const open = new Set<string>();
  const visit = (id: string): number => {
    const known = layers.get(id);
    if (known !== undefined) return known;
    if (open.has(id)) return -1;
    open.add(id);
    const layer = 1 + Math.max(-1, ...(parents.get(id) ?? []).map(visit));
    layers.set(id, layer);
    return layer;
  };
  for (const id of ids) visit(id);
  return layers;
}
