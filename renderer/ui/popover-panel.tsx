import type { ReactNode, RefObject } from 'react';
import { Dialog, Popover } from 'react-aria-components';
import { cx } from './cx';
import styles from './popover-panel.module.css';

/** A small form that floats below what it belongs to, and goes with Escape or a press outside. */
export function PopoverPanel(props: {
  label: string;
  trigger: RefObject<HTMLElement | null>;
  isOpen: boolean;
  onClose: () => void;
  /** for forms with more than a name */
  isWide?: boolean;
  placement?: 'bottom start' | 'bottom end';
  children: ReactNode;
}) {
  return (
    <Popover
      className={cx(styles.panel, props.isWide && styles.wide)}
      triggerRef={props.trigger}
      placement={props.placement ?? 'bottom start'}
      offset={4}
      isOpen={props.isOpen}
      onOpenChange={(isOpen) => {
        if (!isOpen) props.onClose();
      }}
    >
      <Dialog className={cx(styles.content)} aria-label={props.label}>
        {props.children}
      </Dialog>
    </Popover>
  );
}
