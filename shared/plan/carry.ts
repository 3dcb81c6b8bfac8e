import { PROD } from '../base/names';
import { type Interval, intersect, normalise, subtract } from '../base/time';
import { isIncremental, type Model } from '../project/model';
import type { Version, WarehouseState } from '../release/types';
import { floorTo } from './cron';
import type { Candidate } from './editions/candidate';
import type { Decision } from './editions/decide';
import type { PlanRequest } from './editions/request';
import { holdsNoRows } from './editions/settings';
import { alignOut, cutBatches, historyOf, missingIntervals, unitOf } from './intervals';
import { headOf, versionIn } from './lookup';

/**
 * A backfill computes its models inside its scope, changed or not, and takes over all other rows from what the environment shows,
 * under older logic. What it computes otherwise than prod under the same edition goes to a line of the environment's own, so that
 * prod's is not touched.
 */
export function carryOver(state: WarehouseState, decision: Decision): Decision {
  const { request, candidates } = decision;
  const inPlay = new Set(request.backfill ?? candidates.keys());
  const carried: Carried = {
    state,
    decision,
    inPlay,
    computed: new Map(),
    appended: new Set(),
    reached: new Map(),
    ends: new Map(),
    shadows: new Map(),
    bases: new Map(),
    promoted: new Set(),
  };
  for (const [name, candidate] of candidates) {
    if (candidate.model.kind.name === 'AUDIT') carryAudit(name, candidate, carried);
    else if (inPlay.has(name)) carry(name, candidate, carried);
    else leaveAsIs(name, candidate, carried);
  }
  const missing = new Map(
    [...carried.computed].map(([name, spans]) => {
      const model = candidates.get(name)?.model;
      return [name, model ? cutBatches(spans, unitOf(model), 1) : spans] as const;
    }),
  );
  const { shadows, bases, promoted } = carried;
  return { ...decision, missing, work: missing, shadows, bases, promoted };
}

interface Carried {
  readonly state: WarehouseState;
  readonly decision: Decision;
  readonly inPlay: ReadonlySet<string>;
  readonly computed: Map<string, readonly Interval[]>;
  /** what is computed, of a view what is computed of all that it reads */
  readonly reached: Map<string, readonly Interval[]>;
  /** where the rows of models end that lack some of their history's end, in ms UTC */
  readonly ends: Map<string, number>;
  /** models that only take up what time has added */
  readonly appended: Set<string>;
  readonly shadows: Map<string, string>;
  readonly bases: Map<string, Version>;
  readonly promoted: Set<string>;
}

function carry(name: string, candidate: Candidate, carried: Carried): void {
  const { state, decision } = carried;
  const { edition, model } = candidate;
  const { environment } = decision.request;
  if (holdsNoRows(model.kind)) return;
  const own = versionIn(state, environment, name);
  const live = versionIn(state, PROD, name);
  const shadow = `env:${environment}:${edition.line}`;
  const base = startingVersion(state, environment, name);
  const logicMoved = !base || (base.line !== edition.line && base.line !== shadow);
  const parents = Object.keys(edition.parents);
  // What reads rows that only this environment has is its own too: others that show the same text read other rows.
  const isOwn = parents.some((parent) => carried.shadows.get(parent)?.startsWith('env:'));
  const known = logicMoved && !isOwn ? filledBefore(candidate, decision.request, { state, live }) : undefined;
  const from = known ?? base;
  const spans = spansOf(name, candidate, { carried, from, recomputes: logicMoved && !known });
  const isView = model.kind.name === 'VIEW';
  const reads = parents.some((parent) => carried.promoted.has(parent));
  const changes = spans.length > 0 || logicMoved || (isView && reads);
  const head = headOf(state, edition.model, edition.line);
  const written = isOwn ? shadow : lineToWrite({ edition, from, live, head, shadow });
  // Rows that are there already, under this very logic, are shown where they are.
  const writes = isView ? changes : spans.length > 0 || (changes && !from);
  const key = writes ? written : undefined;
  carried.shadows.set(name, key ?? (base?.line === shadow ? shadow : edition.line));
  if (spans.length > 0 && !isView) carried.computed.set(name, spans);
  if (spans.length > 0 && from && !isView) carried.bases.set(name, from);
  const moved = base !== undefined && (base.number !== live?.number || (own && own.number !== base.number));
  if (changes || moved) carried.promoted.add(name);
  noteReach(name, candidate, carried, isView ? [] : spans);
  noteEnd(name, candidate, carried, [...(from?.covered ?? []), ...spans]);
}

/** A model that is not computed is read as the environment shows it. */
function leaveAsIs(name: string, candidate: Candidate, carried: Carried): void {
  const { state, decision } = carried;
  const { environment } = decision.request;
  const standing = state.environments.get(environment);
  const line = standing?.lines[name];
  if (line?.startsWith('env:') && standing?.editions[name] === candidate.edition.print.id)
    carried.shadows.set(name, line);
  const version = versionIn(state, environment, name) ?? versionIn(state, PROD, name);
  noteEnd(name, candidate, carried, version?.covered ?? []);
}

function noteReach(
  name: string,
  { edition, model }: Candidate,
  carried: Carried,
  own: readonly Interval[],
): void {
  const above = Object.keys(edition.parents).flatMap((parent) => carried.reached.get(parent) ?? []);
  const spans = model.kind.name === 'VIEW' ? normalise(above) : own;
  if (spans.length > 0) carried.reached.set(name, spans);
}

/** Notes where a model's rows end, if that is before the end of its history, or where those of what it reads do. */
function noteEnd(name: string, candidate: Candidate, carried: Carried, covered: readonly Interval[]): void {
  const { model } = candidate;
  const last = Math.max(...covered.map(({ to }) => to));
  const wanted = historyOf(model, carried.decision.request.executionTime).to;
  const end = isIncremental(model.kind) ? (last < wanted ? last : undefined) : endAbove(candidate, carried);
  if (end !== undefined && Number.isFinite(end)) carried.ends.set(name, end);
}

function endAbove({ edition }: Candidate, { ends }: Carried): number | undefined {
  const found = Object.keys(edition.parents).flatMap((parent) => ends.get(parent) ?? []);
  return found.length > 0 ? Math.min(...found) : undefined;
}

/** An audit that stands alone looks at what is computed of the models that it reads; not where one of them is not there at all. */
function carryAudit(
  name: string,
  { edition, model }: Candidate,
  { computed, reached, decision }: Carried,
): void {
  const isThere = (parent: string) => parent.startsWith('raw.') || decision.candidates.has(parent);
  if (!model.parents.every(isThere)) return;
  const spans = normalise(Object.keys(edition.parents).flatMap((parent) => reached.get(parent) ?? []));
  if (spans.length > 0) computed.set(name, spans);
}

/**
 * The edition's line is written where it is begun, or gone on with from its newest version and prod does not show it; all else goes to
 * the environment's own, so that what is recorded of a line holds for its newest version.
 */
function lineToWrite(rows: {
  edition: Candidate['edition'];
  from: Version | undefined;
  live: Version | undefined;
  head: Version | undefined;
  shadow: string;
}): string {
  const { edition, from, live, head, shadow } = rows;
  if (live?.line === edition.line) return shadow;
  return !head || from?.number === head.number ? edition.line : shadow;
}

/** What a plan builds on. Where prod moved since an environment was filled, it is prod again: else a swap would take back that move. */
function startingVersion(state: WarehouseState, environment: string, model: string): Version | undefined {
  const own = versionIn(state, environment, model);
  const live = versionIn(state, PROD, model);
  const filledOn = state.environments.get(environment)?.base[model] ?? null;
  return !own || (live && filledOn !== live.number) ? live : own;
}

/**
 * Rows of this very logic that are there already, for a backfill of the whole history; none where some of them are older, or where
 * prod would lose days by them.
 */
function filledBefore(
  { edition, model, done }: Candidate,
  request: PlanRequest,
  { state, live }: { state: WarehouseState; live: Version | undefined },
): Version | undefined {
  const known = headOf(state, edition.model, edition.line);
  if (request.start !== null || !known || subtract(known.covered, done).length > 0) return undefined;
  const held = [...known.covered, historyOf(model, request.executionTime)];
  return subtract(live?.covered ?? [], held).length > 0 ? undefined : known;
}

function inScope(spans: readonly Interval[], model: Model, { start, end }: PlanRequest): readonly Interval[] {
  const scope = start !== null && end !== null ? { from: start, to: end } : null;
  return scope ? intersect(spans, [alignOut(unitOf(model), scope)]) : spans;
}

interface SpansFrom {
  readonly carried: Carried;
  readonly from: Version | undefined;
  readonly recomputes: boolean;
}

function spansOf(
  name: string,
  candidate: Candidate,
  { carried, from, recomputes }: SpansFrom,
): readonly Interval[] {
  const { model } = candidate;
  const { request } = carried.decision;
  const unit = unitOf(model);
  const history = reachable(historyOf(model, request.executionTime), candidate, carried);
  const within = (spans: readonly Interval[]) => inScope(spans, model, request);
  const whole = (spans: readonly Interval[]) =>
    spans.length > 0 && !isIncremental(model.kind) ? [history] : spans;
  if (model.kind.name === 'SEED') return !from || recomputes ? [history] : [];
  if (!from || recomputes) return whole(within([history]));
  const lookback = isIncremental(model.kind) ? model.kind.lookback : 0;
  const missing = isIncremental(model.kind)
    ? within([history]).flatMap((wanted) => missingIntervals(wanted, from.covered, { unit, count: lookback }))
    : [];
  const restated = request.select?.includes(name) ? within([history]) : [];
  const cascaded = within(intersect([history], cascade(candidate, carried)));
  if (restated.length === 0 && cascaded.length === 0) carried.appended.add(name);
  return whole(normalise([...missing, ...restated, ...cascaded]));
}

/** A table that is not kept by time is computed up to where all that it reads has rows, and no further. */
function reachable(history: Interval, candidate: Candidate, carried: Carried): Interval {
  const end = isIncremental(candidate.model.kind) ? undefined : endAbove(candidate, carried);
  const to = end === undefined ? history.to : Math.min(history.to, floorTo(unitOf(candidate.model), end));
  return to > history.from ? { ...history, to } : history;
}

/** What parents compute again, widened to this model's intervals; appended new history is one for whole tables alone. */
function cascade(candidate: Candidate, { decision, computed, appended }: Carried): readonly Interval[] {
  const { model } = candidate;
  const unit = unitOf(model);
  return Object.keys(candidate.edition.parents).flatMap((parent) => {
    const spans = computed.get(parent);
    const above = decision.candidates.get(parent);
    if (!spans || (isIncremental(model.kind) && appended.has(parent))) return [];
    if (above?.old && above.edition.category === 'NON_BREAKING') return [];
    return spans.map((span) => alignOut(unit, span));
  });
}
