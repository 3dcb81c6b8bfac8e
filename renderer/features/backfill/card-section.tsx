import type { ReactNode } from 'react';
import styles from './plan-card.module.css';

/** A part of the card: its name, a word in grey at the right, its content. */
export function CardSection(props: { title: string; note?: string; children: ReactNode }) {
  return (
    <section className={styles.section}>
      <header className={styles.sectionHead}>
        <h3 className={styles.sectionTitle}>{props.title}</h3>
        {props.note && <span className={styles.note}>{props.note}</span>}
      </header>
      {props.children}
    </section>
  );
}
