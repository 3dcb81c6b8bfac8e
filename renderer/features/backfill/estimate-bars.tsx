import type { PlanView, RunStatus } from '../../../shared/protocol/views/backfill';
import { formatBytes, formatCount, formatSeconds } from '../../ui/format';
import styles from './estimate-bars.module.css';

interface Measure {
  readonly name: string;
  readonly expected: number | null;
  readonly error: number;
  readonly actual: number | null;
  readonly format: (value: number) => string;
}

/** Where the estimate stands on the line, so that a run that takes longer still fits. */
const MIDDLE = 0.78;

/** What recorded runs let expect, as a point with its error; what the run used so far as a bar under it. */
export function EstimateBars({ plan, run }: { plan: PlanView; run: RunStatus | undefined }) {
  const { seconds, errorSeconds, rows, bytes } = plan.estimate;
  const measures: readonly Measure[] = [
    {
      name: 'Time',
      expected: seconds,
      error: errorSeconds ?? 0,
      actual: run?.elapsedSeconds ?? null,
      format: formatSeconds,
    },
    { name: 'Rows', expected: rows, error: 0, actual: run?.rows ?? null, format: formatCount },
    { name: 'Disk', expected: bytes, error: 0, actual: null, format: formatBytes },
  ];
  return (
    <dl className={styles.bars}>
      {measures.map((measure) => (
        <div key={measure.name} className={styles.measure}>
          <dt className={styles.name}>{measure.name}</dt>
          <dd className={styles.track}>
            <Line measure={measure} />
          </dd>
          <dd className={styles.value}>{valueText(measure)}</dd>
        </div>
      ))}
    </dl>
  );
}

function Line({ measure: { expected, error, actual } }: { measure: Measure }) {
  const scale =
    Math.max(expected === null ? 0 : expected / MIDDLE, (expected ?? 0) + error, actual ?? 0) || 1;
  const at = (value: number): string => `${Math.max(0, Math.min(100, (value / scale) * 100)).toFixed(1)}%`;
  return (
    <span className={styles.line} aria-hidden="true">
      {expected !== null && actual !== null && <i className={styles.actual} style={{ width: at(actual) }} />}
      {expected !== null && error > 0 && (
        <i
          className={styles.error}
          style={{ left: at(expected - error), right: `calc(100% - ${at(expected + error)})` }}
        />
      )}
      {expected !== null && <i className={styles.point} style={{ left: at(expected) }} />}
    </span>
  );
}

function valueText({ expected, error, actual, format }: Measure): string {
  if (actual !== null) return expected === null ? format(actual) : `${format(actual)} of ${format(expected)}`;
  if (expected === null) return 'not measured yet';
  return error > 0 ? withError(expected, error, format) : format(expected);
}

/** Seconds say their error in seconds: `4.1 ±0.6 s`. */
function withError(expected: number, error: number, format: Measure['format']): string {
  if (expected < 1 || expected >= 60) return `${format(expected)} ±${format(error)}`;
  return `${expected.toFixed(1)} ±${error.toFixed(1)} s`;
}
