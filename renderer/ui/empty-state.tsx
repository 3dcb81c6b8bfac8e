import type { ReactNode } from 'react';
import styles from './empty-state.module.css';
import { Icon, type IconName } from './icon';

/** What an empty place says: what is missing, and the next step as its children. */
export function EmptyState(props: {
  icon?: IconName;
  title: string;
  text?: ReactNode;
  children?: ReactNode;
}) {
  return (
    <div className={styles.empty}>
      {props.icon && (
        <span className={styles.icon}>
          <Icon name={props.icon} size="large" />
        </span>
      )}
      <h2>{props.title}</h2>
      {props.text && <p className={styles.text}>{props.text}</p>}
      {props.children && <div className={styles.steps}>{props.children}</div>}
    </div>
  );
}
