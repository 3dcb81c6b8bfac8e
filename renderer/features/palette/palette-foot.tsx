import { Kbd } from '../../ui/kbd';
import styles from './palette.module.css';

const PREFIXES = [
  ['>', 'commands'],
  ['#', 'models'],
  ['@', 'releases'],
] as const;

export function PaletteFoot({ verb }: { verb: 'run' | 'copy' }) {
  return (
    <div className={styles.foot}>
      <span className={styles.hint}>
        <Kbd keys="Enter" />
        {verb}
      </span>
      <span className={styles.hint}>
        <Kbd keys="Mod+C" />
        copy command line
      </span>
      <span className={styles.prefixes}>
        {PREFIXES.map(([prefix, text]) => (
          <span key={prefix}>
            <b>{prefix}</b> {text}
          </span>
        ))}
      </span>
    </div>
  );
}
