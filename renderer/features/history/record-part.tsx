import type { ReactNode } from 'react';
import styles from './history.module.css';

/** A part of a record under its title, with a word at the end of the line. */
export function RecordPart(props: { title: string; note: string; children: ReactNode }) {
  return (
    <section className={styles.part} aria-label={props.title}>
      <h3 className={styles.partTitle}>
        {props.title}
        <span className={styles.partNote}>{props.note}</span>
      </h3>
      {props.children}
    </section>
  );
}
