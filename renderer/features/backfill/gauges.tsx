import type { ReactNode } from 'react';
import type { RunStatus } from '../../../shared/protocol/views/backfill';
import { countOf, formatBytes, formatCount, formatSeconds } from '../../ui/format';
import styles from './gauges.module.css';
import { useRunLog } from './run-log';
import { Sparkline } from './sparkline';

/** Five figures of a run and how they went. */
export function Gauges({ run }: { run: RunStatus }) {
  const { samples } = useRunLog(run.id);
  const goesOn = run.status === 'running' || run.status === 'paused';
  const { passed, failed } = run.audits;
  return (
    <dl className={styles.gauges}>
      <Gauge
        name="Rate"
        value={run.rowsPerSecond === null ? '–' : formatCount(run.rowsPerSecond)}
        note="rows/s"
      >
        <Sparkline values={samples.map(({ rate }) => rate)} />
      </Gauge>
      {goesOn ? (
        <Gauge
          name="Left"
          value={run.secondsLeft === null ? '–' : formatSeconds(run.secondsLeft)}
          note={leftNote(run)}
        >
          <Sparkline values={samples.map(({ left }) => left)} />
        </Gauge>
      ) : (
        <Gauge name="Time" value={formatSeconds(run.elapsedSeconds)} note="spent running">
          <Sparkline values={samples.map(({ elapsed }) => elapsed)} />
        </Gauge>
      )}
      <Gauge
        name="Rows filled"
        value={formatCount(run.rows)}
        note={run.rowsExpected === null ? '' : `of ${formatCount(run.rowsExpected)}`}
      >
        <Sparkline values={samples.map(({ rows }) => rows)} tone="shadow" top={run.rowsExpected ?? 0} />
      </Gauge>
      <Gauge
        name="Memory"
        value={formatBytes(run.memoryBytes)}
        note={`of ${formatBytes(run.memoryLimitBytes)}`}
      >
        <Sparkline values={samples.map(({ memory }) => memory)} top={run.memoryLimitBytes} />
      </Gauge>
      <Gauge
        name="Failed"
        isBad={run.status === 'failed'}
        value={formatCount(run.failures.length)}
        note={run.failures.length === 1 ? 'batch' : 'batches'}
      >
        <span className={styles.note}>
          {failed > 0 ? `${countOf(failed, 'audit')} failed` : `${countOf(passed, 'audit')} passed`}
        </span>
      </Gauge>
    </dl>
  );
}

function Gauge(props: { name: string; value: string; note: string; isBad?: boolean; children: ReactNode }) {
  return (
    <div className={styles.gauge}>
      <dt className={styles.name}>{props.name}</dt>
      <dd className={styles.value} data-bad={props.isBad}>
        {props.value}
        <small className={styles.small}>{props.note}</small>
      </dd>
      <dd className={styles.chart}>{props.children}</dd>
    </div>
  );
}

function leftNote(run: RunStatus): string {
  return run.secondsLeft === null ? 'not known yet' : `after ${formatSeconds(run.elapsedSeconds)}`;
}
