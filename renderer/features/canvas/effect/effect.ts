import type { PlanView } from '../../../../shared/protocol/views/backfill';
import type { Span } from '../../../../shared/protocol/views/common';
import type { ChangeClass, Graph, Impact, NodeView } from '../../../../shared/protocol/views/project';

/** What must be computed again of one model because the files differ from what is live. */
export interface Effect {
  readonly change: ChangeClass;
  /** the history to compute again in days, of all its days; null for a whole table */
  readonly days: number | null;
  readonly ofDays: number | null;
  readonly spans: readonly Span[];
  /** false while only the change is known, not yet how much of the history it takes */
  readonly isMeasured: boolean;
}

export type Effects = ReadonlyMap<string, Effect>;

const DAY = 86_400_000;
const DIRECT: readonly ChangeClass[] = ['added', 'breaking', 'non_breaking'];

/** Whether a change of this class makes rows be computed again. */
export function recomputes(change: ChangeClass | null): change is ChangeClass {
  return change !== null && !['metadata', 'indirect_non_breaking', 'removed'].includes(change);
}

/** Whether the model's own file changed, rather than something that it reads. */
export function isDirect({ change }: Effect): boolean {
  return DIRECT.includes(change);
}

/** What an edit touches, measured. */
export function effectsOfImpact({ affected }: Impact): Effects {
  const touched = affected.filter(({ change }) => recomputes(change));
  return new Map(
    touched.map(({ model, change, days, ofDays, spans }) => [
      model,
      { change, days, ofDays, spans, isMeasured: true },
    ]),
  );
}

/** What a plan would compute because files changed; what is merely due is not an effect of an edit. */
export function effectsOfPlan(plan: PlanView, graph: Graph): Effects {
  const nodes = new Map(graph.nodes.map((node) => [node.id, node]));
  const effects = new Map<string, Effect>();
  for (const { model, change, days, whole, spans } of plan.models) {
    if (!recomputes(change)) continue;
    const ofDays = historyDays(nodes.get(model));
    const isWhole = whole || days === null || ofDays === null;
    const measure = isWhole ? { days: null, ofDays: null } : { days, ofDays };
    effects.set(model, { change, spans, isMeasured: true, ...measure });
  }
  return effects;
}

/** What the graph alone says, while there is no plan. A shadow that waits counts as computed. */
export function effectsOfGraph(graph: Graph): Effects {
  const effects = new Map<string, Effect>();
  for (const { id, change, shadow } of graph.nodes) {
    if (shadow || !recomputes(change)) continue;
    effects.set(id, { change, days: null, ofDays: null, spans: [], isMeasured: false });
  }
  return effects;
}

/** The effects of saved files, with those of an edit in place of them for the edited model and all below it. */
export function overlayEdit(saved: Effects, edit: Effects, reach: ReadonlySet<string>): Effects {
  return new Map([...[...saved].filter(([id]) => !reach.has(id)), ...edit]);
}

function historyDays(node: NodeView | undefined): number | null {
  const history = node?.history;
  return history ? Math.round((Date.parse(history.to) - Date.parse(history.from)) / DAY) : null;
}
