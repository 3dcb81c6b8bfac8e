import { DAY, type Interval, intersect, normalise } from '../base/time';
import type { ColumnType, Entry, Version } from '../release/types';
import { authored, type Sql, sql } from '../sql/sql';
import type { Pair, PartitionUnit, SchemaChange, Side } from './types';

/** A column that both sides have; `old` and `new` give its types. */
export interface CommonColumn {
  readonly name: string;
  readonly old: string;
  readonly new: string;
}

/** What the two sides have in common and how they are cut into partitions. */
export interface Layout {
  readonly common: readonly CommonColumn[];
  readonly schema: readonly SchemaChange[];
  readonly partitionColumn: string | null;
  readonly shared: readonly Interval[];
  readonly wholeShared: boolean;
}

export function layoutOf(old: Side, current: Side): Layout {
  const common = current.columns.flatMap((column): CommonColumn[] => {
    const before = old.columns.find((candidate) => candidate.name === column.name);
    return before ? [{ name: column.name, old: before.type, new: column.type }] : [];
  });
  return {
    common,
    schema: schemaChanges(old.columns, current.columns),
    partitionColumn: partitionColumnOf(old, current, common),
    shared: sharedSpans(old.version, current.version),
    wholeShared: sameEntries(old.version, current.version),
  };
}

/** Whether two versions are the same segments, so that their rows are equal without reading one. */
function sameEntries(old: Version | null, current: Version | null): boolean {
  if (!old || !current || old.definition.kind.includes('VIEW') || current.definition.kind.includes('VIEW'))
    return false;
  const names = commonNames(old, current);
  const text = (entries: readonly Entry[]) =>
    JSON.stringify(entries.map((entry) => [entry.segment, entry.number, entry.spans, seenIn(entry, names)]));
  return old.entries.length > 0 && text(old.entries) === text(current.entries);
}

function commonNames(old: Version, current: Version): readonly string[] {
  const names = new Set(current.columns.map((column) => column.name));
  return old.columns.map((column) => column.name).filter((name) => names.has(name));
}

/** What a segment calls columns; null for one that is not to be seen of it. */
function seenIn({ columns }: Entry, names: readonly string[]): readonly (string | null)[] {
  return names.map((name) => (columns ? (columns[name] ?? null) : name));
}

/** Approximate numbers are compared with a relative tolerance; two runs of one sum over them may differ in the last bit. */
export function isApproximate(type: string): boolean {
  return type === 'DOUBLE' || type === 'FLOAT';
}

/** The unit by which a span of time is shown: months past 400 days, hours below 3. */
export function unitFor(span: Interval | null, type: string): PartitionUnit {
  if (!span) return 'day';
  if (span.to - span.from > 400 * DAY) return 'month';
  return type !== 'DATE' && span.to - span.from < 3 * DAY ? 'hour' : 'day';
}

/** The start of a row's partition as a TIMESTAMP. */
export function partitionStart(column: Sql, unit: PartitionUnit): Sql {
  return sql`CAST(date_trunc(${unit === 'none' ? 'day' : unit}, CAST(${column} AS TIMESTAMP)) AS TIMESTAMP)`;
}

/** Whether a column's old and new value differ: exactly, or past the relative tolerance of 1e-9. */
export function differs(column: CommonColumn, old: Sql, after: Sql): Sql {
  const before = column.old === column.new ? old : sql`TRY_CAST(${old} AS ${authored(column.new)})`;
  const exact = sql`${before} IS DISTINCT FROM ${after}`;
  if (!isApproximate(column.new)) return exact;
  return sql`(${exact} AND NOT coalesce(abs(${before} - ${after}) <= 1e-9 * greatest(abs(${before}), abs(${after})), false))`;
}

export function keyColumns(pair: Pair, common: readonly CommonColumn[]): readonly string[] {
  const names = pair.key.map(
    (key) => common.find((column) => column.name.toLowerCase() === key.toLowerCase())?.name,
  );
  return names.every((name): name is string => name !== undefined) ? names : [];
}

function schemaChanges(old: readonly ColumnType[], current: readonly ColumnType[]): readonly SchemaChange[] {
  const before = new Map(old.map((column) => [column.name, column.type]));
  const after = new Map(current.map((column) => [column.name, column.type]));
  const added = current
    .filter((column) => !before.has(column.name))
    .map((column): SchemaChange => ({ column: column.name, change: 'added', old: null, new: column.type }));
  const removed = old
    .filter((column) => !after.has(column.name))
    .map((column): SchemaChange => ({ column: column.name, change: 'removed', old: column.type, new: null }));
  const types = current.flatMap((column): SchemaChange[] => {
    const was = before.get(column.name);
    return was !== undefined && was !== column.type
      ? [{ column: column.name, change: 'type', old: was, new: column.type }]
      : [];
  });
  const order = (columns: readonly ColumnType[], other: ReadonlyMap<string, string>) =>
    columns.filter((column) => other.has(column.name)).map((column) => column.name);
  const moved = JSON.stringify(order(old, after)) !== JSON.stringify(order(current, before));
  const first = moved
    ? order(current, before).find((name, index) => name !== order(old, after)[index])
    : undefined;
  return [
    ...added,
    ...removed,
    ...types,
    ...(first ? [{ column: first, change: 'moved' as const, old: null, new: null }] : []),
  ];
}

function partitionColumnOf(old: Side, current: Side, common: readonly CommonColumn[]): string | null {
  const stated = current.time?.name ?? old.time?.name;
  const timed = (column: CommonColumn) => isTime(column.old) && isTime(column.new);
  if (stated && common.some((column) => column.name === stated && timed(column))) return stated;
  return common.find(timed)?.name ?? null;
}

function isTime(type: string): boolean {
  return type === 'DATE' || type.startsWith('TIMESTAMP');
}

function sharedSpans(old: Version | null, current: Version | null): readonly Interval[] {
  if (!old?.time || !current?.time || old.time.name !== current.time.name) return [];
  const names = commonNames(old, current);
  const textOf = (entry: Entry) => JSON.stringify([entry.segment, entry.number, seenIn(entry, names)]);
  return normalise(
    old.entries.flatMap((entry) => {
      const same = current.entries.find((other) => textOf(other) === textOf(entry));
      return same && entry.spans && same.spans ? [...intersect(entry.spans, same.spans)] : [];
    }),
  );
}
