import { PROD } from '../base/names';
import { normalise } from '../base/time';
import { momentLiteral } from '../sql/moments';
import { authored, id, join, type Sql, sql } from '../sql/sql';
import type { ColumnType, Entry, Segment, TimeColumn, Version } from './types';

/** Columns that Teal adds to segments whose rows carry version numbers: a row is of number n where `_from <= n < _to`. */
export const FROM_NUMBER = '_from';
export const TO_NUMBER = '_to';
/** `_to` of a row that nothing has replaced. */
export const OPEN_NUMBER = 2_147_483_647;

/** The persisted view of one version, e.g. `teal_data."mart__sales__v12"`. */
export function versionViewName(model: string, number: number): readonly [string, string] {
  return ['teal_data', `${model.replace('.', '__')}__v${number}`];
}

/**
 * The rows of a version: one branch for each segment and contiguous range, columns named, a cut of one `>= AND <` where the
 * segment holds more than is used. `catalog` is put before the tables where the reader's own catalog is another.
 */
export function versionQuery(
  version: Pick<Version, 'entries' | 'columns' | 'time'>,
  segments: ReadonlyMap<string, Segment>,
  catalog?: string,
): Sql {
  const branches = version.entries.flatMap((entry) => entryBranches(entry, version, { segments, catalog }));
  if (branches.length === 0) return sql`SELECT ${join(version.columns.map(nullColumn))} WHERE false`;
  return join(branches, ' UNION ALL ');
}

interface BranchContext {
  readonly segments: ReadonlyMap<string, Segment>;
  readonly catalog: string | undefined;
}

function entryBranches(
  entry: Entry,
  version: Pick<Version, 'columns' | 'time'>,
  context: BranchContext,
): readonly Sql[] {
  const table = context.catalog
    ? id(context.catalog, 'teal_data', entry.segment)
    : id('teal_data', entry.segment);
  const columns = selectColumns(version.columns, context.segments.get(entry.segment)?.columns, entry);
  const alive =
    entry.number === null
      ? []
      : [sql`${id(FROM_NUMBER)} <= ${entry.number} AND ${id(TO_NUMBER)} > ${entry.number}`];
  const time = version.time && { ...version.time, name: heldName(entry, version.time.name) };
  const ranges =
    entry.cut && entry.spans && time
      ? normalise(entry.spans).map((span) => withinSpan(time, span.from, span.to))
      : [undefined];
  return ranges.map((range) => {
    const conditions = [...alive, ...(range ? [range] : [])];
    const where = conditions.length > 0 ? sql` WHERE ${join(conditions, ' AND ')}` : sql``;
    return sql`SELECT ${columns} FROM ${table}${where}`;
  });
}

function heldName(entry: Pick<Entry, 'columns'>, name: string): string {
  return entry.columns?.[name] ?? name;
}

/** `ts >= a AND ts < b`, with moments written as values of the time column. */
export function withinSpan(time: TimeColumn, from: number, to: number): Sql {
  return sql`${id(time.name)} >= ${momentLiteral(time, from)} AND ${id(time.name)} < ${momentLiteral(time, to)}`;
}

/** Columns of a version from a segment that may lack some, hold them under another type or name, or have some that are not to be seen. */
function selectColumns(
  wanted: readonly ColumnType[],
  held: readonly ColumnType[] | undefined,
  entry: Pick<Entry, 'columns'>,
): Sql {
  const types = new Map(held?.map((column) => [column.name, column.type]));
  return join(
    wanted.map((column) => {
      const name = heldName(entry, column.name);
      if (entry.columns && !Object.hasOwn(entry.columns, column.name)) return nullColumn(column);
      if (held && !types.has(name)) return nullColumn(column);
      if (held && types.get(name) !== column.type) return castColumn(column, name);
      return name === column.name ? id(name) : sql`${id(name)} AS ${id(column.name)}`;
    }),
  );
}

function castColumn(column: ColumnType, held: string): Sql {
  return sql`CAST(${id(held)} AS ${authored(column.type)}) AS ${id(column.name)}`;
}

function nullColumn(column: ColumnType): Sql {
  return sql`CAST(NULL AS ${authored(column.type)}) AS ${id(column.name)}`;
}
