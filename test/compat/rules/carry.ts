// Rows that differ by an earlier step's deviation go on differing until their table is filled anew.
import type { Ranges } from '../runner/format';
import { rowDifferences } from '../runner/row-differences';
import { type Evaluator, NotComputable, type Source } from './evaluator';
import { covers } from './moments';
import type { ProjectModel } from './project-models';
import { type Draft, type Facts, type Hold, modelsIn, parentsIn, shownBy } from './world';

/** Lays the rows that a rule holds from earlier steps over the recorded ones. */
export async function carryHolds(draft: Draft, facts: Facts, rule: string): Promise<Draft> {
  const held = Object.entries(facts.before.holds).filter(
    ([relation, hold]) => hold.rule === rule && !isOver(relation, hold, facts),
  );
  const isView = ([, hold]: readonly [string, Hold]) =>
    modelsIn(facts, hold.environment).get(hold.model)?.kind === 'view';
  let now = draft;
  for (const [relation, hold] of held.filter((one) => !isView(one))) {
    const source = await heldRows(relation, hold, facts, now);
    if (source !== null) now = withHold(now, relation, hold, source);
  }
  for (const [relation, hold] of held.filter(isView)) {
    const source = await viewRows(relation, facts, now);
    if (!(await sameRows(facts.evaluator, source, draft.sources[relation])))
      now = withHold(now, relation, hold, source);
  }
  return now;
}

/** A draft in which a relation holds other rows than SQLMesh's. */
export function withHold(draft: Draft, relation: string, hold: Hold, source: Source): Draft {
  return {
    ...draft,
    sources: { ...draft.sources, [relation]: source },
    holds: { ...draft.holds, [relation]: hold },
  };
}

/** The relation is gone, shows another table, or its environment was planned anew where only that was missing. */
function isOver(relation: string, hold: Hold, { step, environment, before, recorded }: Facts): boolean {
  if (recorded.relations[relation] === undefined) return true;
  if (recorded.relations[relation] !== before.recorded.relations[relation]) return true;
  return hold.rule === 'restatement-elsewhere' && step.command === 'plan' && environment === hold.environment;
}

/** The rows that a held relation has now; null where they are SQLMesh's again. */
async function heldRows(relation: string, hold: Hold, facts: Facts, draft: Draft): Promise<Source | null> {
  const held = facts.before.sources[relation];
  const recorded = draft.sources[relation];
  const model = modelsIn(facts, hold.environment).get(hold.model);
  if (held === undefined) return null;
  const spans = filled(hold.model, draft, facts);
  if (spans.length === 0 || recorded === undefined || !model) return held;
  const now = await refilled({ model, spans, held, recorded }, facts, draft);
  return now === null || (await sameRows(facts.evaluator, now, recorded)) ? null : now;
}

/** Batches of a model that this step filled, those left out that an audit stopped. */
function filled(model: string, draft: Draft, { environment }: Facts): Ranges {
  const row = draft.intervals[environment]?.[model];
  const done = [...(row?.done ?? []), ...(row?.done_in_dev_table ?? [])];
  return (draft.executed[model] ?? []).filter((batch) => covers(done, batch));
}

interface Refill {
  readonly model: ProjectModel;
  readonly spans: Ranges;
  readonly held: Source;
  readonly recorded: Source;
}

async function refilled(
  { model, spans, held, recorded }: Refill,
  facts: Facts,
  draft: Draft,
): Promise<Source | null> {
  const { evaluator, environment, models } = facts;
  if (model.kind === 'incremental_by_time_range')
    return evaluator.blend({ model, spans, inside: recorded, outside: held });
  if (model.kind !== 'incremental_by_unique_key' && model.kind !== 'incremental_by_partition') return null;
  const parents = parentsIn(environment, draft.sources, models);
  let before = held;
  for (const span of spans) before = await evaluator.apply({ model, span, parents, before });
  return before;
}

/** A view has no rows of its own: they follow from what it reads. */
export async function viewRows(relation: string, facts: Facts, draft: Draft): Promise<Source> {
  const { environment, model } = shownBy(relation, Object.keys(facts.recorded.intervals));
  const models = modelsIn(facts, environment);
  const found = models.get(model);
  if (!found) throw new NotComputable(`no file holds ${model}`);
  const done = draft.intervals[environment]?.[model]?.done.at(-1);
  const span = done ?? (['1970-01-01 00:00:00', '1970-01-02 00:00:00'] as const);
  return facts.evaluator.batch(found, span, parentsIn(environment, draft.sources, models));
}

async function sameRows(evaluator: Evaluator, left: Source, right: Source | undefined): Promise<boolean> {
  if (right === undefined) return false;
  return rowDifferences(await evaluator.rows(left), await evaluator.rows(right)).length === 0;
}
