import type { Interval } from '../base/time';
import type { Definition, RowsParent } from './definition';
import type { Edition, IntervalRecord } from './editions';

export interface ColumnType {
  readonly name: string;
  readonly type: string;
}

/**
 * The part of a segment that a version uses. `spans` null: a whole table without a time column. `cut`: the segment holds more
 * than these spans, so the view must filter by time. `number` is the segment's version number that the view filters by; null
 * where rows carry none (whole tables that are written once).
 */
export interface Entry {
  readonly segment: string;
  readonly number: number | null;
  readonly spans: readonly Interval[] | null;
  readonly cut: boolean;
  readonly fingerprint: string;
  /** the columns to be seen of the segment, and what it calls them; absent: all, by their names */
  readonly columns?: Readonly<Record<string, string>>;
}

/** The time column of a model kept by time, with what is needed to write a moment as one of its values. */
export interface TimeColumn {
  readonly name: string;
  readonly type: string;
  readonly format: string | null;
}

/** An immutable list of segments that together are one model's table, or a view's text. */
export interface Version {
  readonly model: string;
  readonly number: number;
  readonly fingerprint: string;
  readonly definition: Definition;
  readonly columns: readonly ColumnType[];
  readonly time: TimeColumn | null;
  readonly entries: readonly Entry[];
  /** history that is filled; empty for whole tables and views */
  readonly covered: readonly Interval[];
  /** snapshot of each raw source that was read, by source name */
  readonly inputs: Readonly<Record<string, string>>;
  readonly createdAt: number;
  readonly run: string;
  readonly rows: number | null;
  /** the line of rows that it is a state of; `dev:` before it where prod does not see it */
  readonly line: string;
  /** of a VIEW: its text with macros expanded, and what it reads, to point it at newer rows */
  readonly view: { readonly text: string; readonly reads: Readonly<Record<string, RowsParent>> } | null;
}

/** A physical table; `head` is its latest version number, null where rows carry none. */
export interface Segment {
  readonly table: string;
  readonly model: string;
  readonly fingerprint: string;
  readonly head: number | null;
  readonly columns: readonly ColumnType[];
}

/** Statements that run before and after all else of every plan and run, and the variables that they use. */
export interface AroundStatements {
  readonly before: readonly string[];
  readonly after: readonly string[];
  readonly variables: Readonly<Record<string, unknown>>;
}

/** Model name -> version number. */
export type VersionMap = Readonly<Record<string, number>>;

export interface Environment {
  readonly name: string;
  readonly versions: VersionMap;
  /** what prod pointed at for the models in play when this environment was filled: the base of compare-and-set */
  readonly base: Readonly<Record<string, number | null>>;
  readonly baseRelease: number | null;
  readonly brief: string | null;
  readonly title: string;
  readonly filledAt: number | null;
  /** the edition of every model that this environment is made of, shown or not */
  readonly editions: Readonly<Record<string, string>>;
  /** the line of rows that each shown model follows; `dev:` before it where prod does not see it */
  readonly lines: Readonly<Record<string, string>>;
  /** when the janitor may take it away; null: never */
  readonly expiresAt: number | null;
  /** as they were planned last; absent where there are none */
  readonly around?: AroundStatements;
  /** up to when models that are computed again by a cron were seen to */
  readonly restated?: Readonly<Record<string, number>>;
}

/** The record of one step of prod; `after` is the whole map that it led to. */
export interface Release {
  readonly number: number;
  readonly kind: 'plan' | 'swap' | 'run' | 'rollback';
  readonly title: string;
  readonly note: string;
  readonly at: number;
  readonly user: string;
  readonly commit: string;
  readonly run: string | null;
  readonly after: VersionMap;
  /** the editions of all models after it, and the lines that they follow */
  readonly editions: Readonly<Record<string, string>>;
  readonly lines: Readonly<Record<string, string>>;
}

/** A source at one moment: its files as they were, by content. */
export interface Snapshot {
  readonly id: string;
  readonly source: string;
  readonly createdAt: number;
  readonly files: readonly SnapshotFile[];
  readonly rows: number;
  readonly quarantined: number;
  readonly columns: readonly ColumnType[];
  readonly readSql: string;
}

/** `kept` is the path of Teal's copy relative to the project; times are the range of the source's time column in ms UTC. */
export interface SnapshotFile {
  readonly path: string;
  readonly kept: string;
  readonly sha256: string;
  readonly bytes: number;
  readonly rows: number;
  readonly from: number | null;
  readonly to: number | null;
}

/** All of Teal's bookkeeping of one project, as read at one moment. */
export interface WarehouseState {
  readonly environments: ReadonlyMap<string, Environment>;
  readonly versions: ReadonlyMap<string, readonly Version[]>;
  readonly segments: ReadonlyMap<string, Segment>;
  readonly releases: readonly Release[];
  readonly snapshots: ReadonlyMap<string, Snapshot>;
  /** by model, then by id */
  readonly editions: ReadonlyMap<string, ReadonlyMap<string, Edition>>;
  readonly intervals: readonly IntervalRecord[];
  /** the newest version of each line, by model and line key */
  readonly heads: ReadonlyMap<string, ReadonlyMap<string, number>>;
  /** the highest number that models had whose versions were cleaned away: no number is given twice */
  readonly highest?: ReadonlyMap<string, number>;
}
