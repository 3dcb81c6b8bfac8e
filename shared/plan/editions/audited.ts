import type { Interval } from '../../base/time';
import type { Candidate, Candidates } from './candidate';
import type { Deployability } from './deployable';
import { auditsAsWritten } from './draft';
import { missingIntervals } from './missing';
import type { PlanRequest } from './request';
import { removalOf } from './spans';

interface AuditedFrom {
  readonly candidates: Candidates;
  readonly request: PlanRequest;
  readonly deployability: Deployability;
  /** what the plan looks at */
  readonly range: Interval;
  readonly ends: ReadonlyMap<string, number> | null;
}

/**
 * Spans that audits look at again since they were added or changed: those of the plan, whether they are filled or not.
 */
export function auditedAgain(from: AuditedFrom): ReadonlyMap<string, readonly Interval[]> {
  const { candidates, request, range } = from;
  const { executionTime } = request;
  const restatements = new Map<string, Interval>();
  for (const [name, candidate] of candidates)
    if (hasOtherAudits(candidate))
      restatements.set(name, removalOf(candidate, range, { executionTime, preview: true }));
  if (restatements.size === 0) return new Map();
  return missingIntervals({
    ...from,
    start: range.from,
    end: range.to,
    restatements,
    chosen: new Set(restatements.keys()),
  });
}

function hasOtherAudits({ old, edition, done, isNew }: Candidate): boolean {
  if (!isNew || !old || edition.category !== 'METADATA' || done.length === 0) return false;
  const { audits, model } = edition.source;
  if (audits.length === 0 || model.kind.name === 'AUDIT') return false;
  return auditsAsWritten(old.traits) !== auditsAsWritten(edition.traits);
}
