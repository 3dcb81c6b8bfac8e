import styles from './histogram.module.css';

const FADE = 0.14;

/** Parts of one whole, the most frequent first; what is left over stands last and pale. */
export function Shares({ parts, label }: { parts: readonly number[]; label: string }) {
  return (
    <div className={styles.shares} role="img" aria-label={label}>
      {parts.map((part, at) => (
        <i
          key={at}
          className={styles.part}
          data-last={at === parts.length - 1}
          style={{ flexGrow: part, opacity: Math.max(0.3, 1 - at * FADE) }}
        />
      ))}
    </div>
  );
}
