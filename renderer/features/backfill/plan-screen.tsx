import { placeText } from '../../../shared/base/errors';
import type { PlanView } from '../../../shared/protocol/views/backfill';
import { type Planning, planFor } from '../../store/choices/planning';
import { refreshFacts } from '../../store/host';
import { useRun } from '../../store/runs';
import { Button } from '../../ui/button';
import { ProblemPanel } from '../../ui/problem-panel';
import { Skeleton } from '../../ui/skeleton';
import styles from './backfill.module.css';
import { BackfillFrame } from './backfill-frame';
import { putAside } from './choice';
import { NothingToFill } from './nothing-to-fill';
import { PlanCard } from './plan-card';
import { PlanPreview } from './plan-preview';
import { ProdLine } from './prod-line';
import { RefusedCard } from './refused-card';
import { TestsProblem } from './tests-problem';
import { usePlanActions } from './use-plan-actions';
import { type Planned, usePlanned } from './use-planned';
import { useStart } from './use-start';
import { batchesText, startLabel } from './words';

/** A plan before its start. */
export function PlanScreen({ planning }: { planning: Planning }) {
  const planned = usePlanned(planning);
  const { data, problem } = planned.plan;
  const leave = useLeave();
  if (problem) {
    return (
      <BackfillFrame
        card={<RefusedCard planned={planned} onLeave={leave} />}
        main={
          <ProblemPanel problem={{ ...problem, where: placeText(problem.place) }}>
            <Button size="small" icon="undo" onPress={() => refreshFacts(['graph'])}>
              Plan again
            </Button>
            <Button size="small" kind="quiet" onPress={leave}>
              Plan something else
            </Button>
          </ProblemPanel>
        }
      />
    );
  }
  if (!data) return <BackfillFrame card={<Skeleton lines={12} />} main={<Skeleton lines={8} />} />;
  return (
    <BackfillFrame
      card={<PlanCard plan={data} planned={planned} onLeave={leave} />}
      main={
        data.empty ? <NothingToFill plan={data} onLeave={leave} /> : <Ready plan={data} planned={planned} />
      }
    />
  );
}

/** The effect on its button, what it means for readers, and the steps that will be taken. */
function Ready({ plan, planned }: { plan: PlanView; planned: Planned }) {
  const start = useStart(plan, planned);
  const { control } = start;
  usePlanActions(plan, planned.line, start.run);
  const failing = plan.checks.find(({ status }) => status === 'fail');
  return (
    <>
      <header className={styles.headLine}>
        <h2 className={styles.state}>{failing ? 'Not ready' : 'Ready to start'}</h2>
        <span className={styles.far}>{batchesText(plan)}</span>
        <div className={styles.controls}>
          <Button
            kind="ink"
            icon="play"
            onPress={() => void start.run()}
            isDisabled={failing !== undefined || !planned.isCurrent || start.isBusy}
          >
            {failing ? `Check fails: ${failing.label}` : startLabel(plan)}
          </Button>
        </div>
      </header>
      {start.tests && <TestsProblem result={start.tests} onStart={() => void start.runAllTheSame()} />}
      {control.problem && (
        <div className={styles.problem}>
          <ProblemPanel problem={{ ...control.problem, where: placeText(control.problem.place) }}>
            <Button size="small" icon="undo" onPress={() => refreshFacts(['graph', 'run'])}>
              Plan again
            </Button>
          </ProblemPanel>
        </div>
      )}
      <ProdLine environment={plan.environment} isFirst={plan.baseRelease === null} />
      <PlanPreview plan={plan} />
    </>
  );
}

/** Back to the choice of what to plan, past a run that ended. */
function useLeave(): () => void {
  const { run } = useRun();
  return () => {
    if (run) putAside(run.id);
    planFor(null);
  };
}
