import { useMemo } from 'react';
import type { PlanView } from '../../../shared/protocol/views/backfill';
import { type Action, useOfferActions } from '../../store/actions';
import { startLabel } from './words';

/** The start of the plan in sight. */
export function usePlanActions(plan: PlanView, line: string, start: () => Promise<void>): void {
  const actions = useMemo((): readonly Action[] => {
    return [
      {
        id: 'backfill.start',
        command: 'backfill.start',
        title: startLabel(plan),
        group: 'Backfill',
        icon: 'play',
        line,
        run: () => void start(),
        isAvailable: () => plan.checks.every(({ status }) => status !== 'fail'),
      },
    ];
  }, [plan, line, start]);
  useOfferActions(actions);
}
