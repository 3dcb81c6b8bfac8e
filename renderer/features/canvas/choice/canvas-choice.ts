import { create } from 'zustand';
import { persist } from 'zustand/middleware';

type ModelTab = 'sql' | 'rendered' | 'settings' | 'audits' | 'docs';

interface CanvasChoice {
  readonly view: 'graph' | 'list';
  /** schemas stand in bands of their own */
  readonly isGrouped: boolean;
  readonly tab: ModelTab;
  /** the rows that the preview shows where they can be had: `edit`, `prod` or a shadow's name */
  readonly side: string;
}

const FIRST: CanvasChoice = { view: 'graph', isGrouped: false, tab: 'sql', side: 'edit' };

/** How this room is set up on this machine. */
export const useCanvasChoice = create<CanvasChoice>()(persist(() => FIRST, { name: 'teal.canvas' }));

export function chooseCanvas(change: Partial<CanvasChoice>): void {
  useCanvasChoice.setState(change);
}
