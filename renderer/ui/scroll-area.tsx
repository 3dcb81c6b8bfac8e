import { type ReactNode, useLayoutEffect, useRef, useState } from 'react';
import { cx } from './cx';
import styles from './scroll-area.module.css';

export interface ScrollAreaProps {
  readonly label: string;
  readonly children: ReactNode;
  readonly className?: string | undefined;
}

/** Content that scrolls, by keyboard too: it is a tab stop only while there is more than fits. It fills its flex parent. */
export function ScrollArea({ label, children, className }: ScrollAreaProps) {
  const area = useRef<HTMLElement>(null);
  const [overflows, setOverflows] = useState(false);
  useLayoutEffect(() => {
    const element = area.current;
    if (!element) return;
    const measure = (): void => setOverflows(isOverfull(element));
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    if (element.firstElementChild) observer.observe(element.firstElementChild);
    return () => observer.disconnect();
  }, []);
  return (
    <section
      ref={area}
      className={cx(styles.area, className)}
      aria-label={label}
      {...(overflows ? { tabIndex: 0 } : {})}
    >
      <div>{children}</div>
    </section>
  );
}

function isOverfull({ scrollHeight, clientHeight, scrollWidth, clientWidth }: HTMLElement): boolean {
  return scrollHeight > clientHeight || scrollWidth > clientWidth;
}
