import type { ReactNode } from 'react';
import { ToggleButton as AriaToggleButton } from 'react-aria-components';
import buttonStyles from './button.module.css';
import { cx } from './cx';
import styles from './toggle-button.module.css';

/** A quiet button of a toolbar that stays pressed. */
export function ToggleButton(props: {
  children: ReactNode;
  isOn: boolean;
  onChange: (isOn: boolean) => void;
}) {
  return (
    <AriaToggleButton
      className={cx(buttonStyles.button, buttonStyles.quiet, buttonStyles.small, styles.toggle)}
      isSelected={props.isOn}
      onChange={props.onChange}
    >
      {props.children}
    </AriaToggleButton>
  );
}
