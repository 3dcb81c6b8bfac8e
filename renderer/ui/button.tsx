import type { ReactNode } from 'react';
import { Button as AriaButton } from 'react-aria-components';
import styles from './button.module.css';
import { cx } from './cx';
import { Icon, type IconName } from './icon';

export interface ButtonProps {
  readonly children: ReactNode;
  /** left out where a menu opens on it */
  readonly onPress?: () => void;
  /** `ink` for the one main thing of a pane, `swap` for the one teal button of the product */
  readonly kind?: 'plain' | 'ink' | 'quiet' | 'swap';
  /** 28 px, 24 in toolbars, 36 for the swap */
  readonly size?: 'normal' | 'small' | 'large';
  readonly icon?: IconName;
  /** a key shown at the end; it is bound by whoever offers the action */
  readonly keys?: string;
  readonly isDisabled?: boolean;
  /** keeps the focus while something runs, and takes no press */
  readonly isPending?: boolean;
  readonly autoFocus?: boolean;
  readonly className?: string;
  /** said instead of the children, where those say too little out of sight */
  readonly label?: string;
  readonly describedBy?: string;
}

export function Button(props: ButtonProps) {
  const { kind = 'plain', size = kind === 'swap' ? 'large' : 'normal', icon, keys } = props;
  return (
    <AriaButton
      className={cx(styles.button, styles[kind], styles[size], props.className)}
      {...(props.onPress ? { onPress: props.onPress } : {})}
      isDisabled={props.isDisabled ?? false}
      isPending={props.isPending ?? false}
      autoFocus={props.autoFocus ?? false}
      {...(props.label ? { 'aria-label': props.label } : {})}
      {...(props.describedBy ? { 'aria-describedby': props.describedBy } : {})}
    >
      {icon && <Icon name={icon} {...(size === 'small' ? { size: 'small' as const } : {})} />}
      {props.children}
      {keys && <span className={styles.keys}>{keys}</span>}
    </AriaButton>
  );
}
