import type { AuditFailureView } from '../../../shared/protocol/views/quality';
import { countOf, formatCount } from '../../ui/format';

/** `312 rows in 2025-03-09`, or how many of them are kept. */
export function keptWords({ failedRows, keptRows, batch }: AuditFailureView): string {
  const rows =
    keptRows < failedRows
      ? `${formatCount(keptRows)} kept of ${countOf(failedRows, 'row')}`
      : countOf(failedRows, 'row');
  return `${rows}, ${batch}`;
}
