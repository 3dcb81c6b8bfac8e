import type { NodeView } from '../../../../shared/protocol/views/project';

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

/** The chosen side where it can be had; the edit while there is one, else what is live. */
export function pickSide(sides: readonly Side[], chosen: string, hasDraft: boolean): Side | undefined {
  const wanted = sides.find(({ id }) => id === chosen);
  if (wanted && (wanted !== EDIT || hasDraft)) return wanted;
  return (hasDraft ? undefined : sides.find((side) => side !== EDIT)) ?? wanted ?? sides[0];
}
