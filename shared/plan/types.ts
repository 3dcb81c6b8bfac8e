import type { Interval } from '../base/time';
import type { ModelKind } from '../project/model';
import type { PinnedAudit } from '../project/pin-audit';
import type { Definition, PinnedParent } from '../release/definition';
import type { Category, Edition, IntervalRecord } from '../release/editions';
import type { AroundStatements, ColumnType, Entry } from '../release/types';
import type { IntervalUnit } from './cron';

/** Where a planned model's rows go. */
export type Target =
  /** a new segment that nobody reads yet */
  | { readonly mode: 'new'; readonly table: string; readonly number: number | null }
  /** a new whole segment that begins as a copy of an older version's rows */
  | { readonly mode: 'copy'; readonly table: string; readonly number: number | null; readonly from: number }
  /** the live version's last segment, under its next version number */
  | { readonly mode: 'tail'; readonly table: string; readonly number: number };

/** How a model's change matters, with why in words. */
export interface Change {
  readonly category: Category;
  /** `added`: new in this environment; else whether its own text changed, or what it reads, or what decides no rows */
  readonly kind: 'added' | 'direct' | 'indirect' | 'metadata';
  readonly forwardOnly: boolean;
  readonly reason: string;
}

/** One model's part of a plan. */
export interface PlannedModel {
  readonly model: string;
  readonly kind: ModelKind;
  readonly definition: Definition;
  readonly fingerprint: string;
  /** id of the edition that is planned */
  readonly edition: string;
  /** the line that is written or shown, with `dev:` before it where prod does not see it */
  readonly line: string;
  /** whether the line has rows already, so that statements run in the stage `evaluating` */
  readonly exists: boolean;
  readonly declaredColumns: readonly ColumnType[];
  /** names of the columns in their order, where they can be told from the text */
  readonly columnNames: readonly string[] | null;
  readonly partitionedBy: readonly string[];
  /** the length of its intervals */
  readonly unit: IntervalUnit;
  readonly readsItself: boolean;
  readonly change: Change | null;
  readonly reason: string;
  /** the version that the environment showed before, null where there was none */
  readonly base: number | null;
  /** the version that this plan makes, or the one that stays; 0 where there is none */
  readonly version: number;
  /** the version that readers of this plan and of the environment see; another than `version` where rows are only tried out */
  readonly shown: number;
  /** the line that `shown` is of */
  readonly shownLine: string;
  /** whether the environment shows it by a view of its own */
  readonly promoted: boolean;
  /**
   * `keep`: nothing is made; `adopt`: the environment shows a version that is there already; `empty`: a line without rows is
   * begun; `reshape`: rows stay and columns change; `view` and `fill` make a new version; `audit`: an audit that stands alone is run
   */
  readonly action: 'keep' | 'adopt' | 'empty' | 'reshape' | 'view' | 'fill' | 'audit';
  readonly target: Target | null;
  /** what will be computed, and where its batches end */
  readonly batches: readonly Interval[];
  readonly whole: boolean;
  readonly entries: readonly Entry[];
  readonly covered: readonly Interval[];
  /** spans left under an older fingerprint because the scope is narrower than the history */
  readonly older: readonly Interval[];
  /** spans taken over without computing */
  readonly shared: readonly Interval[];
  readonly parents: Readonly<Record<string, PinnedParent>>;
  /** tables of the warehouse that it reads and nothing here makes; absent: none */
  readonly externals?: readonly string[];
  readonly audits: readonly PinnedAudit[];
  /** batches in which audits look at what is there already, since they changed */
  readonly auditOnly: readonly Interval[];
  /** the file of a SEED, relative to the project */
  readonly seed: string | null;
}

/** What a plan writes down of editions and intervals, beside its rows. */
export interface Bookkeeping {
  /** editions that this plan is the first to have */
  readonly fresh: readonly Edition[];
  /** the edition of every model of the environment */
  readonly editions: Readonly<Record<string, string>>;
  /** the edition that each changed model had in the environment before */
  readonly before: Readonly<Record<string, string>>;
  /** where a batch's interval is recorded as done, by model */
  readonly records: Readonly<
    Record<string, { readonly line: string; readonly devLine: string; readonly dev: boolean }>
  >;
  /** records written even before anything is computed */
  readonly inherited: readonly IntervalRecord[];
  /** what a restatement takes out of the records of other editions */
  readonly cleared: readonly { readonly model: string; readonly line: string; readonly span: Interval }[];
  readonly expiresAt: number | null;
  /** whether only this environment sees rows that are computed again */
  readonly restates: boolean;
}

/** The decision of a plan in SQLMesh's words; spans in ms UTC. */
export interface DecisionRecord {
  readonly newEnvironment: boolean;
  readonly added: readonly string[];
  readonly removed: readonly string[];
  /** null: somebody has to choose the category before the plan is carried out */
  readonly directlyModified: Readonly<Record<string, Category | null>>;
  readonly indirectlyModified: Readonly<Record<string, Category>>;
  readonly metadataUpdated: Readonly<Record<string, Category>>;
  readonly forwardOnly: readonly string[];
  readonly restatements: Readonly<Record<string, Interval>>;
  readonly missingIntervals: Readonly<
    Record<string, { readonly count: number; readonly ranges: readonly Interval[] }>
  >;
  /** models left out of a restatement, with why */
  readonly notRestated: Readonly<Record<string, string>>;
}

/**
 * The steps of a plan as values; runner, dry run, window and log are visitors of this one union.
 * `prepare` makes the tables, `fill` runs one model's batches, `audit` an audit that stands alone, `seal` forms the versions, `point`
 * moves the environment.
 */
export type Stage =
  | { readonly kind: 'prepare'; readonly tables: readonly string[] }
  | {
      readonly kind: 'fill';
      readonly model: string;
      readonly batches: number;
      readonly after: readonly string[];
    }
  | { readonly kind: 'audit'; readonly audit: string }
  | { readonly kind: 'seal'; readonly versions: Readonly<Record<string, number>> }
  | {
      readonly kind: 'point';
      readonly environment: string;
      readonly models: readonly string[];
      readonly removed: readonly string[];
    };

/** What runs before and after all else of a plan, and what its macros are expanded with. */
export interface Around extends AroundStatements {
  /** whether it differs from what the environment had before */
  readonly changed: boolean;
  /** what `@start_ds` and its kin tell of; null: the first day of 1970 */
  readonly span: Interval | null;
  readonly schemas: readonly string[];
  readonly views: readonly string[];
}

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
  readonly decision: DecisionRecord;
  readonly books: Bookkeeping;
  readonly around: Around;
  /** what a run that is done sees to: models that are computed again by a cron, up to its execution time */
  readonly restated?: Readonly<Record<string, number>>;
}
