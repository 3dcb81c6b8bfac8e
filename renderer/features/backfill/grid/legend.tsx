import type { BatchState } from '../../../../shared/protocol/views/backfill';
import styles from './grid.module.css';
import { SvgCells } from './painters';

const STATES: readonly (readonly [BatchState, string])[] = [
  ['done', 'Filled'],
  ['running', 'Running'],
  ['queued', 'Queued'],
  ['waiting', 'Not started'],
  ['failed', 'Failed'],
  ['stopped', 'Stopped'],
];

const PITCH = 13;

/** What the cells of the grid mean; failures and stops only where there are some. */
export function Legend({ states }: { states: ReadonlySet<BatchState> }) {
  const shown = STATES.filter(([state]) => (state !== 'failed' && state !== 'stopped') || states.has(state));
  return (
    <ul className={styles.legend}>
      {shown.map(([state, name]) => (
        <li key={state} className={styles.legendItem}>
          <SvgCells cells={[sample(state)]} pitch={PITCH} width={PITCH - 1} />
          {name}
        </li>
      ))}
    </ul>
  );
}

function sample(state: BatchState) {
  return { first: 0, end: 1, state, done: state === 'done' ? 1 : 0, batches: [0] };
}
