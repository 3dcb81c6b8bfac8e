import type { Interval } from '../../base/time';
import type { Candidate, Candidates } from './candidate';
import type { Deployability } from './deployable';
import { missingIntervals } from './missing';
import type { PlanRequest } from './request';
import { earliestStart, removalOf } from './spans';

interface AuditedFrom {
  readonly candidates: Candidates;
  readonly request: PlanRequest;
  readonly deployability: Deployability;
  readonly missing: ReadonlyMap<string, readonly Interval[]>;
  readonly start: number | null;
  readonly end: number | null;
  readonly ends: ReadonlyMap<string, number> | null;
}

/**
 * Spans that audits look at again since they were added or changed: those of the plan, whether they are filled or not. A plan starts
 * where something is missing, else with the earliest history.
 */
export function auditedAgain(from: AuditedFrom): ReadonlyMap<string, readonly Interval[]> {
  const { candidates, request, missing } = from;
  const { executionTime } = request;
  const firsts = [...missing.values()].flatMap((spans) => spans.slice(0, 1).map((span) => span.from));
  const start =
    from.start ?? (firsts.length > 0 ? Math.min(...firsts) : earliestStart(candidates, executionTime));
  const end = from.end ?? executionTime;
  const restatements = new Map<string, Interval>();
  for (const [name, candidate] of candidates)
    if (hasOtherAudits(candidate))
      restatements.set(
        name,
        removalOf(candidate, { from: start, to: end }, { executionTime, preview: true }),
      );
  if (restatements.size === 0) return new Map();
  return missingIntervals({ ...from, start, end, restatements, chosen: new Set(restatements.keys()) });
}

function hasOtherAudits({ old, edition, done, isNew }: Candidate): boolean {
  if (!isNew || !old || edition.category !== 'METADATA' || done.length === 0) return false;
  return edition.source.audits.length > 0 && old.traits.audits !== edition.traits.audits;
}
