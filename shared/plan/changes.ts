import type { Candidate, Candidates } from './editions/candidate';
import { differenceOf, type EnvironmentDifference } from './editions/compare';
import type { Change } from './types';

/** How a candidate's change matters, with why in words; null where nothing differs. */
export function changeOf(
  name: string,
  candidate: Candidate,
  { added, candidates }: Pick<EnvironmentDifference, 'added' | 'candidates'>,
): Change | null {
  const { category, forwardOnly } = candidate.edition;
  if (added.has(name)) return { category, kind: 'added', forwardOnly, reason: 'New in this environment.' };
  const kind = differenceOf(candidate);
  if (!kind) return null;
  return { category, kind, forwardOnly, reason: reasonOf(category, kind, { candidate, candidates }) };
}

function reasonOf(
  category: Change['category'],
  kind: Change['kind'],
  { candidate, candidates }: { candidate: Candidate; candidates: Candidates },
): string {
  const { edition, old } = candidate;
  if (kind === 'metadata' || category === 'METADATA') return 'Only what does not decide rows changed.';
  if (kind === 'direct') {
    if (edition.traits.settings !== old?.traits.settings) return 'What it is kept or computed by changed.';
    if (candidate.uncategorised) return 'Its text changed; whether rows below may differ is for you to say.';
    if (category === 'NON_BREAKING') return 'Columns were added; all others stay as they were.';
    return 'The query changed, so its rows may differ.';
  }
  const changed = Object.keys(edition.parents).filter((name) => old?.parents[name] !== edition.parents[name]);
  const open = changed.filter((name) => candidates.get(name)?.uncategorised);
  if (open.length > 0) return `It reads ${open.join(', ')}, whose change has no category yet.`;
  return category === 'INDIRECT_BREAKING'
    ? `It reads ${changed.join(', ')}, whose rows change.`
    : `It reads ${changed.join(', ')}, which only gained columns.`;
}
