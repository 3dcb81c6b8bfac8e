import { useCallback } from 'react';
import type { RunStatus } from '../../../shared/protocol/views/backfill';
import { planFor } from '../../store/choices/planning';
import { useFact } from '../../store/use-fact';
import { useBackfillChoice } from './choice';

/** Plans what a run was of from the files as they are now: its backfill file where it had one, else its environment. */
export function usePlanAgain({ id, kind, environment }: RunStatus): () => void {
  const plan = useBackfillChoice(({ plans }) => plans[id]);
  const briefs = useFact('plan.briefs', {}).data?.briefs;
  const own = plan?.briefFile ?? briefs?.find((candidate) => candidate.environment === environment)?.file;
  const brief = kind === 'backfill' ? own : undefined;
  return useCallback(
    () => planFor({ environment, ...(brief === undefined ? {} : { brief }) }),
    [environment, brief],
  );
}
