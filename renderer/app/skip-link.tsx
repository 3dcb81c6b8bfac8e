import styles from './app.module.css';

/** The id of the window's main part. */
export const MAIN = 'main';

/** The first tab stop: past the title bar and the rail, to the room. In sight only while it has the focus. */
export function SkipLink() {
  return (
    <a
      className={styles.skip}
      href={`#${MAIN}`}
      onClick={(event) => {
        // The address keeps the window's token after its hash.
        event.preventDefault();
        document.getElementById(MAIN)?.focus();
      }}
    >
      Skip to the room
    </a>
  );
}
