import { useMemo } from 'react';
import type { PlanView } from '../../../shared/protocol/views/backfill';
import { type Action, useOfferActions } from '../../store/actions';
import type { RunControl } from './use-run-control';
import { startLabel } from './words';

/** The start of the plan in sight. */
export function usePlanActions(plan: PlanView, { start }: RunControl): void {
  const actions = useMemo((): readonly Action[] => {
    const { briefFile, environment } = plan;
    const line = briefFile ? `teal backfill ${briefFile}` : `teal plan ${environment} --auto-apply`;
    return [
      {
        id: 'backfill.start',
        command: 'backfill.start',
        title: startLabel(plan),
        group: 'Backfill',
        icon: 'play',
        line,
        run: () => void start(plan),
        isAvailable: () => plan.checks.every(({ status }) => status !== 'fail'),
      },
    ];
  }, [plan, start]);
  useOfferActions(actions);
}
