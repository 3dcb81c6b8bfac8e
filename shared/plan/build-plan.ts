import { fault, type Problem } from '../base/errors';
import { PROD } from '../base/names';
import type { Model } from '../project/model';
import { pinAudit } from '../project/pin-audit';
import type { Version, WarehouseState } from '../release/types';
import { readsOther, sameLogic } from './adopt';
import { classifyChange, recomputes } from './change';
import { definitionOf, type Fingerprint, seedPath } from './fingerprint';
import { ancestors, descendants, isSource } from './graph';
import { latestNumber, versionIn } from './lookup';
import type { PlanInput, PlanSoFar } from './plan-input';
import { planRows } from './plan-rows';
import type { PinnedParent, Plan, PlannedModel, Stage } from './types';

/**
 * Decides what to do, as a value; nothing is read or written here. Models come out parents first. A selected model that cannot
 * be run is a `plan.refused` fault; models that are merely beside the selection are left as they are.
 */
export function buildPlan(input: PlanInput): Plan {
  const { request, graph, state } = input;
  const selected = selectModels(input);
  const soFar: PlanSoFar = { planned: new Map(), changes: new Map(), appended: new Set() };
  for (const model of graph.order) {
    if (selected.has(model.name)) planModel(input, model, soFar);
  }
  const models = [...soFar.planned.values()];
  const removed = removedModels(input);
  const base = Object.fromEntries(
    [...models.map((model) => model.model), ...removed].map((name) => [
      name,
      versionIn(state, PROD, name)?.number ?? null,
    ]),
  );
  const stages = stagesOf(request.environment, models, removed);
  const baseRelease = state.releases.at(-1)?.number ?? null;
  const pinned = {
    environment: request.environment,
    base,
    models,
    removed,
    scope: request.scope,
    executionTime: request.executionTime,
  };
  const { environment, kind, title, reason, description, brief, scope, executionTime, user, commit } =
    request;
  return {
    id: `p-${input.sha256(JSON.stringify(pinned)).slice(0, 8)}`,
    ...{ environment, kind, title, reason, description, brief, scope, executionTime, user, commit },
    createdAt: input.now,
    baseRelease,
    base,
    models,
    removed,
    stages,
    variables: input.project.config.variables,
  };
}

/** Whether carrying the plan out would change anything. */
export function isEmptyPlan(plan: Plan): boolean {
  return plan.removed.length === 0 && plan.models.every((model) => model.action === 'keep');
}

function selectModels(input: PlanInput): ReadonlySet<string> {
  const { request, project, graph, prints, state } = input;
  const chosen = request.select;
  if (!chosen) return new Set(graph.order.map((model) => model.name));
  for (const name of chosen) refuseUnrunnable(input, name);
  const changedAbove = ancestors(project, chosen).filter(
    (name) => startOf(state, request.environment, name)?.fingerprint !== prints.get(name)?.data,
  );
  const below = request.downstream ? descendants(graph, chosen) : [];
  return new Set([...chosen, ...changedAbove, ...below]);
}

function refuseUnrunnable(input: PlanInput, name: string): void {
  const why: Problem | undefined = input.graph.blocked.get(name);
  if (why)
    throw fault('plan.refused', why.message, {
      ...(why.place ? { place: why.place } : {}),
      kept: 'Nothing was planned or written.',
      ...(why.remedy ? { remedy: why.remedy } : {}),
    });
  if (!input.project.models.has(name))
    throw fault('model.not_found', `There is no model ${name}.`, { kept: 'Nothing was planned or written.' });
}

function planModel(input: PlanInput, model: Model, soFar: PlanSoFar): void {
  const { state, request } = input;
  const print = input.prints.get(model.name) as Fingerprint;
  const base = startOf(state, request.environment, model.name);
  const change = classifyChange(model, print, base, soFar.changes);
  if (change && change.class !== 'metadata') soFar.changes.set(model.name, change);
  const parents = pinParents(input, model, soFar);
  const isView = model.kind.name === 'VIEW';
  const adoption = { state, soFar, parents, fingerprint: print.data, isView };
  const adopted = recomputes(change) && request.scope === null ? sameLogic(model.name, adoption) : undefined;
  const rows = planRows({
    input,
    model,
    print,
    base: adopted ?? base,
    change: adopted ? null : change,
    adopted: adopted !== undefined,
    soFar,
  });
  const definition = definitionOf(model, print);
  const viewMoved = isView && rows.action === 'keep' && base !== undefined && readsOther(base, parents);
  const kept = rows.action === 'keep' ? base : rows.action === 'adopt' ? adopted : undefined;
  const relabelled = kept !== undefined && kept.definition.metadata !== print.metadata;
  const action = viewMoved ? 'view' : relabelled ? (isView ? 'view' : 'relabel') : rows.action;
  const makes = action !== 'keep' && action !== 'adopt';
  soFar.planned.set(model.name, {
    model: model.name,
    kind: model.kind,
    definition: { ...definition, parents: Object.keys(parents) },
    fingerprint: print.data,
    declaredColumns: model.columns,
    change,
    base: base?.number ?? null,
    ...rows,
    reason: change?.reason ?? rows.reason,
    action,
    version: makes ? latestNumber(state, model.name) + 1 : ((adopted ?? base)?.number ?? 0),
    parents,
    audits: model.audits.map((call) => pinAudit(input.project, model, call)),
    seed: model.kind.name === 'SEED' ? seedPath(model) : null,
  });
}

/** The version that an environment shows; one that has none of its own shows prod's. */
export function baseOf(state: WarehouseState, environment: string, model: string): Version | undefined {
  return versionIn(state, environment, model) ?? versionIn(state, PROD, model);
}

/** What a plan builds on. Where prod moved since an environment was filled, it is prod again: else a swap would take back that move. */
function startOf(state: WarehouseState, environment: string, model: string): Version | undefined {
  const own = versionIn(state, environment, model);
  const live = versionIn(state, PROD, model);
  const filledOn = state.environments.get(environment)?.base[model] ?? null;
  return environment === PROD || !own || (live && filledOn !== live.number) ? live : own;
}

function pinParents(input: PlanInput, model: Model, soFar: PlanSoFar): Record<string, PinnedParent> {
  const parents: Record<string, PinnedParent> = {};
  for (const name of model.parents) {
    if (isSource(input.project, name)) {
      const snapshot = input.state.snapshots.get(name.slice(4));
      if (!snapshot)
        throw fault(
          'plan.refused',
          `${model.name} reads ${name}, and that source has not been read in yet.`,
          {
            place: { file: model.file, source: name.slice(4) },
            kept: 'Nothing was planned or written.',
            remedy: 'Read the source again, or look at why it could not be read.',
          },
        );
      parents[name] = { type: 'source', snapshot: snapshot.id };
      continue;
    }
    if (input.project.externals.has(name) && !input.project.models.has(name)) continue;
    const version =
      soFar.planned.get(name)?.version ?? baseOf(input.state, input.request.environment, name)?.number;
    if (!version)
      throw fault('plan.refused', `${model.name} reads ${name}, which has no rows yet.`, {
        place: { model: model.name },
        remedy: `Plan ${name} first, or plan the whole project.`,
      });
    parents[name] = { type: 'model', version };
  }
  return parents;
}

/** Models that an environment shows and the project has no more; none while a file cannot be read, for it may be theirs. */
function removedModels(input: PlanInput): readonly string[] {
  if (input.request.select || input.project.broken.length > 0) return [];
  const shown = Object.keys(input.state.environments.get(input.request.environment)?.versions ?? {});
  return shown.filter((name) => !input.project.models.has(name) && !input.graph.blocked.has(name));
}

function stagesOf(
  environment: string,
  models: readonly PlannedModel[],
  removed: readonly string[],
): readonly Stage[] {
  const filled = models.filter((model) => model.action === 'fill');
  const made = models.filter((model) => model.action !== 'keep');
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
    { kind: 'seal', versions: Object.fromEntries(made.map((model) => [model.model, model.version])) },
    { kind: 'point', environment, models: made.map((model) => model.model), removed },
  ];
}
