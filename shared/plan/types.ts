import type { Interval } from '../base/time';
import type { ModelKind } from '../project/model';
import type { PinnedAudit } from '../project/pin-audit';
import type { ColumnType, Definition, Entry, ModelText } from '../release/types';
import type { Change } from './change';

/** Where a planned model's rows go. */
export type Target =
  /** a new segment that nobody reads yet */
  | { readonly mode: 'new'; readonly table: string; readonly number: number | null }
  /** a new whole segment that begins as a copy of an older version's rows */
  | { readonly mode: 'copy'; readonly table: string; readonly number: number; readonly from: number }
  /** the live version's last segment, under its next version number */
  | { readonly mode: 'tail'; readonly table: string; readonly number: number };

/** What a planned model reads: exactly these versions, snapshots and embedded queries. */
export type PinnedParent =
  | { readonly type: 'model'; readonly version: number }
  | { readonly type: 'source'; readonly snapshot: string }
  /** an EMBEDDED model: its query is read in its place */
  | {
      readonly type: 'embedded';
      readonly text: ModelText;
      readonly file: string;
      readonly parents: Readonly<Record<string, PinnedParent>>;
    };

/** One model's part of a plan. */
export interface PlannedModel {
  readonly model: string;
  readonly kind: ModelKind;
  readonly definition: Definition;
  readonly fingerprint: string;
  readonly declaredColumns: readonly ColumnType[];
  readonly change: Change | null;
  readonly reason: string;
  /** the version that the environment showed before, null where there was none */
  readonly base: number | null;
  /** the version that it will show */
  readonly version: number;
  /** `keep`: the base as it is; `adopt`: a version that is there already; the others make a new version */
  readonly action: 'keep' | 'adopt' | 'relabel' | 'view' | 'fill';
  readonly target: Target | null;
  /** what will be computed, and where its batches end; a whole table is one batch */
  readonly batches: readonly Interval[];
  readonly whole: boolean;
  readonly entries: readonly Entry[];
  readonly covered: readonly Interval[];
  /** spans left under an older fingerprint because the scope is narrower than the history */
  readonly older: readonly Interval[];
  /** spans taken over without computing */
  readonly shared: readonly Interval[];
  readonly parents: Readonly<Record<string, PinnedParent>>;
  readonly audits: readonly PinnedAudit[];
  /** the file of a SEED, relative to the project */
  readonly seed: string | null;
}

/**
 * The steps of a plan as values; runner, dry run, window and log are visitors of this one union.
 * `prepare` makes the tables, `fill` runs one model's batches, `seal` forms the versions, `point` moves the environment.
 */
export type Stage =
  | { readonly kind: 'prepare'; readonly tables: readonly string[] }
  | {
      readonly kind: 'fill';
      readonly model: string;
      readonly batches: number;
      readonly after: readonly string[];
    }
  | { readonly kind: 'seal'; readonly versions: Readonly<Record<string, number>> }
  | {
      readonly kind: 'point';
      readonly environment: string;
      readonly models: readonly string[];
      readonly removed: readonly string[];
    };

/** Everything that a run needs, pinned: a retry carries out exactly this. */
export interface Plan {
  readonly id: string;
  readonly environment: string;
  readonly kind: 'plan' | 'backfill' | 'run';
  readonly title: string;
  readonly reason: string;
  readonly description: string;
  readonly brief: string | null;
  readonly scope: Interval | null;
  readonly executionTime: number;
  readonly createdAt: number;
  readonly user: string;
  readonly commit: string;
  readonly baseRelease: number | null;
  /** prod's versions of the models in play, for compare-and-set at the swap */
  readonly base: Readonly<Record<string, number | null>>;
  readonly models: readonly PlannedModel[];
  readonly removed: readonly string[];
  readonly stages: readonly Stage[];
  readonly variables: Readonly<Record<string, unknown>>;
}

/** What somebody asks the planner for. */
export interface PlanRequest {
  readonly environment: string;
  readonly kind: 'plan' | 'backfill' | 'run';
  readonly executionTime: number;
  /** compute only inside; null: the whole history */
  readonly scope: Interval | null;
  /** only these models and what they need; null: all */
  readonly select: readonly string[] | null;
  readonly downstream: boolean;
  /** models whose rows are computed again inside the scope even though nothing changed */
  readonly restate: readonly string[];
  readonly title: string;
  readonly reason: string;
  readonly description: string;
  readonly brief: string | null;
  readonly user: string;
  readonly commit: string;
}
