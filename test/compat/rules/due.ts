// Which spans a model must be filled for, and in which batches, where no recording says so.
import type { AuditFacts, Ranges, Span } from '../runner/format';
import { NotComputable, type Source } from './evaluator';
import { batchesOf, joined, type Unit, unitOf } from './moments';
import type { ProjectModel } from './project-models';
import { type Draft, type Facts, parentsIn } from './world';

/** A model's unit, from the latest plan that counted its intervals. */
export function unitIn({ plans }: Pick<Facts, 'plans'>, model: string): Unit {
  const missing = plans.map((plan) => plan.missing_intervals[model]).find((found) => found !== undefined);
  if (!missing) throw new NotComputable(`no plan counted the intervals of ${model}`);
  return unitOf(missing.count, missing.ranges);
}

/** The batches that fill these spans of a model: kinds without batches are filled at once. */
export function batchesFor(model: ProjectModel, ranges: Ranges, unit: Unit): Span[] {
  const isCut = model.kind.startsWith('incremental_') || model.kind.startsWith('scd_');
  const size = Number(model.properties['batch_size'] ?? 0);
  const spans = joined(ranges);
  if (isCut) return batchesOf(spans, unit, size || undefined);
  const [first, last] = [spans[0], spans.at(-1)];
  return first && last ? [[first[0], last[1]]] : [];
}

interface Fill {
  readonly model: ProjectModel;
  readonly batches: readonly Span[];
  readonly before: Source | null;
}

/** A model's rows after these batches, computed over what its environment's parents must hold. */
export async function filledRows(
  { model, batches, before }: Fill,
  facts: Facts,
  draft: Draft,
): Promise<Source> {
  const parents = parentsIn(facts.environment, draft.sources, facts.models);
  let rows = before;
  for (const span of batches) rows = await facts.evaluator.apply({ model, span, parents, before: rows });
  if (rows === null) throw new NotComputable(`${model.name} has nothing to fill`);
  return rows;
}

/** The audits of a model that goes on: those it had before, which must pass once more. */
export function auditsOf(model: ProjectModel, times: number, audits: readonly AuditFacts[]): AuditFacts[] {
  if (model.properties['audits'] === undefined) return [];
  const known = audits.filter((row) => row.model === model.name);
  if (known.length === 0 || known.some((row) => row.failed_rows !== 0))
    throw new NotComputable(`nothing says what the audits of ${model.name} find`);
  const kinds = new Map(known.map((row) => [`${row.audit} ${JSON.stringify(row.args ?? {})}`, row]));
  return [...kinds.values()].map((row) => ({ ...row, times }));
}
