import styles from './histogram.module.css';

const FADE = 0.14;
/** smaller parts could not be seen */
const LEAST = 0.01;

/** Parts of one whole, the most frequent first; what is left over stands last and pale. */
export function Shares({ parts, label }: { parts: readonly number[]; label: string }) {
  const whole = parts.reduce((sum, part) => sum + part, 0);
  const seen = parts.filter((part, at) => at === parts.length - 1 || part >= whole * LEAST);
  const hidden = whole - seen.reduce((sum, part) => sum + part, 0);
  return (
    <div className={styles.shares} role="img" aria-label={label}>
      {seen.map((part, at) => (
        <i
          // biome-ignore lint/suspicious/noArrayIndexKey: a part is known by its rank alone.
          key={at}
          className={styles.part}
          data-last={at === seen.length - 1}
          style={{
            flexGrow: at === seen.length - 1 ? part + hidden : part,
            opacity: Math.max(0.3, 1 - at * FADE),
          }}
        />
      ))}
    </div>
  );
}
