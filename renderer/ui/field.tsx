import type { ReactNode } from 'react';
import { Label, Text } from 'react-aria-components';
import { cx } from './cx';
import styles from './field.module.css';

/** The label above a control and a word below it; used inside React Aria fields, which tie them together. */
export function Field(props: { label: string; hideLabel?: boolean; note?: string; children: ReactNode }) {
  return (
    <>
      {!props.hideLabel && <Label className={cx(styles.label)}>{props.label}</Label>}
      {props.children}
      {props.note && (
        <Text slot="description" className={cx(styles.note)}>
          {props.note}
        </Text>
      )}
    </>
  );
}
