import { Icon } from '../../ui/icon';
import { Mark } from '../../ui/mark';
import styles from './history.module.css';
import { type Outcome, outcomeWords } from './record-words';

/** How a record ended, by sign and word. Success is quiet. */
export function OutcomeSign({ outcome }: { outcome: Outcome }) {
  const { title, sign } = outcomeWords[outcome];
  return (
    <span className={styles.outcome} data-outcome={outcome}>
      <span className={styles.sign}>
        {'icon' in sign ? <Icon name={sign.icon} size="small" /> : <Mark tone={sign.mark} />}
      </span>
      {title}
    </span>
  );
}
