import type { ModelComparison } from '../../../shared/protocol/views/compare';
import { countOf, formatCount, formatShare } from '../../ui/format';
import { type HeatMap, shareIn } from './heat-map';
import { partitionName } from './timeline';

/** A cell of the heat map in words: `2025-02-14, net_amount: 52 of 450 rows changed, 11.56 %`. */
export function describeCell(
  model: ModelComparison,
  map: HeatMap,
  { row, column: at }: { readonly row: number; readonly column: number },
): string {
  const slot = map.slots[at];
  const line = map.rows[row];
  if (!slot || !line) return '';
  const name = partitionName(slot.from, model.partitionUnit);
  const older = slot.isOlder ? ', filled under older logic' : '';
  const { partition } = slot;
  if (!partition) return `${name}: ${slot.isShared ? 'shared segment, equal unread' : 'no rows'}${older}`;
  if (line.column === null)
    return `${name}: ${countOf(partition.added, 'row')} added, ${formatCount(partition.removed)} removed${older}`;
  const count = line.counts[at] ?? 0;
  const both = partition.new - partition.added;
  if (count === 0) return `${name}, ${line.column}: none of ${countOf(both, 'row')} changed${older}`;
  const share = formatShare(shareIn(partition, line.column));
  return `${name}, ${line.column}: ${formatCount(count)} of ${countOf(both, 'row')} changed, ${share}${older}`;
}
