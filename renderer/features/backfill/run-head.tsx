import { useId } from 'react';
import type { RunStatus } from '../../../shared/protocol/views/backfill';
import { useConnectionState } from '../../store/host';
import { Button } from '../../ui/button';
import { Mark, type MarkTone } from '../../ui/mark';
import styles from './backfill.module.css';
import { goToCompare, goToRelease, goToSwap } from './next-steps';
import { usePlanAgain } from './use-plan-again';
import type { RunControl } from './use-run-control';
import { batchesWords, runWords } from './words';

const MARKS: Readonly<Record<RunStatus['status'], MarkTone>> = {
  running: 'shadow',
  paused: 'none',
  stopped: 'none',
  done: 'shadow',
  failed: 'red',
  interrupted: 'amber',
};

/** The state of a run in words, how far it is, and what can be done with it. */
export function RunHead({ run, control }: { run: RunStatus; control: RunControl }) {
  const isLive = run.status === 'done' && run.environment === 'prod';
  return (
    <header className={styles.headLine}>
      <h2 className={styles.state}>
        <Mark tone={isLive ? 'live' : MARKS[run.status]} />
        {runWords(run)}
      </h2>
      <span className={styles.far}>{batchesWords(run)}</span>
      <div className={styles.controls}>
        {run.status === 'done' ? <NextSteps run={run} /> : <Controls run={run} control={control} />}
      </div>
    </header>
  );
}

/** A resume carries out the plan as it was pinned; files that were mended since want a new one. */
function Controls({ run, control }: { run: RunStatus; control: RunControl }) {
  const planAgain = usePlanAgain(run);
  const whyId = useId();
  const isLost = useConnectionState().kind !== 'open';
  // One at a time; a button that was disabled meanwhile would lose the focus.
  const once = (act: () => Promise<void>) => (): void => {
    if (!control.isBusy) void act();
  };
  const { status, id } = run;
  const reason = isLost ? { describedBy: whyId } : {};
  const goesOn = status === 'running' || status === 'paused';
  return (
    <>
      {goesOn && (
        <Button
          icon="pause"
          onPress={once(() => control.pause(id))}
          isDisabled={status !== 'running' || isLost}
          {...reason}
        >
          Pause
        </Button>
      )}
      <Button
        icon="play"
        kind={goesOn ? 'plain' : 'ink'}
        onPress={once(() => control.resume(id))}
        isDisabled={status === 'running' || isLost}
        {...reason}
      >
        Resume
      </Button>
      {status === 'failed' && <Button onPress={planAgain}>Plan again</Button>}
      {goesOn && (
        <Button icon="stop" onPress={once(() => control.stop(id))} isDisabled={isLost} {...reason}>
          Stop, keep what is filled
        </Button>
      )}
      {isLost && (
        <span id={whyId} className={styles.why}>
          Not while the connection is lost
        </span>
      )}
    </>
  );
}

function NextSteps({ run }: { run: RunStatus }) {
  if (run.environment === 'prod') {
    return (
      <Button kind="ink" icon="releases" onPress={() => goToRelease(run.release)}>
        {run.release === null ? 'Look at the releases' : `Look at release ${run.release}`}
      </Button>
    );
  }
  return (
    <>
      <Button icon="swap" onPress={() => goToSwap(run.environment)}>
        Go to the swap
      </Button>
      <Button kind="ink" icon="compare" onPress={() => goToCompare(run.environment)}>
        Compare with prod
      </Button>
    </>
  );
}
