import { createHash } from 'node:crypto';
import { pinText } from '../../shared/plan/adopt';
import { buildPlan } from '../../shared/plan/build-plan';
import { fingerprintModels } from '../../shared/plan/fingerprint';
import { buildGraph } from '../../shared/plan/graph';
import type { Plan, PlanRequest } from '../../shared/plan/types';
import { loadProject } from '../../shared/project/load';
import type { Environment, Segment, Version, WarehouseState } from '../../shared/release/types';

const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');
const CONFIG = "model_defaults: {dialect: duckdb, start: '2025-01-01'}\n";

export const EMPTY: WarehouseState = {
  environments: new Map(),
  versions: new Map(),
  segments: new Map(),
  releases: [],
  snapshots: new Map(),
};

/** Plans models, given as texts by name, on a state; all else as a bare `teal plan` asks. */
export function plan(
  models: Readonly<Record<string, string>>,
  state: WarehouseState,
  request: Partial<PlanRequest>,
): Plan {
  const files = Object.entries(models).map(
    ([name, text]) => [`models/${name.replace('.', '/')}.sql`, text] as const,
  );
  const project = loadProject(new Map([['config.yaml', CONFIG], ...files]), 'project');
  const graph = buildGraph(project);
  return buildPlan({
    project,
    graph,
    prints: fingerprintModels(project, graph, sha256, () => ''),
    state,
    sha256,
    now: 0,
    request: {
      environment: 'prod',
      kind: 'plan',
      executionTime: Date.UTC(2025, 0, 11),
      scope: null,
      select: null,
      downstream: true,
      restate: [],
      ...{ title: '', reason: 'logic', description: '', brief: null, user: '', commit: '' },
      ...request,
    },
  });
}

/** The state that carrying the plan out leaves: bookkeeping alone, as the runner writes it at the end. */
export function applied(state: WarehouseState, made: Plan): WarehouseState {
  const versions = new Map(state.versions);
  const segments = new Map<string, Segment>(state.segments);
  const before = state.environments.get(made.environment);
  const map: Record<string, number> = { ...before?.versions };
  for (const model of made.models) {
    if (model.target) {
      const { table, number: head } = model.target;
      segments.set(table, { table, head, model: model.model, fingerprint: model.fingerprint, columns: [] });
    }
    if (model.action !== 'keep' && model.action !== 'adopt')
      versions.set(model.model, [...(versions.get(model.model) ?? []), versionOf(model)]);
    map[model.model] = model.version;
  }
  for (const name of made.removed) delete map[name];
  const environment: Environment = {
    name: made.environment,
    versions: map,
    base: { ...before?.base, ...made.base },
    baseRelease: null,
    brief: null,
    title: '',
    filledAt: 0,
  };
  const environments = new Map(state.environments).set(made.environment, environment);
  return { ...state, versions, segments, environments };
}

function versionOf(model: Plan['models'][number]): Version {
  const inputs = Object.entries(model.parents).map(([name, parent]) => [name, pinText(parent)]);
  return {
    model: model.model,
    number: model.version,
    fingerprint: model.fingerprint,
    definition: model.definition,
    columns: [],
    time: null,
    entries: model.entries,
    covered: model.covered,
    inputs: Object.fromEntries(inputs) as Record<string, string>,
    createdAt: 0,
    run: '',
    rows: null,
  };
}
