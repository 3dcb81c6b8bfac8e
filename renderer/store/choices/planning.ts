import { create } from 'zustand';

/** What the Backfill room is asked to plan: what an environment lacks, some models of it, or a backfill file. */
export interface Planning {
  readonly environment: string;
  readonly models?: readonly string[];
  /** a file in `backfills/` */
  readonly brief?: string;
  /** gives a new environment views of all models, changed or not */
  readonly includeUnmodified?: boolean;
  /** what a new environment begins from */
  readonly createFrom?: string;
  /** selections of models whose history is computed again, and the days of it as they were typed */
  readonly restate?: string;
  readonly start?: string;
  readonly end?: string;
}

export const usePlanning = create<{ readonly planning: Planning | null }>(() => ({ planning: null }));

/** Asks for a plan; null takes the wish back. */
export function planFor(planning: Planning | null): void {
  usePlanning.setState({ planning });
}
