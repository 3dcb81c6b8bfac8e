import type { ReactNode } from 'react';
import { Split } from '../../ui/split';
import styles from './backfill.module.css';

const CARD = 384;

/** The card of the plan beside what happens to it. */
export function BackfillFrame({ card, main }: { card: ReactNode; main: ReactNode }) {
  return (
    <Split
      id="backfill"
      panels={[
        {
          id: 'plan',
          size: CARD,
          minSize: 280,
          maxSize: 560,
          isFixed: true,
          stackHeight: 380,
          content: (
            <section className={styles.card} aria-label="Plan">
              {card}
            </section>
          ),
        },
        {
          id: 'main',
          minSize: 400,
          stackHeight: 640,
          content: (
            <section className={styles.main} aria-label="Run">
              {main}
            </section>
          ),
        },
      ]}
    />
  );
}
