import type { Interval } from '../../base/time';
import type { Model } from '../../project/model';
import { floorTo, type IntervalUnit, previousTick, step } from '../cron';
import { alignOut, cronOf, unitOf } from '../intervals';
import { type Candidate, type Candidates, dependsOnPast } from './candidate';
import { holdsNoRows, restatesWhole } from './settings';

/** The start of a model's history: its own, else its parents' earliest, else the cron tick before the last one. */
export function startOf(candidate: Candidate, candidates: Candidates, relativeTo: number): number {
  const { model } = candidate;
  if (model.start !== null) return model.start;
  const found = startsOf(candidates, relativeTo);
  const start = found.get(model.name) ?? inheritedStart(candidate, candidates, relativeTo);
  found.set(model.name, start);
  return start;
}

function inheritedStart(candidate: Candidate, candidates: Candidates, relativeTo: number): number {
  const parents = Object.keys(candidate.edition.parents).flatMap((name) => {
    const parent = candidates.get(name);
    return parent ? [startOf(parent, candidates, relativeTo)] : [];
  });
  if (parents.length > 0) return Math.min(...parents);
  const cron = cronOf(candidate.model);
  return previousTick(cron, previousTick(cron, relativeTo) - 1);
}

const starts = new WeakMap<Candidates, Map<number, Map<string, number>>>();

/** The starts found so far, so that a model below many others is not asked for by each way to it. */
function startsOf(candidates: Candidates, relativeTo: number): Map<string, number> {
  const known = starts.get(candidates) ?? new Map<number, Map<string, number>>();
  const own = known.get(relativeTo) ?? new Map<string, number>();
  starts.set(candidates, known.set(relativeTo, own));
  return own;
}

/** The earliest moment that any model's history or record begins at. */
export function earliestStart(candidates: Candidates, relativeTo: number): number {
  const all = [...candidates.values()];
  const starts = all.map((candidate) => startOf(candidate, candidates, relativeTo));
  const done = all.flatMap((candidate) => candidate.done.slice(0, 1).map((span) => span.from));
  return Math.min(...starts, ...done);
}

/** How far missing intervals are looked for. */
export interface Range {
  readonly start: number;
  readonly end: number;
  readonly executionTime: number;
  readonly ignoreCron: boolean;
  /** nothing past `end`, not even by lookback */
  readonly endBounded: boolean;
}

/** The intervals of a model that are not in `done`, each of one unit, in order (SQLMesh: `missing_intervals`). */
export function missingOf(model: Model, done: readonly Interval[], range: Range): readonly Interval[] {
  if (holdsNoRows(model.kind) && model.audits.length === 0) return [];
  if (model.kind.name === 'SEED' && done.length > 0) return [];
  if (model.end !== null && range.start >= model.end) return [];
  if (model.start !== null && model.start > range.end) return [];
  const unit = unitOf(model);
  const start = Math.max(range.start, model.start ?? range.start);
  const asked = alignOut(unit, { from: start, to: Math.max(start, range.end) });
  const tick = range.ignoreCron ? range.executionTime : previousTick(cronOf(model), range.executionTime);
  const bound = Math.min(tick, range.endBounded ? asked.to : Number.POSITIVE_INFINITY);
  const upper = model.allowPartials ? bound : floorTo(unit, bound);
  const to = Math.min(asked.to, upper);
  if (to <= asked.from || done.some((span) => span.from <= asked.from && to <= span.to)) return [];
  return expandLookback(model, unit, cutAt(unit, asked.from, to), done);
}

/** Moments from `from` to `to`, one unit apart; the last piece may be shorter. */
function cutAt(unit: IntervalUnit, from: number, to: number): readonly number[] {
  const moments = [from];
  for (let next = step(unit, from); next < to; next = step(unit, next)) moments.push(next);
  moments.push(to);
  return moments;
}

function expandLookback(
  model: Model,
  unit: IntervalUnit,
  moments: readonly number[],
  done: readonly Interval[],
): readonly Interval[] {
  const spans = moments.slice(1).map((to, index): Interval => ({ from: moments[index] as number, to }));
  const missing = spans.map((span) => !done.some((known) => known.from <= span.from && span.to <= known.to));
  if (!missing.includes(true)) return [];
  const lookback = lookbackFor(model, unit, moments.at(-1) as number);
  const reached = spans.map((_, index) => {
    if (missing[index]) return true;
    if (lookback === 0) return false;
    const later = index + lookback;
    return later >= spans.length || missing[later] === true;
  });
  return spans.filter((span, index) => reached[index] && (model.end === null || span.from < model.end));
}

/** The lookback, less what of it lies past the end of the model. */
function lookbackFor(model: Model, unit: IntervalUnit, end: number): number {
  const lookback = 'lookback' in model.kind ? model.kind.lookback : 0;
  if (lookback === 0 || model.end === null) return lookback;
  let left = lookback;
  for (let last = step(unit, end, -1); model.end < last; last = step(unit, last, -1)) left--;
  return Math.max(0, left);
}

/** What a restatement of `[start, end)` takes back of a model: whole intervals, all of its history where it has no parts. */
export function removalOf(
  candidate: Candidate,
  span: Interval,
  { executionTime, preview }: { executionTime: number; preview: boolean },
): Interval {
  const { model } = candidate;
  const to = dependsOnPast(model) ? executionTime : span.to;
  const unit = unitOf(model);
  const first = candidate.done[0];
  const from = !preview && restatesWhole(model.kind) && first ? first.from : span.from;
  return alignOut(unit, { from, to });
}
