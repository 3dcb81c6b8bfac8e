import * as z from 'zod/mini';
import { column, instant, span } from './common';

export const rowKind = z.enum(['added', 'removed', 'changed']);

const counts = z.object({
  added: z.number(),
  removed: z.number(),
  changed: z.number(),
  same: z.number(),
  old: z.number(),
  new: z.number(),
});

const columnMatch = z.object({
  name: z.string(),
  type: z.string(),
  key: z.boolean(),
  /** rows present on both sides whose value differs in this column */
  differ: z.number(),
  /** share of rows present on both sides whose value is equal, 0 to 1 */
  match: z.number(),
});

const partitionDiff = z.object({
  from: instant,
  to: instant,
  old: z.number(),
  new: z.number(),
  added: z.number(),
  removed: z.number(),
  changed: z.number(),
  /** changed rows by column, for columns that differ here */
  columns: z.record(z.string(), z.number()),
});

const schemaChange = z.object({
  column: z.string(),
  change: z.enum(['added', 'removed', 'type', 'moved']),
  old: z.nullable(z.string()),
  new: z.nullable(z.string()),
});

const modelComparison = z.object({
  model: z.string(),
  status: z.enum(['same', 'changed', 'added', 'removed']),
  /** columns that identify a row; empty where rows are compared as a multiset */
  key: z.array(z.string()),
  keySource: z.enum(['grain', 'unique_key', 'given', 'none']),
  duplicateKeys: z.object({ old: z.number(), new: z.number() }),
  counts,
  /** share of compared cells that are equal, 0 to 1 */
  score: z.number(),
  schema: z.array(schemaChange),
  columns: z.array(columnMatch),
  partitionColumn: z.nullable(z.string()),
  partitionUnit: z.enum(['hour', 'day', 'month', 'none']),
  partitions: z.array(partitionDiff),
  /** spans whose rows are one shared segment: equal without reading */
  shared: z.array(span),
  older: z.array(span),
  wholeShared: z.boolean(),
});

const expectation = z.object({ text: z.string(), met: z.boolean(), detail: z.string() });

export const comparison = z.object({
  id: z.string(),
  old: z.string(),
  new: z.string(),
  oldRelease: z.nullable(z.number()),
  at: instant,
  seconds: z.number(),
  verdict: z.object({ level: z.enum(['same', 'changed', 'surprise']), text: z.string() }),
  models: z.array(modelComparison),
  expectations: z.array(expectation),
});

const diffRow = z.object({
  kind: rowKind,
  /** values in the order of `columns`; null on the side where the row is absent */
  old: z.nullable(z.array(z.unknown())),
  new: z.nullable(z.array(z.unknown())),
  changed: z.array(z.string()),
});

export const diffPage = z.object({
  columns: z.array(column),
  key: z.array(z.string()),
  rows: z.array(diffRow),
  offset: z.number(),
  total: z.number(),
});

export type Comparison = z.infer<typeof comparison>;
export type ModelComparison = z.infer<typeof modelComparison>;
export type PartitionDiff = z.infer<typeof partitionDiff>;
export type ColumnMatch = z.infer<typeof columnMatch>;
export type DiffPage = z.infer<typeof diffPage>;
export type DiffRow = z.infer<typeof diffRow>;
export type RowKind = z.infer<typeof rowKind>;
