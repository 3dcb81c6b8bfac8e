import type { SourceDetail } from '../../../shared/protocol/views/raw';
import { formatMinute } from '../../ui/format';
import { Icon } from '../../ui/icon';
import { Mark } from '../../ui/mark';
import styles from './drift-notes.module.css';

/** What differs from the snapshot before; `most` cuts the list. */
export function DriftNotes({ detail, most }: { detail: SourceDetail; most?: number }) {
  const { drift, snapshots } = detail;
  const before = snapshots.find(({ current }) => !current);
  const shown = drift.slice(0, most ?? drift.length);
  return (
    <div className={styles.drift}>
      <h3 className={styles.title}>
        Schema drift
        <span className={styles.since}>{before ? `since ${formatMinute(before.createdAt)}` : ''}</span>
      </h3>
      {!before && <p className={styles.note}>This is the first snapshot; the next one is held against it.</p>}
      {before && drift.length === 0 && <p className={styles.note}>Nothing differs.</p>}
      <ul className={styles.list}>
        {shown.map(({ level, text }) => (
          <li key={text} className={styles.note}>
            {level === 'look' ? <Mark tone="amber" /> : <Icon name="check" size="small" />}
            <span>{text}</span>
          </li>
        ))}
      </ul>
      {shown.length < drift.length && (
        <p className={styles.note}>and {drift.length - shown.length} more under Drift</p>
      )}
    </div>
  );
}
