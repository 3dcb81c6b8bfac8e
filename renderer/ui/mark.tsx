import styles from './mark.module.css';

export type MarkTone = 'live' | 'shadow' | 'amber' | 'red' | 'none';

/** A state by shape and colour: circle, diamond, triangle, square, ring. The text beside it says the same. */
export function Mark({ tone }: { tone: MarkTone }) {
  return <i className={styles.mark} data-tone={tone} aria-hidden="true" />;
}
