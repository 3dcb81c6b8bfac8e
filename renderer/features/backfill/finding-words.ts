import type { AuditFailureView } from '../../../shared/protocol/views/quality';
import { countOf } from '../../ui/format';
import { shortName } from './words';

/** Failures of one audit of one model together; those that stop a fill come first, then by rows. */
export function groupFailures(
  failures: readonly AuditFailureView[],
): readonly (readonly AuditFailureView[])[] {
  const groups = new Map<string, AuditFailureView[]>();
  for (const failure of failures) {
    const key = `${failure.model} ${failure.audit} ${failure.blocking}`;
    groups.set(key, [...(groups.get(key) ?? []), failure]);
  }
  return [...groups.values()].toSorted(
    (a, b) => Number(b[0]?.blocking) - Number(a[0]?.blocking) || rowsOf(b) - rowsOf(a),
  );
}

/** `failed on levels: 12 rows in 2 batches; its batch was taken back`. */
export function failedAuditWords(failures: readonly AuditFailureView[]): string {
  const [first] = failures;
  if (!first) return '';
  const where = failures.length === 1 ? first.batch : countOf(failures.length, 'batch', 'batches');
  const after = first.blocking ? 'that batch was taken back' : 'noted only';
  return `failed on ${shortName(first.model)}: ${countOf(rowsOf(failures), 'row')} in ${where}; ${after}`;
}

function rowsOf(failures: readonly AuditFailureView[]): number {
  return failures.reduce((sum, { failedRows }) => sum + failedRows, 0);
}
