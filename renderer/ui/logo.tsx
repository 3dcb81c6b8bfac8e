import styles from './logo.module.css';

/** The brand mark: a blue and a green square; where they meet is teal. */
export function Logo({ size = 20 }: { size?: number }) {
  return (
    <svg className={styles.logo} width={size} height={size} viewBox="0 0 20 20" aria-hidden="true">
      <rect className={styles.first} x="1" y="1" width="12" height="12" rx="3" />
      <rect className={styles.second} x="7" y="7" width="12" height="12" rx="3" />
      <path className={styles.both} d="M7 10a3 3 0 013-3h3v3a3 3 0 01-3 3H7z" />
    </svg>
  );
}
