import type { Interval } from '../base/time';
import type { ColumnType, TimeColumn, Version } from '../release/types';
import type { Sql } from '../sql/sql';

/** One side of a comparison: a relation that can be read, and the version it shows, where it is one. */
export interface Side {
  readonly relation: Sql;
  readonly columns: readonly ColumnType[];
  readonly time: TimeColumn | null;
  readonly version: Version | null;
}

export type KeySource = 'grain' | 'unique_key' | 'given' | 'none';

/** Two states of one table. A side that is null was not there. */
export interface Pair {
  readonly model: string;
  readonly old: Side | null;
  readonly new: Side | null;
  readonly key: readonly string[];
  readonly keySource: KeySource;
  /** the table of `teal_diff` that will hold the differing rows */
  readonly table: string;
}

interface Counts {
  readonly added: number;
  readonly removed: number;
  readonly changed: number;
  readonly same: number;
  readonly old: number;
  readonly new: number;
}

export interface SchemaChange {
  readonly column: string;
  readonly change: 'added' | 'removed' | 'type' | 'moved';
  readonly old: string | null;
  readonly new: string | null;
}

/** `differ` counts rows present on both sides; `match` is the share of such rows that are equal, 0 to 1. */
export interface ColumnMatch {
  readonly name: string;
  readonly type: string;
  readonly key: boolean;
  readonly differ: number;
  readonly match: number;
}

export interface PartitionDiff {
  readonly span: Interval;
  readonly old: number;
  readonly new: number;
  readonly added: number;
  readonly removed: number;
  readonly changed: number;
  readonly columns: Readonly<Record<string, number>>;
}

export type PartitionUnit = 'hour' | 'day' | 'month' | 'none';

/** All that is known of one table's change. */
export interface TableComparison {
  readonly model: string;
  readonly status: 'same' | 'changed' | 'added' | 'removed';
  readonly key: readonly string[];
  readonly keySource: KeySource;
  readonly duplicateKeys: { readonly old: number; readonly new: number };
  readonly counts: Counts;
  readonly score: number;
  readonly schema: readonly SchemaChange[];
  readonly columns: readonly ColumnMatch[];
  readonly partitionColumn: string | null;
  readonly partitionUnit: PartitionUnit;
  readonly partitions: readonly PartitionDiff[];
  readonly shared: readonly Interval[];
  readonly wholeShared: boolean;
  /** the table of differing rows; null where none were stored */
  readonly table: string | null;
}
