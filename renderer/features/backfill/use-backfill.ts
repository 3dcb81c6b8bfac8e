import type { Problem } from '../../../shared/base/errors';
import type { PlanView, RunStatus } from '../../../shared/protocol/views/backfill';
import { type Planning, usePlanning } from '../../store/choices/planning';
import { useRun } from '../../store/runs';
import { useBackfillChoice } from './choice';

/** What the room shows: a run, a plan before its start, or the choice of what to plan. */
export type BackfillView =
  | { readonly kind: 'loading' }
  | { readonly kind: 'problem'; readonly problem: Problem }
  | { readonly kind: 'run'; readonly run: RunStatus; readonly plan: PlanView | undefined }
  | { readonly kind: 'plan'; readonly planning: Planning }
  | { readonly kind: 'pick' };

/** A run under way comes before everything; one that ended gives way to a new plan. */
export function useBackfill(): BackfillView {
  const { run, problem } = useRun();
  const { plans, aside } = useBackfillChoice();
  const planning = usePlanning((choice) => choice.planning);
  const isActive = run?.status === 'running' || run?.status === 'paused';
  if (run === undefined) return problem ? { kind: 'problem', problem } : { kind: 'loading' };
  if (planning && !isActive) return { kind: 'plan', planning };
  if (run && (isActive || run.id !== aside)) return { kind: 'run', run, plan: plans[run.id] };
  return { kind: 'pick' };
}
