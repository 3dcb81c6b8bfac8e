import { PROD } from '../base/names';
import { normalise } from '../base/time';
import type { WarehouseState } from '../release/types';
import { aroundOf } from './around';
import { restatedUpTo } from './auto-restatement';
import { booksOf } from './books';
import { decideRun } from './build-run';
import { carryOver } from './carry';
import { decisionRecord } from './decision-record';
import { type Decision, decide } from './editions/decide';
import type { EditionDraft } from './editions/draft';
import type { PlanRequest } from './editions/request';
import { versionIn } from './lookup';
import { planModels } from './plan-models';
import type { Sha256 } from './seed-path';
import type { Plan, PlannedModel, Stage } from './types';

/** All that a plan is made from; nothing else is looked at. */
export interface PlanInput {
  readonly state: WarehouseState;
  /** the models of the project, parents first */
  readonly drafts: ReadonlyMap<string, EditionDraft>;
  readonly request: PlanRequest;
  readonly sha256: Sha256;
  readonly now: number;
}

/**
 * Decides what to do, as a value; nothing is read or written here. Models come out parents first. What SQLMesh refuses is a
 * `plan.refused` fault.
 */
export function buildPlan(input: PlanInput): Plan {
  const { request, state } = input;
  const decided = decide(state, input.drafts, request);
  return planOf(request.carry ? carryOver(state, decided) : decided, input);
}

/** Plans what is due in an environment, of the models as they were planned. */
export function buildRun(input: Omit<PlanInput, 'drafts'>): Plan {
  return planOf(decideRun(input.state, input.request), input);
}

function planOf(decision: Decision, input: Omit<PlanInput, 'drafts'>): Plan {
  const { state } = input;
  const { request } = decision;
  const models = planModels(state, decision);
  const removed = request.carry ? [] : decision.difference.removed;
  const names = [...models.filter((model) => model.promoted).map((model) => model.model), ...removed];
  const base = Object.fromEntries(names.map((name) => [name, versionIn(state, PROD, name)?.number ?? null]));
  const scope = scopeOf(request);
  const around = aroundOf(state, decision);
  const pinned = {
    environment: request.environment,
    base,
    models: models.map((model) => (model.action === 'keep' ? keptPart(model) : model)),
    removed,
    scope,
    time: request.executionTime,
    around,
  };
  const { environment, kind, title, reason, description, brief, executionTime, user, commit } = request;
  return {
    id: `p-${input.sha256(JSON.stringify(pinned)).slice(0, 8)}`,
    ...{ environment, kind, title, reason, description, brief, scope, executionTime, user, commit },
    createdAt: input.now,
    baseRelease: state.releases.at(-1)?.number ?? null,
    base,
    models,
    removed,
    stages: stagesOf(environment, models, removed),
    decision: decisionRecord(decision),
    books: booksOf(state, decision, models),
    around,
    ...(request.kind === 'run' ? { restated: restatedUpTo(decision.candidates, request.executionTime) } : {}),
  };
}

/** Whether carrying the plan out would change anything. */
export function isEmptyPlan(plan: Plan): boolean {
  return (
    plan.removed.length === 0 &&
    plan.books.fresh.length === 0 &&
    !(plan.around.changed && plan.kind === 'plan') &&
    (plan.kind === 'backfill' || !plan.decision.newEnvironment) &&
    plan.models.every((model) => model.action === 'keep' && model.auditOnly.length === 0)
  );
}

/** Changed models that somebody has to choose a category for before the plan is carried out. */
export function uncategorised({ decision }: Pick<Plan, 'decision'>): readonly string[] {
  return Object.entries(decision.directlyModified).flatMap(([model, category]) =>
    category === null ? [model] : [],
  );
}

/** What tells one plan from another of a model that stays as it is. */
function keptPart({ model, edition, line, version, promoted, auditOnly }: PlannedModel): object {
  return { model, edition, line, version, promoted, auditOnly };
}

function scopeOf({ start, end }: PlanRequest): Plan['scope'] {
  const span = start !== null && end !== null ? { from: start, to: end } : null;
  return span && normalise([span]).length > 0 ? span : null;
}

function stagesOf(
  environment: string,
  models: readonly PlannedModel[],
  removed: readonly string[],
): readonly Stage[] {
  const filled = models.filter((model) => model.action === 'fill');
  const made = models.filter((model) => model.action !== 'keep' && model.action !== 'audit');
  const names = new Set(filled.map((model) => model.model));
  return [
    { kind: 'prepare', tables: filled.flatMap((model) => (model.target ? [model.target.table] : [])) },
    ...filled.map(
      (model): Stage => ({
        kind: 'fill',
        model: model.model,
        batches: model.batches.length,
        after: Object.keys(model.parents).filter((parent) => names.has(parent)),
      }),
    ),
    ...models
      .filter((model) => model.action === 'audit')
      .map((model): Stage => ({ kind: 'audit', audit: model.model })),
    { kind: 'seal', versions: Object.fromEntries(made.map((model) => [model.model, model.version])) },
    { kind: 'point', environment, models: made.map((model) => model.model), removed },
  ];
}
