import { create } from 'zustand';

/** What the Backfill room is asked to plan: what an environment lacks, some models of it, or a backfill file. */
export interface Planning {
  readonly environment: string;
  readonly models?: readonly string[];
  /** a file in `backfills/` */
  readonly brief?: string;
}

export const usePlanning = create<{ readonly planning: Planning | null }>(() => ({ planning: null }));

/** Asks for a plan; null takes the wish back. */
export function planFor(planning: Planning | null): void {
  usePlanning.setState({ planning });
}
