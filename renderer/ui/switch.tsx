import type { ReactNode } from 'react';
import { Switch as AriaSwitch } from 'react-aria-components';
import { cx } from './cx';
import styles from './switch.module.css';

/** On or off, at once. The children are its label. */
export function Switch(props: {
  children: ReactNode;
  isOn: boolean;
  onChange: (isOn: boolean) => void;
  isDisabled?: boolean;
}) {
  return (
    <AriaSwitch
      className={cx(styles.switch)}
      isSelected={props.isOn}
      onChange={props.onChange}
      isDisabled={props.isDisabled ?? false}
    >
      {props.children}
      <span className={styles.track} />
    </AriaSwitch>
  );
}
