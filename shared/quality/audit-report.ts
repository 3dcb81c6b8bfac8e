import type { AuditRecord } from './audit-store';

/** One outcome of one audit, as documents show it; `times` is how many evaluations had this very outcome. */
export interface AuditReport {
  readonly model: string;
  readonly audit: string;
  readonly args?: Readonly<Record<string, string>>;
  readonly failedRows: number | null;
  readonly blocking: boolean;
  readonly times: number;
  readonly skipped?: true;
}

/** Why audits stopped a model: one entry for each batch that one stopped. */
interface AuditFailure {
  readonly reason: 'audit';
  readonly audits: readonly { readonly audit: string; readonly failedRows: number }[];
}

/** Evaluations with equal outcomes put together, by model and audit. */
export function reportAudits(records: readonly AuditRecord[]): readonly AuditReport[] {
  const reports = new Map<string, AuditReport>();
  for (const record of records) {
    const outcome = {
      model: record.model,
      audit: record.audit,
      ...(Object.keys(record.args).length > 0 ? { args: record.args } : {}),
      failedRows: record.failedRows,
      blocking: record.blocking,
      ...(record.skipped ? { skipped: true as const } : {}),
    };
    const key = JSON.stringify(outcome);
    reports.set(key, { ...outcome, times: (reports.get(key)?.times ?? 0) + 1 });
  }
  return [...reports]
    .toSorted(([a, one], [b, other]) => compare([one.model, one.audit, a], [other.model, other.audit, b]))
    .map(([, report]) => report);
}

/** The models that audits stopped, with what they found. */
export function auditFailures(records: readonly AuditRecord[]): Readonly<Record<string, AuditFailure>> {
  const models = new Map<string, { audit: string; failedRows: number }[]>();
  for (const { model, audit, failedRows, blocking } of records) {
    if (!blocking || failedRows === null || failedRows === 0) continue;
    models.set(model, [...(models.get(model) ?? []), { audit, failedRows }]);
  }
  const sorted = [...models].toSorted(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(
    sorted.map(([model, audits]) => [
      model,
      {
        reason: 'audit' as const,
        audits: audits.toSorted((a, b) => compare([a.audit], [b.audit]) || a.failedRows - b.failedRows),
      },
    ]),
  );
}

function compare(a: readonly string[], b: readonly string[]): number {
  for (const [index, text] of a.entries()) {
    const other = b[index] ?? '';
    if (text !== other) return text < other ? -1 : 1;
  }
  return 0;
}
