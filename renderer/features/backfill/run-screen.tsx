import { placeText } from '../../../shared/base/errors';
import type { PlanView, RunStatus } from '../../../shared/protocol/views/backfill';
import { ProblemPanel } from '../../ui/problem-panel';
import { ProgressBar } from '../../ui/progress-bar';
import { FailingRows } from '../quality/quality';
import styles from './backfill.module.css';
import { BackfillFrame } from './backfill-frame';
import { BatchDetail } from './batch-detail';
import { chooseFailed, putAside, useBackfillChoice } from './choice';
import { findBatch } from './found-batch';
import { Gauges } from './gauges';
import { GridPane } from './grid-pane';
import { LastBatches } from './last-batches';
import { PlanCard } from './plan-card';
import { ProdLine } from './prod-line';
import { RunCard } from './run-card';
import { RunFindings } from './run-findings';
import { RunHead } from './run-head';
import { useRunActions } from './use-run-actions';
import { useRunControl } from './use-run-control';
import { batchesWords } from './words';

/** A run under way, or one that ended: how far it is, where, and what became of each batch. */
export function RunScreen({ run, plan }: { run: RunStatus; plan: PlanView | undefined }) {
  const control = useRunControl();
  useRunActions(run, control);
  const goesOn = run.status === 'running' || run.status === 'paused';
  const leave = goesOn ? {} : { onLeave: () => putAside(run.id) };
  return (
    <BackfillFrame
      card={plan ? <PlanCard plan={plan} run={run} {...leave} /> : <RunCard run={run} {...leave} />}
      main={
        <>
          <RunHead run={run} control={control} />
          <div className={styles.progress}>
            <ProgressBar
              label={batchesWords(run)}
              share={run.batchesTotal === 0 ? 1 : run.batchesDone / run.batchesTotal}
              tone={run.status === 'failed' ? 'red' : 'shadow'}
            />
          </div>
          {control.problem && (
            <div className={styles.problem}>
              <ProblemPanel problem={{ ...control.problem, where: placeText(control.problem.place) }} />
            </div>
          )}
          {goesOn && run.environment === 'prod' && (
            <ProdLine environment={run.environment} isFirst={plan?.baseRelease === null} />
          )}
          <RunFindings run={run} />
          <Gauges run={run} />
          <GridPane run={run} />
          <Below run={run} control={control} />
        </>
      }
    />
  );
}

function Below({ run, control }: { run: RunStatus; control: ReturnType<typeof useRunControl> }) {
  const chosen = useBackfillChoice(({ batch }) => batch);
  const failed = useBackfillChoice((choice) => choice.failed);
  const found = findBatch(run, chosen);
  const looked = failed?.run === run.id ? failed : null;
  return (
    <div className={styles.below} data-single={found === undefined && !looked}>
      {looked ? (
        <FailingRows
          key={`${looked.model} ${looked.audit}`}
          failed={looked}
          onClose={() => chooseFailed(null)}
        />
      ) : (
        found && <BatchDetail run={run} found={found} control={control} />
      )}
      <LastBatches run={run} hint={found ? '' : 'Choose a cell above to see a batch and its SQL'} />
    </div>
  );
}
