import type { ReactNode } from 'react';
import { Toolbar as AriaToolbar } from 'react-aria-components';
import { cx } from './cx';
import styles from './toolbar.module.css';

/** A line of controls, 40 high: one tab stop, arrow keys inside. `end` stands at the right. */
export function Toolbar(props: { label: string; children: ReactNode; end?: ReactNode; className?: string }) {
  return (
    <AriaToolbar className={cx(styles.toolbar, props.className)} aria-label={props.label}>
      {props.children}
      {props.end && <div className={styles.end}>{props.end}</div>}
    </AriaToolbar>
  );
}
