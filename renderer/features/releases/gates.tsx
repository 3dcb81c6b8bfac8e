import type { Gate } from '../../../shared/protocol/views/release';
import { goTo } from '../../store/choices/room';
import { Button } from '../../ui/button';
import { StatusMark } from '../../ui/status-mark';
import styles from './gates.module.css';

const WORDS: Readonly<Record<Gate['status'], string>> = { pass: 'passed', look: 'look here', fail: 'failed' };

/** What must hold before a swap; a failing one says what to do about it. */
export function Gates({ gates }: { gates: readonly Gate[] }) {
  return (
    <ul className={styles.gates} aria-label="Gates">
      {gates.map((gate) => (
        <li key={gate.id} className={styles.gate} data-status={gate.status}>
          <StatusMark status={gate.status} />
          <span className={styles.name}>{gate.label}</span>
          <span className={styles.detail} title={gate.detail}>
            {gate.detail}
          </span>
          <Remedy gate={gate} />
          {gate.remedy && <span className={styles.remedy}>{gate.remedy}</span>}
        </li>
      ))}
    </ul>
  );
}

function Remedy({ gate: { id, status } }: { gate: Gate }) {
  if (status !== 'pass' && id === 'compared') {
    return (
      <Button size="small" kind="quiet" onPress={() => goTo('compare')}>
        Compare
      </Button>
    );
  }
  if (status === 'fail' && (id === 'filled' || id === 'base')) {
    return (
      <Button size="small" kind="quiet" onPress={() => goTo('backfill')}>
        Go to the backfill
      </Button>
    );
  }
  return <span className={styles.word}>{WORDS[status]}</span>;
}
