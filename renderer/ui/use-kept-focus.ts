import { useEffect } from 'react';

const FOCUSABLE =
  'a[href], button:not(:disabled), input:not(:disabled), textarea:not(:disabled), [tabindex], [contenteditable="true"]';
const PATIENCE = 3;

/**
 * Where the element with the focus goes away or is disabled, the focus would fall to the page, and the next Tab begin
 * anew. It goes instead to what stands in its place: the nearest part around it that is still there.
 */
export function useKeptFocus(fallback: string): void {
  useEffect(() => {
    let path: readonly Element[] = [];
    let frame = 0;
    const remember = ({ target }: FocusEvent): void => {
      if (target instanceof Element && target !== document.body) path = pathOf(target);
    };
    const look = (frames: number): void => {
      cancelAnimationFrame(frame);
      // A menu or dialog that closes gives the focus back by itself within a frame or two.
      frame = requestAnimationFrame(() => {
        if (!isLost(path)) return;
        if (frames > 0) look(frames - 1);
        else successorOf(path, fallback)?.focus();
      });
    };
    const observer = new MutationObserver(() => {
      if (isLost(path)) look(PATIENCE);
    });
    document.addEventListener('focusin', remember);
    observer.observe(document.body, { childList: true, subtree: true, attributeFilter: ['disabled'] });
    return () => {
      document.removeEventListener('focusin', remember);
      observer.disconnect();
      cancelAnimationFrame(frame);
    };
  }, [fallback]);
}

function pathOf(target: Element): readonly Element[] {
  const path: Element[] = [];
  for (let at: Element | null = target; at && at !== document.body; at = at.parentElement) path.push(at);
  return path;
}

function isLost([target]: readonly Element[]): boolean {
  const active = document.activeElement;
  if (!target || (active !== null && active !== document.body && active !== target)) return false;
  return !target.isConnected || target.matches(':disabled');
}

function successorOf([, ...around]: readonly Element[], fallback: string): HTMLElement | null {
  for (const part of around) {
    if (!part.isConnected || part.id === 'root') continue;
    if (part.matches(fallback)) break;
    const found = [...part.querySelectorAll<HTMLElement>(FOCUSABLE)].find(canTakeFocus);
    if (found) return found;
  }
  return document.querySelector<HTMLElement>(fallback);
}

function canTakeFocus(element: HTMLElement): boolean {
  return element.tabIndex >= 0 && element.checkVisibility({ visibilityProperty: true });
}
