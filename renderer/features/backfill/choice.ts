import { create } from 'zustand';
import type { PlanView } from '../../../shared/protocol/views/backfill';
import type { FailedAudit } from '../quality/quality';
import type { BatchChoice } from './grid/use-grid-cursor';

interface BackfillChoice {
  /** the plans that runs were started from here, by run */
  readonly plans: Readonly<Record<string, PlanView>>;
  /** a run that ended and was put away to plan something else */
  readonly aside: string | null;
  readonly batch: BatchChoice | null;
  /** the audit whose failing rows are looked at */
  readonly failed: FailedAudit | null;
}

export const useBackfillChoice = create<BackfillChoice>(() => ({
  plans: {},
  aside: null,
  batch: null,
  failed: null,
}));

export function keepPlan(run: string, plan: PlanView): void {
  useBackfillChoice.setState(({ plans }) => ({
    plans: { ...plans, [run]: plan },
    aside: null,
    batch: null,
    failed: null,
  }));
}

export function putAside(run: string): void {
  useBackfillChoice.setState({ aside: run });
}

export function chooseBatch(batch: BatchChoice | null): void {
  useBackfillChoice.setState({ batch, failed: null });
}

/** Shows the rows that failed an audit, in place of a batch. */
export function chooseFailed(failed: FailedAudit | null): void {
  useBackfillChoice.setState({ failed });
}
