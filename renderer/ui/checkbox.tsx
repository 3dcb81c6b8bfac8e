import type { ReactNode } from 'react';
import { Checkbox as AriaCheckbox } from 'react-aria-components';
import styles from './checkbox.module.css';
import { cx } from './cx';
import { Icon } from './icon';

/** One of several things that can each be taken. The children are its label. */
export function Checkbox(props: {
  children: ReactNode;
  isOn: boolean;
  onChange: (isOn: boolean) => void;
  isDisabled?: boolean;
}) {
  return (
    <AriaCheckbox
      className={cx(styles.checkbox)}
      isSelected={props.isOn}
      onChange={props.onChange}
      isDisabled={props.isDisabled ?? false}
    >
      <span className={styles.box}>{props.isOn && <Icon name="check" size="small" />}</span>
      {props.children}
    </AriaCheckbox>
  );
}
