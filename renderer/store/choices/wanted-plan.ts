import { create } from 'zustand';

/** What a room asks the Backfill room to plan: all that an environment lacks, some models of it, or a backfill file. */
export interface WantedPlan {
  readonly environment: string;
  readonly models?: readonly string[];
  /** a file in `backfills/` */
  readonly brief?: string;
}

export const useWantedPlan = create<{ readonly wanted: WantedPlan | null }>(() => ({ wanted: null }));

/** Asks for a plan; null takes the wish back, as when the project is changed. */
export function wantPlan(wanted: WantedPlan | null): void {
  useWantedPlan.setState({ wanted });
}
