import { useCallback, useState } from 'react';
import type { PlanView } from '../../../shared/protocol/views/backfill';
import type { TestResult } from '../../../shared/protocol/views/quality';
import { chooseEnvironment } from '../../store/choices/environment';
import { useCommand } from '../../store/use-command';
import type { Planned } from './use-planned';
import { type RunControl, useRunControl } from './use-run-control';

export interface Start {
  /** runs the unit tests, and then the plan where they pass */
  readonly run: () => Promise<void>;
  readonly runAllTheSame: () => Promise<void>;
  readonly isBusy: boolean;
  /** tests that stopped the start */
  readonly tests: TestResult | undefined;
  readonly control: RunControl;
}

/** The start of a plan, as SQLMesh does it: unit tests first. A backfill file is started without, as it changes no model. */
export function useStart(plan: PlanView, planned: Planned): Start {
  const control = useRunControl();
  const tests = useCommand('test.run', { notice: true });
  const [failed, setFailed] = useState<TestResult>();
  const { start } = control;
  const isTested = plan.briefFile === null && !planned.options.skipTests;
  const runTests = tests.run;
  const runAllTheSame = useCallback(async () => {
    setFailed(undefined);
    if (plan.environment !== 'prod') chooseEnvironment(plan.environment);
    await start(plan);
  }, [plan, start]);
  const run = useCallback(async () => {
    if (isTested) {
      const ran = await runTests({});
      if (!ran.ok) return;
      const { failed: wrong, errors } = ran.value;
      if (wrong.length + errors.length > 0) {
        setFailed(ran.value);
        return;
      }
    }
    await runAllTheSame();
  }, [isTested, runTests, runAllTheSame]);
  return { run, runAllTheSame, isBusy: control.isBusy || tests.running, tests: failed, control };
}
