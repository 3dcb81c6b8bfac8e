import type { Category } from '../../release/editions';
import type { AroundStatements } from '../../release/types';

/** What somebody asks the planner for; moments in ms UTC, `end` is the first moment after. Names are models' names. */
export interface PlanRequest {
  readonly environment: string;
  readonly kind: 'plan' | 'backfill' | 'run';
  readonly executionTime: number;
  /** the platform's clock: what has expired, and when something was made */
  readonly now: number;
  /** whether the execution time was given, so that it counts as the plan's now */
  readonly timeGiven: boolean;
  readonly start: number | null;
  readonly end: number | null;
  /** the end as it was written: of a day that is included, its first moment */
  readonly endWritten: number | null;
  /** models whose rows are computed again; null where no restatement was asked for */
  readonly restate: readonly string[] | null;
  /** models whose changes are taken up; null: all */
  readonly select: readonly string[] | null;
  /** models that may be computed, with what they need; null: all that changed */
  readonly backfill: readonly string[] | null;
  readonly forwardOnly: boolean;
  readonly effectiveFrom: number | null;
  readonly enablePreview: boolean;
  readonly allowDestructive: readonly string[];
  readonly allowAdditive: readonly string[];
  readonly includeUnmodified: boolean;
  readonly choices: Readonly<Record<string, Category>>;
  readonly autoCategorise: boolean;
  /** for which models that is so: where it is `off`, or `semi` and not sure, a change counts as breaking */
  readonly categorize?: Readonly<Record<'sql' | 'seed' | 'external', 'full' | 'semi' | 'off'>>;
  /** whether the environment is planned as if it were new */
  readonly recreate?: boolean;
  /** whose editions a new environment begins with */
  readonly createFrom: string;
  readonly skipBackfill: boolean;
  /** intervals are recorded as done without computing them */
  readonly emptyBackfill: boolean;
  readonly ignoreCron: boolean;
  /** ticks of its cron that each model covers at the least, whatever `start` is */
  readonly minIntervals: number;
  /** a plan that also computes what has become due since */
  readonly runDue: boolean;
  /** rows outside of start and end are taken over from what prod shows, under older logic */
  readonly carry: boolean;
  /** when an environment other than prod may be taken away; null: never */
  readonly expiresAt: number | null;
  /** names of the project's sources */
  readonly sources?: readonly string[];
  /** the statements of config.yaml around plans and runs */
  readonly around?: AroundStatements;
  readonly title: string;
  readonly reason: string;
  readonly description: string;
  readonly brief: string | null;
  readonly user: string;
  readonly commit: string;
}
