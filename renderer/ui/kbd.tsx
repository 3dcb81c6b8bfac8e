import styles from './kbd.module.css';
import { keyNames } from './keys';

/** A key or a chord as key caps: `Mod+Shift+C`, `Enter`. */
export function Kbd({ keys }: { keys: string }) {
  return (
    <span className={styles.chord}>
      {keyNames(keys).map((name) => (
        <kbd key={name} className={styles.cap}>
          {name}
        </kbd>
      ))}
    </span>
  );
}
