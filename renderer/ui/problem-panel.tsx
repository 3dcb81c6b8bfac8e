import type { ReactNode } from 'react';
import styles from './problem-panel.module.css';

export interface ProblemText {
  readonly message: string;
  /** as the reader finds it: `models/a.sql:3:7, 2025-02-01` */
  readonly where?: string | undefined;
  readonly kept?: string | undefined;
  readonly remedy?: string | undefined;
}

/** A failure in four lines: what, where, what was kept safe, what next; controls to try again as children. */
export function ProblemPanel(props: { problem: ProblemText; children?: ReactNode }) {
  const { message, where, kept, remedy } = props.problem;
  return (
    <div className={styles.panel} role="alert">
      <dl className={styles.facts}>
        <dt>What</dt>
        <dd className={styles.what}>{message}</dd>
        {where && <dt>Where</dt>}
        {where && <dd className={styles.where}>{where}</dd>}
        {kept && <dt>Kept safe</dt>}
        {kept && <dd>{kept}</dd>}
        {remedy && <dt>Next</dt>}
        {remedy && <dd>{remedy}</dd>}
      </dl>
      {props.children && <div className={styles.steps}>{props.children}</div>}
    </div>
  );
}
