import { Fragment, type ReactNode } from 'react';
import { Group, type Layout, Panel, Separator } from 'react-resizable-panels';
import { readRemembered, remember } from './remembered';
import styles from './split.module.css';
import { StackFrame, StackLayer, useIsStacked } from './stack';

interface SplitPanel {
  readonly id: string;
  /** pixels as a number, a share as `30%`; one panel may leave it out and takes the rest */
  readonly size?: number | string;
  readonly minSize?: number | string;
  readonly maxSize?: number | string;
  /** keeps its pixels when the window is resized */
  readonly isFixed?: boolean;
  readonly isCollapsible?: boolean;
  /** pixels where the window is so small that panels are stacked; without it the panel is as high as its content */
  readonly stackHeight?: number;
  readonly content: ReactNode;
}

export interface SplitProps {
  /** names the layout that is remembered on this machine */
  readonly id: string;
  readonly panels: readonly SplitPanel[];
  readonly direction?: 'horizontal' | 'vertical';
}

const HIT = { coarse: 20, fine: 8 };

/**
 * Panels parted by hairlines that can be dragged, or moved with arrow keys; a double click puts the size back. In a small
 * window they stand one below the other.
 */
export function Split(props: SplitProps) {
  return useIsStacked(props.direction ?? 'horizontal') ? <Stacked {...props} /> : <Parted {...props} />;
}

function Stacked({ panels }: SplitProps) {
  return (
    <StackFrame>
      {panels.map(({ id, stackHeight, content }) => (
        <StackLayer key={id} height={stackHeight}>
          {content}
        </StackLayer>
      ))}
    </StackFrame>
  );
}

function Parted({ id, panels, direction = 'horizontal' }: SplitProps) {
  const key = `panels.${id}.${panels.map((panel) => panel.id).join('.')}`;
  const layout = readRemembered<Layout>(key);
  return (
    <Group
      key={key}
      id={id}
      orientation={direction}
      className={styles.group}
      resizeTargetMinimumSize={HIT}
      defaultLayout={layout}
      onLayoutChanged={(next, { isUserInteraction }) => isUserInteraction && remember(key, next)}
    >
      {panels.map((panel, at) => (
        <Fragment key={panel.id}>
          {at > 0 && (
            <Separator
              aria-label="Size of the panels"
              className={styles.separator}
              data-direction={direction}
            />
          )}
          <Panel
            id={panel.id}
            className={styles.panel}
            defaultSize={panel.size}
            minSize={panel.minSize ?? 0}
            maxSize={panel.maxSize}
            collapsible={panel.isCollapsible}
            groupResizeBehavior={panel.isFixed ? 'preserve-pixel-size' : 'preserve-relative-size'}
          >
            {panel.content}
          </Panel>
        </Fragment>
      ))}
    </Group>
  );
}
