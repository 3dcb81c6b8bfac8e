import styles from './skeleton.module.css';

/** Lines in the place of what loads; give it the number of lines that will come. */
export function Skeleton({
  lines = 3,
  height = 'row',
}: {
  lines?: number;
  height?: 'data' | 'row' | 'block';
}) {
  return (
    <div className={styles.skeleton} role="status" aria-label="Loading">
      {Array.from({ length: lines }, (_, line) => `line ${line}`).map((key) => (
        <i key={key} className={styles.line} data-height={height} />
      ))}
    </div>
  );
}
