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
  const isPartly = isEdit && (node.kind?.startsWith('INCREMENTAL') ?? false);
  const whole = isPartly
    ? 'the last interval'
    : node.rows === null || isEdit
      ? 'more'
      : countOf(node.rows, 'row');
  if (shown.sampled) return `${formatCount(count)} sampled of ${whole}`;
  return isPartly ? `${countOf(count, 'row')} of the last interval` : countOf(count, 'row');
}
