import { Button as AriaButton } from 'react-aria-components';
import styles from './button.module.css';
import { cx } from './cx';
import { Icon, type IconName } from './icon';
import { Tooltip } from './tooltip';

export interface IconButtonProps {
  readonly icon: IconName;
  /** the name for screen readers, shown as a tooltip too */
  readonly label: string;
  /** left out where a menu opens on it */
  readonly onPress?: () => void;
  readonly keys?: string;
  readonly kind?: 'plain' | 'quiet';
  readonly size?: 'normal' | 'small';
  readonly isDisabled?: boolean;
}

/** A square button of one icon. */
export function IconButton(props: IconButtonProps) {
  const { kind = 'quiet', size = 'normal' } = props;
  return (
    <Tooltip text={props.label} {...(props.keys ? { keys: props.keys } : {})}>
      <AriaButton
        className={cx(styles.button, styles[kind], styles[size], styles.square)}
        aria-label={props.label}
        {...(props.onPress ? { onPress: props.onPress } : {})}
        isDisabled={props.isDisabled ?? false}
      >
        <Icon name={props.icon} {...(size === 'small' ? { size: 'small' as const } : {})} />
      </AriaButton>
    </Tooltip>
  );
}
