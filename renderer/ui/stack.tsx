import { createContext, type ReactNode, useContext, useSyncExternalStore } from 'react';
import { cx } from './cx';
import styles from './split.module.css';

/** Below these a window, which may be a larger one zoomed to 200 %, has no room for panels side by side or over one another. */
const SMALL = {
  horizontal: window.matchMedia('(max-width: 900px)'),
  vertical: window.matchMedia('(max-height: 540px)'),
};

const InStack = createContext(false);

/** Whether panels of this direction stand one below the other and scroll as one, since the window is too small. */
export function useIsStacked(direction: 'horizontal' | 'vertical'): boolean {
  const isInStack = useContext(InStack);
  const query = SMALL[direction];
  const isSmall = useSyncExternalStore(
    (changed) => {
      query.addEventListener('change', changed);
      return () => query.removeEventListener('change', changed);
    },
    () => query.matches,
  );
  return isInStack || isSmall;
}

/** A part that scrolls as a whole where the window is too small for its panels, and fills its parent where it is not. */
export function StackFrame({ className, children }: { className?: string | undefined; children: ReactNode }) {
  const isStacked = useIsStacked('horizontal');
  const isInner = useContext(InStack);
  return (
    <InStack value={isStacked}>
      <div className={cx(className, isStacked && !isInner && styles.stack)} data-stacked={isStacked}>
        {children}
      </div>
    </InStack>
  );
}

/** One layer of a stack: as high as its content, or of a height in which its own content scrolls. */
export function StackLayer({ height, children }: { height: number | undefined; children: ReactNode }) {
  return (
    <div className={styles.layer} {...(height === undefined ? {} : { style: { height } })}>
      {children}
    </div>
  );
}
