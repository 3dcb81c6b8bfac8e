import { fault } from '../../base/errors';
import { PROD } from '../../base/names';
import type { Interval } from '../../base/time';
import type { Version, WarehouseState } from '../../release/types';
import { floorTo, previousTick, step } from '../cron';
import { alignIn, cronOf, unitOf } from '../intervals';
import { auditedAgain } from './audited';
import { type Candidates, intervalsOf, without } from './candidate';
import { categorise } from './categorise';
import {
  compareWithEnvironment,
  type EnvironmentDifference,
  environmentAsItIs,
  standingEnvironment,
} from './compare';
import { allDeployable, type Deployability, deployabilityOf } from './deployable';
import { forcesRebuild } from './differences';
import type { EditionDraft } from './draft';
import { coveringStarts } from './min-intervals';
import { missingIntervals } from './missing';
import { recordsOf } from './records';
import { refuseLostColumns, refuseRequest } from './refusals';
import type { PlanRequest } from './request';
import { previewsNeeded, type Restatements, restatementsOf } from './restate';
import { hasRestatementCron, holdsNoRows, refusesRestatement, restatesWhole } from './settings';
import { earliestStart } from './spans';

/** What a plan decides before any table is named (the words are SQLMesh's). */
export interface Decision {
  readonly request: PlanRequest;
  readonly difference: EnvironmentDifference;
  readonly candidates: Candidates;
  readonly deployability: Deployability;
  readonly restatements: Restatements;
  /** missing intervals of each model, one unit each */
  readonly missing: ReadonlyMap<string, readonly Interval[]>;
  /** what is computed, in intervals of one unit; it is looked for again once what is restated counts as missing */
  readonly work: ReadonlyMap<string, readonly Interval[]>;
  /** what audits that changed look at again, in intervals of one unit */
  readonly audited?: ReadonlyMap<string, readonly Interval[]>;
  /** models that the environment shows by views of its own; null: all */
  readonly promoted: ReadonlySet<string> | null;
  /** the first moment that is asked for, where one is */
  readonly start: number | null;
  /** what the plan looks at: from what is asked for, or missing, or there, to its end */
  readonly range: Interval;
  /** what an empty backfill records as done, by model */
  readonly emptied?: ReadonlyMap<string, Interval>;
  /** the first moment past what is asked for, where one is */
  readonly end?: number | null;
  /** lines of the environment's own, for models that it computes otherwise than prod under the same edition */
  readonly shadows?: ReadonlyMap<string, string>;
  /** versions that rows outside of the scope are taken over from */
  readonly bases?: ReadonlyMap<string, Version>;
}

const FULL = { sql: 'full', seed: 'full', external: 'full' } as const;

/** Decides what an environment would be made of, and what is to be computed for that. Pure; a plan that cannot be is a fault. */
export function decide(
  state: WarehouseState,
  drafts: ReadonlyMap<string, EditionDraft>,
  request: PlanRequest,
): Decision {
  const isDev = request.environment !== PROD;
  const difference = differenceFor(state, drafts, request);
  const { candidates } = difference;
  const backfill = modelsToBackfill(difference, request, isDev);
  const bounds = defaultBounds(state, candidates, { request, backfill, difference });
  const previews = previewsNeeded(candidates, request, isDev);
  const start = startFor(request, bounds, previews || (isDev && takesUpRestating(difference)));
  const end = request.end ?? bounds.end;
  refuseRequest({ request, difference, isDev, start, end });
  applyEffectiveDate(candidates, request);
  refuseLostColumns(candidates, request, state);
  // A backfill is of what its file says, and changes no category.
  categorise(difference, request.carry ? { ...request, autoCategorise: true, categorize: FULL } : request);
  adjustIntervals(candidates, state);
  const deployability = isDev
    ? deployabilityOf(candidates, { start, executionTime: request.executionTime })
    : allDeployable;
  const restatements = restatementsOf(candidates, {
    request,
    isDev,
    start,
    end: end ?? request.executionTime,
  });
  const chosen = chosenModels(candidates, backfill, { request, restatements });
  const ends = request.end === null ? bounds.ends : null;
  const covered = { candidates, count: request.minIntervals, backfill, ends: bounds.ends };
  const starts = coveringStarts({
    ...covered,
    start: request.start ?? bounds.start,
    end: end ?? request.executionTime,
  });
  const asked = { candidates, request, deployability, start, end, ends, starts };
  const missing = missingIntervals({ ...asked, restatements: restatements.spans, chosen });
  const range = rangeOf({ candidates, missing, start, end }, request.executionTime);
  const audited = auditedAgain({ candidates, request, deployability, ends, range });
  const looked = { candidates, deployability, missing, start };
  const work = workOf(looked, request, { isDev, restatements, chosen, end, ends, starts });
  const promoted = promotedModels(difference, { request, state, backfill, isDev });
  const decision = {
    request,
    difference,
    candidates,
    ...work,
    restatements,
    missing,
    audited,
    promoted,
    start,
    end,
    range,
  };
  return request.emptyBackfill ? { ...decision, emptied: emptied(decision, chosen) } : decision;
}

function rangeOf(
  {
    candidates,
    missing,
    start,
    end,
  }: Pick<Decision, 'candidates' | 'missing' | 'start'> & { readonly end: number | null },
  executionTime: number,
): Interval {
  const firsts = [...missing.values()].flatMap((spans) => spans.slice(0, 1).map((span) => span.from));
  const first = firsts.length > 0 ? Math.min(...firsts) : earliestStart(candidates, executionTime);
  return { from: start ?? first, to: end ?? executionTime };
}

/** An empty backfill calls the whole of the plan's range done, for each model that it may compute. */
function emptied(
  { candidates, range }: Decision,
  chosen: ReadonlySet<string> | null,
): ReadonlyMap<string, Interval> {
  const found = new Map<string, Interval>();
  for (const [name, { model }] of candidates) {
    if (holdsNoRows(model.kind) || (chosen && !chosen.has(name))) continue;
    const unit = unitOf(model);
    const span = model.allowPartials ? { ...range, from: floorTo(unit, range.from) } : alignIn(unit, range);
    if (span.from < span.to) found.set(name, span);
  }
  return found;
}

function differenceFor(
  state: WarehouseState,
  drafts: ReadonlyMap<string, EditionDraft>,
  request: PlanRequest,
): EnvironmentDifference {
  const where = {
    environment: request.environment,
    createFrom: request.createFrom,
    now: request.now,
    recreate: request.recreate ?? false,
  };
  if (request.restate === null) return compareWithEnvironment(state, drafts, where);
  const own = standingEnvironment(state, request.environment, request.now);
  if (own) return environmentAsItIs(state, own, request.now);
  throw fault('environment.not_found', `There is no environment ${request.environment} to restate in.`, {
    kept: 'Nothing was planned or written.',
    remedy: `Plan ${request.environment} first.`,
  });
}

/** Models that may be computed, null where all may: in an environment other than prod, only what differs. */
function modelsToBackfill(
  { candidates, added }: EnvironmentDifference,
  request: PlanRequest,
  isDev: boolean,
): readonly string[] | null {
  if (request.backfill) return request.backfill;
  if (!isDev || request.includeUnmodified || request.restate !== null) return null;
  const names = [...candidates]
    .filter(([name, one]) => one.old !== null || added.has(name))
    .map(([name]) => name);
  return names.length > 0 ? names : null;
}

interface Bounds {
  readonly start: number | null;
  readonly end: number | null;
  /** how far prod is, by model */
  readonly ends: ReadonlyMap<string, number> | null;
}

/** What start and end are where none was asked for: as far as prod is, so that a plan does not fill what a run would. */
function defaultBounds(
  state: WarehouseState,
  candidates: Candidates,
  from: { request: PlanRequest; backfill: readonly string[] | null; difference: EnvironmentDifference },
): Bounds {
  const { request, backfill, difference } = from;
  if (request.runDue) return { start: null, end: null, ends: null };
  const wanted = backfill ? withAncestors(candidates, backfill) : null;
  const ends = liveEnds(state, wanted);
  const counted = [...ends].filter(([name]) => candidates.get(name)?.model.kind.name !== 'SEED');
  if (counted.length === 0) return { start: null, end: null, ends };
  let end = Math.max(...counted.map(([, to]) => to));
  const changed = [...candidates]
    .filter(([name, one]) => one.old !== null || difference.added.has(name))
    .map(([name]) => name);
  const looked = backfill ?? (changed.length > 0 ? changed : [...ends.keys()]);
  const starts = looked.flatMap((name) => {
    const model = candidates.get(name)?.model;
    if (!model) return [];
    const unit = unitOf(model);
    const last = floorTo(unit, ends.get(name) ?? previousTick(cronOf(model), end));
    return [step(unit, last, -1)];
  });
  const start = starts.length > 0 ? Math.min(...starts) : null;
  const raised = request.timeGiven && request.end === null && request.executionTime > end;
  if (raised || end > request.executionTime) end = request.executionTime;
  const lifted = raised
    ? new Map([...ends].map(([name, to]) => [name, Math.max(to, request.executionTime)]))
    : ends;
  return { start, end, ends: lifted };
}

function liveEnds(state: WarehouseState, wanted: ReadonlySet<string> | null): Map<string, number> {
  const live = state.environments.get(PROD)?.editions ?? {};
  const ends = new Map<string, number>();
  for (const [name, id] of Object.entries(live)) {
    if (wanted && !wanted.has(name)) continue;
    const line = state.editions.get(name)?.get(id)?.line;
    const done = recordsOf(state.intervals, name)
      .filter((record) => record.line === line)
      .flatMap((record) => record.done);
    if (done.length > 0) ends.set(name, Math.max(...done.map((span) => span.to)));
  }
  return ends;
}

function withAncestors(candidates: Candidates, names: readonly string[]): ReadonlySet<string> {
  const found = new Set<string>();
  const visit = (name: string): void => {
    const candidate = candidates.get(name);
    if (!candidate || found.has(name)) return;
    found.add(name);
    for (const parent of Object.keys(candidate.edition.parents)) visit(parent);
  };
  for (const name of names) visit(name);
  return found;
}

/** Whether a model that is computed again by a cron is new or changed: prod cannot take over its rows. */
function takesUpRestating({ candidates, added }: EnvironmentDifference): boolean {
  return [...candidates].some(
    ([name, { old, model }]) => (old !== null || added.has(name)) && hasRestatementCron(model.kind),
  );
}

function startFor(request: PlanRequest, bounds: Bounds, previews: boolean): number | null {
  if (request.start !== null) return request.start;
  if (!previews) return null;
  return bounds.start ?? step(86_400_000, floorTo(86_400_000, request.executionTime), -1);
}

function applyEffectiveDate(candidates: Candidates, request: PlanRequest): void {
  if (request.effectiveFrom === null) return;
  for (const candidate of candidates.values()) {
    const { kind } = candidate.model;
    const incremental = kind.name.startsWith('INCREMENTAL_') || kind.name.startsWith('SCD_');
    if (!candidate.isNew || holdsNoRows(kind) || refusesRestatement(kind)) continue;
    if (restatesWhole(kind) && incremental) continue;
    candidate.edition = { ...candidate.edition, effectiveFrom: request.effectiveFrom };
  }
}

/** New editions of a line that is there already take up what is done of it; some changes ask that it be filled anew. */
function adjustIntervals(candidates: Candidates, state: WarehouseState): void {
  for (const candidate of candidates.values()) {
    const { old, edition } = candidate;
    if (!old) continue;
    const sameLine = old.line === edition.line;
    if (sameLine && forcesRebuild(edition, old)) candidate.done = [];
    else if (candidate.isNew) {
      const { done } = sameLine ? intervalsOf(edition, state.intervals) : { done: [] };
      candidate.done = done;
      candidate.dev = edition.forwardOnly ? done : [];
    }
  }
}

/** Models that this plan computes, with all above them; null: all. */
function chosenModels(
  candidates: Candidates,
  backfill: readonly string[] | null,
  { request, restatements }: { request: PlanRequest; restatements: Restatements },
): ReadonlySet<string> | null {
  const names = backfill ?? (request.restate ? [...restatements.spans.keys()] : null);
  return names ? withAncestors(candidates, names) : null;
}

function promotedModels(
  { candidates, added, isNew, removed }: EnvironmentDifference,
  from: {
    request: PlanRequest;
    state: WarehouseState;
    backfill: readonly string[] | null;
    isDev: boolean;
  },
): ReadonlySet<string> | null {
  const { request, state, isDev } = from;
  if (!isDev || (request.includeUnmodified && !request.backfill)) return null;
  const shown = isNew ? [] : Object.keys(state.environments.get(request.environment)?.lines ?? {});
  const changed = request.backfill
    ? [...request.backfill]
    : [...candidates].filter(([name, one]) => one.old !== null || added.has(name)).map(([name]) => name);
  const gone = new Set(removed);
  return new Set([...shown, ...changed].filter((name) => candidates.has(name) && !gone.has(name)));
}

interface Looked {
  readonly candidates: Candidates;
  readonly missing: ReadonlyMap<string, readonly Interval[]>;
  readonly start: number | null;
}

/** Deployability and missing intervals as they are when the plan is carried out: what is restated is not done any more. */
function workOf(
  looked: Looked & { readonly deployability: Deployability },
  request: PlanRequest,
  from: {
    isDev: boolean;
    restatements: Restatements;
    chosen: ReadonlySet<string> | null;
    end: number | null;
    ends: ReadonlyMap<string, number> | null;
    starts: ReadonlyMap<string, number>;
  },
): Pick<Decision, 'deployability' | 'work'> {
  const { isDev, restatements, ...bounds } = from;
  if (!isDev || restatements.spans.size === 0)
    return { deployability: looked.deployability, work: looked.missing };
  const candidates = new Map(
    [...looked.candidates].map(([name, candidate]) => {
      const span = restatements.spans.get(name);
      return [name, span ? without(candidate, span) : candidate] as const;
    }),
  );
  const first = Math.min(
    ...[...looked.missing.values()].map((spans) => spans[0]?.from ?? Number.MAX_SAFE_INTEGER),
  );
  const found = Number.isFinite(first) ? first : null;
  const start = looked.start ?? found;
  const { executionTime } = request;
  const deployability = deployabilityOf(candidates, { start, executionTime });
  const spans = restatements.spans;
  const work = missingIntervals({
    candidates,
    request,
    deployability,
    restatements: spans,
    start,
    ...bounds,
  });
  return { deployability, work };
}
