import { normalise } from '../base/time';
import type { Category } from '../release/editions';
import { differenceOf } from './editions/compare';
import type { Decision } from './editions/decide';
import type { DecisionRecord } from './types';

/** A decision as it is kept with the plan and printed. */
export function decisionRecord({ difference, candidates, restatements, missing }: Decision): DecisionRecord {
  const changed = (kind: ReturnType<typeof differenceOf>) =>
    [...candidates].filter(([, candidate]) => candidate.old && differenceOf(candidate) === kind).sort();
  const categories = (kind: ReturnType<typeof differenceOf>): Record<string, Category> =>
    Object.fromEntries(changed(kind).map(([name, { edition }]) => [name, edition.category]));
  return {
    newEnvironment: difference.isNew,
    added: [...difference.added].sort(),
    removed: [...difference.removed].sort(),
    directlyModified: Object.fromEntries(
      changed('direct').map(([name, one]) => [name, one.uncategorised ? null : one.edition.category]),
    ),
    indirectlyModified: categories('indirect'),
    metadataUpdated: categories('metadata'),
    forwardOnly: [...candidates]
      .filter(([, candidate]) => candidate.old && candidate.edition.forwardOnly)
      .map(([name]) => name)
      .sort(),
    restatements: Object.fromEntries([...restatements.spans].sort()),
    missingIntervals: Object.fromEntries(
      [...missing]
        .filter(([name]) => candidates.get(name)?.model.kind.name !== 'AUDIT')
        .map(
          ([name, intervals]) => [name, { count: intervals.length, ranges: normalise(intervals) }] as const,
        )
        .sort(),
    ),
    notRestated: Object.fromEntries([...restatements.refused].sort()),
  };
}
