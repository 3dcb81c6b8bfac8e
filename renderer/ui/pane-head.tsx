import type { ReactNode } from 'react';
import styles from './pane-head.module.css';

/** The head of a pane, 36 high: its title, a word in grey, controls at the end. */
export function PaneHead(props: { title: ReactNode; note?: ReactNode; end?: ReactNode; hasRule?: boolean }) {
  return (
    <header className={styles.head} data-rule={props.hasRule}>
      <h2 className={styles.title}>{props.title}</h2>
      {props.note && <span className={styles.note}>{props.note}</span>}
      {props.end && <div className={styles.end}>{props.end}</div>}
    </header>
  );
}
