import { create } from 'zustand';

/** The two sides of a comparison, as `compare.run` names them: environments or `release 3`. */
export interface Sides {
  readonly old: string;
  readonly new: string;
}

interface CompareChoice {
  /** chosen while the window looked at `environment`; another environment goes back to its own pair */
  readonly chosen: (Sides & { readonly environment: string }) | null;
}

export const useCompareChoice = create<CompareChoice>(() => ({ chosen: null }));

/** Shows two sides in the room Compare, until the window looks at another environment. */
export function chooseSides(sides: Sides, environment: string): void {
  useCompareChoice.setState({ chosen: { ...sides, environment } });
}
