import type { SourceSummary } from '../../../shared/protocol/views/raw';
import { countOf, formatCount } from '../../ui/format';

const NAMED = 3;

/** What came of adding files, in a sentence or two. */
export function addedText(sources: readonly SourceSummary[]): string {
  if (sources.length === 0) return 'No source was added.';
  const rows = sources.reduce((sum, source) => sum + source.rows, 0);
  const quarantined = sources.reduce((sum, source) => sum + source.quarantined, 0);
  const unread = sources.filter(({ problem }) => problem !== null);
  const names = sources.slice(0, NAMED).map(({ name }) => `raw.${name}`);
  const rest = sources.length - names.length;
  const list = rest > 0 ? `${names.join(', ')} and ${formatCount(rest)} more` : joinNames(names);
  return [
    `Added ${list}, ${countOf(rows, 'row')}.`,
    quarantined > 0 ? `${countOf(quarantined, 'row')} in quarantine.` : '',
    unread.length > 0 ? `${countOf(unread.length, 'source')} could not be read.` : '',
  ]
    .filter(Boolean)
    .join(' ');
}

function joinNames(names: readonly string[]): string {
  if (names.length < 2) return names.join('');
  return `${names.slice(0, -1).join(', ')} and ${names.at(-1) ?? ''}`;
}
