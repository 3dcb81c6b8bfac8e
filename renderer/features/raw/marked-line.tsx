import { markLine } from './mark-line';
import styles from './raw.module.css';

/** A raw line with its bad part marked. */
export function MarkedLine(props: { line: { raw: string; start: number; end: number }; letters: number }) {
  const { before, bad, after } = markLine(props.line, props.letters);
  return (
    <span className={styles.rawLine} title={props.line.raw}>
      {before}
      {bad && <mark className={styles.bad}>{bad}</mark>}
      {after}
    </span>
  );
}
