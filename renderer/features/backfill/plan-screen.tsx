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
import { usePlanActions } from './use-plan-actions';
import { type Planned, usePlanned } from './use-planned';
import { useRunControl } from './use-run-control';
import { batchesText, startLabel } from './words';

/** A plan before its start. */
export function PlanScreen({ planning }: { planning: Planning }) {
  const planned = usePlanned(planning);
  const { data, problem } = planned.plan;
  const leave = useLeave();
  if (problem) {
    return (
      <BackfillFrame
        card={
          <ProblemPanel problem={{ ...problem, where: placeText(problem.place) }}>
            <Button size="small" icon="undo" onPress={() => refreshFacts(['graph'])}>
              Plan again
            </Button>
            <Button size="small" kind="quiet" onPress={leave}>
              Plan something else
            </Button>
          </ProblemPanel>
        }
        main={null}
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
  const control = useRunControl();
  usePlanActions(plan, control);
  const failing = plan.checks.find(({ status }) => status === 'fail');
  const isStale = planned.plan.loading;
  return (
    <>
      <header className={styles.headLine}>
        <h2 className={styles.state}>Ready to start</h2>
        <span className={styles.far}>{batchesText(plan)}</span>
        <div className={styles.controls}>
          <Button
            kind="ink"
            icon="play"
            onPress={() => void control.start(plan)}
            isDisabled={failing !== undefined || isStale || control.isBusy}
          >
            {failing ? `Check fails: ${failing.label}` : startLabel(plan)}
          </Button>
        </div>
      </header>
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
