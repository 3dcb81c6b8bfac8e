import type { CallProgress } from '../../store/use-command';
import { formatCount } from '../../ui/format';
import { ProgressBar } from '../../ui/progress-bar';
import styles from './compare-head.module.css';

/** How far a comparison is. */
export function CompareProgress({ progress }: { progress: CallProgress | undefined }) {
  const { text = 'Comparing', done = null, total = null } = progress ?? {};
  const isKnown = done !== null && total !== null && total > 0;
  return (
    <div className={styles.progress}>
      <span className={styles.progressText}>
        <span className={styles.clip}>{text}</span>
        {isKnown && (
          <span className={styles.of}>
            {formatCount(done)} of {formatCount(total)}
          </span>
        )}
      </span>
      <ProgressBar label="Comparing" share={isKnown ? done / total : null} />
    </div>
  );
}
