import type { ReactNode } from 'react';
import { Button as AriaButton } from 'react-aria-components';
import { cx } from './cx';
import styles from './link-button.module.css';

/** Words that lead to another place of the window. */
export function LinkButton(props: {
  children: ReactNode;
  onPress: () => void;
  /** said instead of the children, where those say too little out of sight */
  label?: string;
  isMono?: boolean;
}) {
  return (
    <AriaButton
      className={cx(styles.link, props.isMono && styles.mono)}
      onPress={props.onPress}
      {...(props.label ? { 'aria-label': props.label } : {})}
    >
      {props.children}
    </AriaButton>
  );
}
