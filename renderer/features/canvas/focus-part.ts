import type { RefObject } from 'react';

const PARTS = {
  graph: '.react-flow, [role="grid"][aria-label="Models"]',
  editor: '[role="tabpanel"] [role="textbox"]',
  preview: '[role="grid"][aria-label^="Rows of"]',
} as const;
const MOST_FRAMES = 60;

/** Puts the focus into a part of the room, which may still be loading when it is asked for. */
export function focusPart(root: RefObject<HTMLElement | null>, part: keyof typeof PARTS): void {
  let frames = 0;
  const attempt = (): void => {
    const found = root.current?.querySelector<HTMLElement>(PARTS[part]);
    frames += 1;
    if (found) found.focus();
    else if (frames < MOST_FRAMES) requestAnimationFrame(attempt);
  };
  attempt();
}
