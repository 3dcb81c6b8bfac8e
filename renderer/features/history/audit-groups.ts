import type { HistoryDetail } from '../../../shared/protocol/views/history';

type Audit = HistoryDetail['audits'][number];

/** An audit that held for every one of these batches. */
export interface PassedAudit {
  readonly model: string;
  readonly audit: string;
  readonly batches: number;
}

export interface AuditGroups {
  /** one a batch; those that stop a run first, then by the number of failed rows */
  readonly failed: readonly Audit[];
  readonly passed: readonly PassedAudit[];
}

/** A run checks each audit in each batch: what failed is shown one by one, what passed is summed up. */
export function groupAudits(audits: readonly Audit[]): AuditGroups {
  const failed = audits
    .filter(({ failedRows }) => failedRows > 0)
    .toSorted(
      (a, b) =>
        Number(b.blocking) - Number(a.blocking) ||
        b.failedRows - a.failedRows ||
        compareText(nameOf(a), nameOf(b)) ||
        compareText(a.batch, b.batch),
    );
  const passed = new Map<string, PassedAudit>();
  for (const one of audits) {
    if (one.failedRows > 0) continue;
    const { model, audit } = one;
    const before = passed.get(nameOf(one))?.batches ?? 0;
    passed.set(nameOf(one), { model, audit, batches: before + 1 });
  }
  return { failed, passed: [...passed.values()].toSorted((a, b) => compareText(nameOf(a), nameOf(b))) };
}

function nameOf({ model, audit }: { model: string; audit: string }): string {
  return `${model} ${audit}`;
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
