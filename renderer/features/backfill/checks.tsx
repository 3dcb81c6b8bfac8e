import type { CheckView } from '../../../shared/protocol/views/backfill';
import { StatusMark } from '../../ui/status-mark';
import styles from './plan-card.module.css';

export function Checks({ checks }: { checks: readonly CheckView[] }) {
  return (
    <ul className={styles.checks}>
      {checks.map(({ id, label, detail, status }) => (
        <li key={id} className={styles.check} data-status={status}>
          <StatusMark status={status} />
          <span>
            {label}
            {detail && <span className={styles.detail}>: {detail}</span>}
          </span>
        </li>
      ))}
    </ul>
  );
}
