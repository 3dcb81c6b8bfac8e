import { create } from 'zustand';
import { persist } from 'zustand/middleware';

type ModelTab = 'sql' | 'settings' | 'audits' | 'tests' | 'docs';

interface CanvasChoice {
  readonly view: 'graph' | 'list';
  /** schemas stand in bands of their own */
  readonly isGrouped: boolean;
  readonly tab: ModelTab;
  /** the rows that the preview shows where they can be had: `edit`, `prod` or a shadow's name */
  readonly side: string;
  /** what stands beside a model's SQL: rows, or the same SQL with its macros filled in */
  readonly beside: 'rows' | 'rendered';
}

const FIRST: CanvasChoice = { view: 'graph', isGrouped: false, tab: 'sql', side: 'edit', beside: 'rows' };

/** How this room is set up on this machine. */
export const useCanvasChoice = create<CanvasChoice>()(
  persist(() => FIRST, { name: 'teal.canvas', version: 1, migrate: fromFormer }),
);

/** What an earlier version kept; a tab of it may be gone. */
function fromFormer(kept: unknown): CanvasChoice {
  return { ...FIRST, ...(kept as Partial<CanvasChoice>), tab: FIRST.tab };
}

export function chooseCanvas(change: Partial<CanvasChoice>): void {
  useCanvasChoice.setState(change);
}
