import type { ReactNode } from 'react';
import { Button as AriaButton } from 'react-aria-components';
import styles from './chip.module.css';
import { cx } from './cx';
import { Icon } from './icon';

export type ChipTone = 'plain' | 'live' | 'shadow' | 'amber' | 'red' | 'teal' | 'line';

/** A small word on a tint. With `onRemove` it is a filter that can be taken off; `remove` names that. */
export function Chip(props: {
  children: ReactNode;
  tone?: ChipTone;
  onRemove?: () => void;
  remove?: string;
}) {
  return (
    <span className={styles.chip} data-tone={props.tone ?? 'plain'}>
      {props.children}
      {props.onRemove && (
        <AriaButton
          className={cx(styles.remove)}
          aria-label={props.remove ?? 'Remove'}
          onPress={props.onRemove}
        >
          <Icon name="x" size="small" />
        </AriaButton>
      )}
    </span>
  );
}
