import { useMemo, useState } from 'react';
import { type Problem, toProblem } from '../../../shared/base/errors';
import type { PlanView, RunStatus } from '../../../shared/protocol/views/backfill';
import { planFor } from '../../store/choices/planning';
import { callHost } from '../../store/host';
import { putRun } from '../../store/runs';
import { chooseBatch, keepPlan } from './choice';

export interface RunControl {
  start(plan: PlanView): Promise<void>;
  pause(run: string): Promise<void>;
  resume(run: string): Promise<void>;
  stop(run: string): Promise<void>;
  readonly isBusy: boolean;
  readonly problem: Problem | undefined;
}

interface State {
  readonly isBusy: boolean;
  readonly problem: Problem | undefined;
}

/** The four commands of a run; each puts the status that it answers with in sight at once. */
export function useRunControl(): RunControl {
  const [state, setState] = useState<State>({ isBusy: false, problem: undefined });
  const commands = useMemo(() => {
    const carryOut = async (work: () => Promise<RunStatus>, then?: (run: RunStatus) => void) => {
      setState({ isBusy: true, problem: undefined });
      try {
        const run = await work();
        then?.(run);
        putRun(run);
        setState({ isBusy: false, problem: undefined });
      } catch (error) {
        setState({ isBusy: false, problem: toProblem(error) });
      }
    };
    return {
      start: (plan: PlanView) =>
        carryOut(
          () => callHost('backfill.start', { plan: plan.id }),
          (run) => {
            keepPlan(run.id, plan);
            planFor(null);
          },
        ),
      pause: (run: string) => carryOut(() => callHost('backfill.pause', { run })),
      resume: (run: string) =>
        carryOut(
          () => callHost('backfill.resume', { run }),
          () => chooseBatch(null),
        ),
      stop: (run: string) => carryOut(() => callHost('backfill.stop', { run })),
    };
  }, []);
  return { ...commands, ...state };
}
