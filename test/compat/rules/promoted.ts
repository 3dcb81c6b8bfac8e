// A plan that SQLMesh stopped half way and Teal carries out: all that it misses is filled, and its environment is made.
import type { DoneRow } from '../runner/format';
import type { State } from '../runner/judge';
import { withHold } from './carry';
import { auditsOf, batchesFor, filledRows, unitIn } from './due';
import { NotComputable } from './evaluator';
import { joined, without } from './moments';
import { inOrder, type ProjectModel } from './project-models';
import { type Draft, type Facts, foundFor, relationOf } from './world';

/** The draft after the plan's end; a plan that changes models, whose categories decide about tables, is not worked out here. */
export async function promoted(draft: Draft, rule: string, facts: Facts): Promise<Draft> {
  const { plan } = draft;
  if (!plan) throw new NotComputable('no plan was recorded');
  const changed = [plan.directly_modified, plan.indirectly_modified, plan.metadata_updated].flatMap(
    Object.keys,
  );
  if (changed.length > 0 || plan.removed.length > 0 || draft.failure)
    throw new NotComputable(
      'of a plan that changes models and was stopped at a merge, too little was recorded',
    );
  let now: Draft = {
    ...draft,
    relations: relationsAfter(draft, facts),
    intervals: intervalsAfter(draft, facts),
  };
  for (const model of inOrder(facts.models).flatMap((name) => facts.models.get(name) ?? [])) {
    const missing = plan.missing_intervals[model.name];
    if (!missing) continue;
    const batches = batchesFor(model, missing.ranges, unitIn(facts, model.name));
    const own = foundFor(now.sources, facts.environment, model.name);
    const isAnew =
      plan.added.includes(model.name) ||
      (plan.restatements[model.name] && model.kind !== 'incremental_by_time_range');
    const before = isAnew || own === undefined ? null : (facts.before.sources[own] ?? null);
    const rows = await filledRows({ model, batches, before }, facts, now);
    const relation = own ?? relationOf(facts.environment, model.name);
    const audited = auditedAgain(model, batches.length, now, facts);
    now = withHold(
      { ...audited, executed: { ...now.executed, [model.name]: batches } },
      relation,
      { rule, model: model.name, environment: facts.environment },
      rows,
    );
  }
  return now;
}

/** Audits run with every batch: those of batches that SQLMesh did not come to must find as little as those before. */
function auditedAgain(model: ProjectModel, batches: number, draft: Draft, facts: Facts): Draft {
  if (draft.executed[model.name]?.length === batches) return draft;
  const own = draft.audits.filter((row) => row.model === model.name);
  const others = draft.audits.filter((row) => row.model !== model.name);
  return { ...draft, audits: [...others, ...auditsOf(model, batches, own.length > 0 ? own : facts.audits)] };
}

function relationsAfter({ plan, relations }: Draft, { environment, models }: Facts): string[] {
  const added = (plan?.added ?? []).filter((name) => models.get(name)?.kind !== 'embedded');
  return [...new Set([...relations, ...added.map((name) => relationOf(environment, name))])].sort();
}

/** A new environment has what prod has of models that it shares, and of those added what the plan misses. */
function intervalsAfter({ plan, intervals }: Draft, { environment, models }: Facts): State {
  const base = intervals[environment] ?? intervals['prod'] ?? {};
  const rows: Record<string, DoneRow> = { ...base };
  for (const [name, missing] of Object.entries(plan?.missing_intervals ?? {})) {
    if (models.get(name)?.kind === 'embedded') continue;
    const restated = plan?.restatements[name];
    const kept = without(base[name]?.done ?? [], restated ? [restated] : []);
    rows[name] = { ...base[name], done: joined([...kept, ...missing.ranges]) };
  }
  return { ...intervals, [environment]: rows };
}
