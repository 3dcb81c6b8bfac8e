import type { ReactElement } from 'react';
import { Tooltip as AriaTooltip, Focusable, TooltipTrigger } from 'react-aria-components';
import { cx } from './cx';
import { Kbd } from './kbd';
import styles from './tooltip.module.css';

/** A word about a button, on hover and focus. Around anything else than a React Aria control, set `plain`. */
export function Tooltip(props: { text: string; keys?: string; plain?: boolean; children: ReactElement }) {
  return (
    <TooltipTrigger delay={500} closeDelay={0}>
      {props.plain ? (
        <Focusable>{props.children as ReactElement<Record<string, unknown>, string>}</Focusable>
      ) : (
        props.children
      )}
      <AriaTooltip className={cx(styles.tooltip)} offset={6}>
        {props.text}
        {props.keys && <Kbd keys={props.keys} />}
      </AriaTooltip>
    </TooltipTrigger>
  );
}
