import type { Edge } from '../layout/positions';

/** All that can be reached from a node along the edges, without the node itself. */
export function walk(edges: readonly Edge[], start: string, direction: 'up' | 'down'): ReadonlySet<string> {
  const next = new Map<string, string[]>();
  for (const { from, to } of edges) {
    const [here, there] = direction === 'down' ? [from, to] : [to, from];
    const list = next.get(here);
    if (list) list.push(there);
    else next.set(here, [there]);
  }
  const found = new Set<string>();
  const queue = [start];
  for (let id = queue.pop(); id !== undefined; id = queue.pop()) {
    for (const other of next.get(id) ?? []) {
      if (other === start || found.has(other)) continue;
      found.add(other);
      queue.push(other);
    }
  }
  return found;
}

/** The nodes and edges on the paths up from a node and down from it; all that is not on them is dimmed. */
export function pathsThrough(edges: readonly Edge[], id: string): ReadonlySet<string> {
  return new Set([id, ...walk(edges, id, 'up'), ...walk(edges, id, 'down')]);
}
