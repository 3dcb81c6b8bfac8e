import type { Graph, NodeView } from '../../../../shared/protocol/views/project';

/** Whose rows a preview shows. */
export interface Side {
  /** as `model.preview` takes it: `edit`, or an environment's name */
  readonly id: string;
  readonly title: string;
}

const EDIT: Side = { id: 'edit', title: 'After edit' };

/** The rows that can be had of a node: what its text gives, what is live, what waits in the shadow looked at. */
export function sidesOf(node: NodeView, live: string, environment: string): readonly Side[] {
  if (node.type === 'source') return [{ id: live, title: 'Live' }];
  const sides: Side[] = node.kind === 'SEED' ? [] : [EDIT];
  if (node.live) sides.push({ id: live, title: 'Live' });
  if (node.shadow && environment !== live) sides.push({ id: environment, title: environment });
  return sides;
}

/** The chosen side where it can be had; the edit while the text differs from what is live, else what is live. */
export function pickSide(sides: readonly Side[], chosen: string, differs: boolean): Side | undefined {
  const wanted = sides.find(({ id }) => id === chosen);
  if (wanted && (wanted !== EDIT || differs)) return wanted;
  return (differs ? undefined : sides.find((side) => side !== EDIT)) ?? wanted ?? sides[0];
}

/** The models that a query reads and that have no live rows yet, so that it cannot be run. */
export function unfilledParents(graph: Graph, id: string): readonly string[] {
  const parents = new Set(graph.edges.filter(({ to }) => to === id).map(({ from }) => from));
  const unfilled = graph.nodes.filter((node) => parents.has(node.id) && node.type === 'model' && !node.live);
  return unfilled.map((node) => node.id);
}
