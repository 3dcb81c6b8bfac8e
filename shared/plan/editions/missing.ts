import type { Interval } from '../../base/time';
import { type Candidates, without } from './candidate';
import type { Deployability } from './deployable';
import type { PlanRequest } from './request';
import { earliestStart, missingOf, startOf } from './spans';

interface MissingFrom {
  readonly candidates: Candidates;
  readonly request: PlanRequest;
  readonly deployability: Deployability;
  readonly restatements: ReadonlyMap<string, Interval>;
  /** models looked at; null: all */
  readonly chosen: ReadonlySet<string> | null;
  readonly start: number | null;
  readonly end: number | null;
  /** models that are looked at from another moment than the others */
  readonly starts?: ReadonlyMap<string, number>;
  /** where each model ends at the latest; null: no such bounds */
  readonly ends: ReadonlyMap<string, number> | null;
}

/** What has to be computed of each model, as intervals of one unit; models that lack nothing are not in it. */
export function missingIntervals(from: MissingFrom): ReadonlyMap<string, readonly Interval[]> {
  const { candidates, request, chosen } = from;
  const base = from.start ?? earliestStart(candidates, request.executionTime);
  const found = new Map<string, readonly Interval[]>();
  for (const name of candidates.keys()) {
    if (chosen && !chosen.has(name)) continue;
    const missing = missingFor(name, base, from);
    if (missing.length > 0) found.set(name, missing);
  }
  return found;
}

function missingFor(name: string, base: number, from: MissingFrom): readonly Interval[] {
  const { candidates, request, deployability, restatements, ends } = from;
  const candidate = candidates.get(name);
  if (!candidate) return [];
  const restated = restatements.get(name);
  const one = restated ? without(candidate, restated) : candidate;
  let start = restated?.from ?? from.starts?.get(name) ?? base;
  let end = restated?.to ?? from.end ?? Number.MAX_SAFE_INTEGER;
  const bound = ends?.get(name);
  if (bound !== undefined) {
    if (start >= bound) return [];
    end = bound;
  }
  start = Math.max(start, startOf(one, candidates, Math.min(end, request.executionTime)));
  if (start > end) return [];
  const done = deployability.isRepresentative(name) ? one.done : one.dev;
  return missingOf(one.model, done, {
    start,
    end: Math.min(end, one.model.end ?? end, MOST),
    executionTime: request.executionTime,
    ignoreCron: request.ignoreCron,
    endBounded: !request.runDue,
  });
}

/** Past any execution time, yet a moment that calendars know. */
const MOST = Date.UTC(2200, 0, 1);
