import type { Problem } from '../../base/errors';
import { PROD } from '../../base/names';
import { type Interval, normalise, subtract, totalLength } from '../../base/time';
import { problemOf } from '../../plan/graph';
import { countIntervals, cronOf, historyOf } from '../../plan/intervals';
import { versionIn } from '../../plan/lookup';
import { pendingChanges } from '../../plan/pending';
import type { Change } from '../../plan/types';
import { type BrokenModel, isIncremental, type Model } from '../../project/model';
import type { SourceFile } from '../../project/source-file';
import type { Graph, LaneView, NodeView } from '../../protocol/views/project';
import type { Version, WarehouseState } from '../../release/types';
import type { Code } from '../workspace';
import { changeClassOf } from './change-class';
import { isOnward } from './model-settings';
import { isoOrNull, spanView, spanViews } from './spans';

interface GraphInput {
  readonly code: Code;
  readonly state: WarehouseState;
  readonly environment: string | null;
  readonly now: number;
}

/** The graph of sources and models as the canvas shows it: code, live state, and the shadow of one environment. */
export function graphView(input: GraphInput): Graph {
  const { code } = input;
  const changes = pendingChanges(input.state, code.drafts, input.now);
  const sources = [...code.project.sources.values()].map((source) => sourceNode(input, source));
  const models = [...code.project.models.values()].map((model) =>
    modelNode(input, model, changes.get(model.name)),
  );
  const broken = code.project.broken.map(brokenNode);
  const known = new Set([...sources, ...models, ...broken].map((node) => node.id));
  const edges = [...code.project.models.values()].flatMap((model) =>
    model.parents.filter((parent) => known.has(parent)).map((parent) => ({ from: parent, to: model.name })),
  );
  return {
    nodes: [...sources, ...models, ...broken.filter((node) => !code.project.models.has(node.id))],
    edges,
    environment: input.environment,
  };
}

/** Days of a model's history and of some spans in it; null for whole tables. */
export function dayCounts(
  model: Model,
  spans: readonly Interval[],
  now: number,
): { days: number | null; ofDays: number | null } {
  if (!isIncremental(model.kind)) return { days: null, ofDays: null };
  const unit = cronOf(model).unit;
  return {
    days: countIntervals(unit, normalise(spans)),
    ofDays: countIntervals(unit, [historyOf(model, now)]),
  };
}

function sourceNode(input: GraphInput, source: SourceFile): NodeView {
  const snapshot = input.state.snapshots.get(source.name);
  return {
    ...emptyNode(`raw.${source.name}`),
    type: 'source',
    file: `sources/${source.name}.yaml`,
    rows: snapshot?.rows ?? null,
    files: snapshot?.files.length ?? 0,
    quarantined: snapshot?.quarantined ?? 0,
    filledAt: isoOrNull(snapshot?.createdAt),
    description: source.description,
  };
}

function modelNode(input: GraphInput, model: Model, change: Change | undefined): NodeView {
  const { state, environment } = input;
  const live = versionIn(state, PROD, model.name);
  const other = environment && environment !== PROD ? versionIn(state, environment, model.name) : undefined;
  const shadow = other && other.number !== live?.number ? other : undefined;
  const shown = live ?? shadow;
  const history = isIncremental(model.kind) ? historyOf(model, input.now) : null;
  return {
    ...emptyNode(model.name),
    type: 'model',
    kind: model.kind.name,
    file: model.file,
    rows: shown?.rows ?? null,
    filledAt: isoOrNull(shown?.createdAt),
    state: live && shadow ? 'split' : shadow ? 'shadow' : live ? 'live' : 'none',
    live: live ? laneView(live) : null,
    shadow: shadow ? laneView(shadow) : null,
    history: history && totalLength([history]) > 0 ? spanView(history) : null,
    stale: staleSpans(input, model, live),
    change: change ? changeClassOf(change) : null,
    problem: copyProblem(problemOf(input.code.graph, model.name)),
    description: model.description,
    forwardOnly: isOnward(model),
  };
}

function laneView(version: Version): LaneView {
  const older = version.entries
    .filter((entry) => entry.fingerprint !== version.fingerprint && entry.spans)
    .flatMap((entry) => entry.spans ?? []);
  return {
    version: version.number,
    filled: spanViews(subtract(version.covered, older)),
    older: spanViews(older),
  };
}

/** A version read another snapshot than the current one: its history is stale where files changed; without times, all of it. */
function staleSpans(input: GraphInput, model: Model, live: Version | undefined) {
  if (!live) return [];
  const moved = model.parents.filter((parent) => {
    const current = parent.startsWith('raw.') ? input.state.snapshots.get(parent.slice(4)) : undefined;
    return current !== undefined && live.inputs[parent] !== undefined && live.inputs[parent] !== current.id;
  });
  return moved.length > 0 ? spanViews(live.covered) : [];
}

function brokenNode(model: BrokenModel): NodeView {
  return {
    ...emptyNode(model.name),
    type: 'model',
    file: model.file,
    state: 'failed',
    problem: copyProblem(model.problem),
  };
}

function emptyNode(name: string): NodeView {
  const [schema = '', table = name] = name.split('.');
  return {
    id: name,
    schema,
    name: table,
    type: 'model',
    kind: null,
    file: '',
    rows: null,
    files: 0,
    quarantined: 0,
    filledAt: null,
    state: 'none',
    live: null,
    shadow: null,
    history: null,
    stale: [],
    change: null,
    problem: null,
    description: '',
    forwardOnly: false,
  };
}

function copyProblem(problem: Problem | undefined): NodeView['problem'] {
  return problem ? { ...problem, ...(problem.place ? { place: { ...problem.place } } : {}) } : null;
}
