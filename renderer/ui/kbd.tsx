import styles from './kbd.module.css';
import { keyNames } from './keys';

/** A key or a chord as key caps: `Mod+Shift+C`, `Enter`; `isOneCap` writes the chord on a single cap. */
export function Kbd({ keys, isOneCap = false }: { keys: string; isOneCap?: boolean }) {
  const names = isOneCap ? [keyNames(keys).join(' ')] : keyNames(keys);
  return (
    <span className={styles.chord}>
      {names.map((name) => (
        <kbd key={name} className={styles.cap}>
          {name}
        </kbd>
      ))}
    </span>
  );
}
