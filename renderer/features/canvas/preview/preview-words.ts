import type { Page } from '../../../../shared/protocol/views/common';
import type { NodeView } from '../../../../shared/protocol/views/project';
import { countOf, formatCount } from '../../../ui/format';

/** `200 sampled of 41,114 rows`; what is not all that there is says so. */
export function previewNote(
  node: NodeView,
  shown: { page: Page; sampled: boolean },
  isEdit: boolean,
): string {
  const count = shown.page.rows.length;
  if (isEdit && node.kind?.startsWith('INCREMENTAL')) {
    return shown.sampled
      ? `${formatCount(count)} sampled of the last interval`
      : `${countOf(count, 'row')} of the last interval`;
  }
  if (!shown.sampled) return countOf(count, 'row');
  if (isEdit || node.rows === null) return `First ${countOf(count, 'row')}`;
  return `${formatCount(count)} sampled of ${countOf(node.rows, 'row')}`;
}

/** Why there are no rows to show, and what would give some. */
export function emptyText(unfilled: readonly string[]): string {
  const [first, ...others] = unfilled;
  if (first === undefined) return 'Fill this model to see its rows.';
  const more = others.length === 0 ? ', which is' : ` and ${formatCount(others.length)} more, which are`;
  return `It reads ${first}${more} not filled yet.`;
}
