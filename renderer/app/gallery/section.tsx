import type { ReactNode } from 'react';
import styles from './gallery.module.css';

/** A primitive by its name, with its states. */
export interface Exhibit {
  readonly of: string;
  readonly render: () => ReactNode;
}

/** One state of a primitive, and what it is. */
export function Specimen(props: { title: string; isWide?: boolean; height?: number; children: ReactNode }) {
  const { height } = props;
  return (
    <figure className={styles.specimen} data-wide={props.isWide ?? false}>
      <div className={styles.stage} {...(height === undefined ? {} : { style: { height } })}>
        {props.children}
      </div>
      <figcaption className={styles.caption}>{props.title}</figcaption>
    </figure>
  );
}

/** Draws the ring of the focus around a control that does not have it. */
export function AsFocused({ children }: { children: ReactNode }) {
  return <div className={styles.focused}>{children}</div>;
}
