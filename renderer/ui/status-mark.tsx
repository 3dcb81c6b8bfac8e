import { Icon } from './icon';
import { Mark } from './mark';
import styles from './status-mark.module.css';
import text from './text.module.css';

export type Status = 'pass' | 'look' | 'fail';

const WORDS: Readonly<Record<Status, string>> = { pass: 'Passed', look: 'Look here', fail: 'Failed' };

/** What came of a check: a quiet tick, an amber triangle, a red square; the word is said to screen readers. */
export function StatusMark({ status }: { status: Status }) {
  return (
    <span className={styles.mark}>
      {status === 'pass' ? (
        <Icon name="check" size="small" />
      ) : (
        <Mark tone={status === 'look' ? 'amber' : 'red'} />
      )}
      <span className={text.hidden}>{WORDS[status]}: </span>
    </span>
  );
}
