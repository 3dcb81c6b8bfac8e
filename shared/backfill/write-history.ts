import type { Session } from '../engine/contract';
import type { ModelKind } from '../project/model';
import { momentLiteral } from '../sql/moments';
import { expression } from '../sql/reserved';
import { authored, columnList, id, join, type Sql, sql } from '../sql/sql';
import { addRows, type Held, heldRows, removeRows } from './held';

type HistoryKind = Extract<ModelKind, { name: `SCD_${string}` }>;

/** The source's rows of a batch, for a model that keeps the history of its rows. */
export interface HistoryWork {
  readonly session: Session;
  readonly held: Held;
  readonly kind: HistoryKind;
  /** the source's rows, without the two columns that say when a row held */
  readonly query: Sql;
  /** whether the table is begun anew, whatever it holds */
  readonly first: boolean;
  readonly executionTime: number;
}

const AFTER = sql`temp.main.teal_after`;

/**
 * Closes open rows that changed in the source or are gone from it and opens new ones, with SQLMesh's moments. Closed rows are never
 * touched again, and an open one that did not change stays where it is.
 */
export async function writeHistory(work: HistoryWork): Promise<number> {
  const { session, held } = work;
  await session.run(sql`CREATE OR REPLACE TEMP TABLE teal_after AS ${afterRows(work)}`);
  await removeRows(
    session,
    held,
    sql`SELECT teal_row FROM ${AFTER} WHERE teal_changed AND teal_row IS NOT NULL`,
  );
  const written = await addRows(session, held, sql`SELECT * FROM ${AFTER} WHERE teal_changed`);
  await session.run(sql`DROP TABLE ${AFTER}`);
  return written;
}

/** What is left of each open row, beside new rows; `teal_row` is the open row's number, `teal_changed` whether it must be written. */
function afterRows(work: HistoryWork): Sql {
  const { kind } = work;
  const rules = rulesOf(work);
  const own = ownColumns(work);
  const [from, to] = [id(kind.validFrom), id(kind.validTo)];
  const kept = own.map((name) => sql`coalesce(${was(name)}, ${id(name)}) AS ${id(name)}`);
  const opened = kind.name === 'SCD_TYPE_2_BY_COLUMN' ? rules.moment : id(kind.updatedAt);
  const all = [...own, kind.validFrom, kind.validTo];
  const changed = join(
    all.map((name) => sql`${id(name)} IS DISTINCT FROM ${was(name)}`),
    ' OR ',
  );
  return sql`WITH ${ctes(work)},
teal_kept AS (
  SELECT teal_row, ${join(kept)}, ${rules.validFrom} AS ${from}, ${rules.validTo} AS ${to}, ${join(all.map((name) => was(name)))}
  FROM teal_joined LEFT JOIN teal_closed ON ${sameKeys(work, 'teal_joined', 'teal_closed')})
SELECT teal_row, ${columnList(all)}, teal_row IS NULL OR ${changed} AS teal_changed FROM teal_kept
UNION ALL
SELECT NULL, ${columnList(own)}, ${opened}, CAST(NULL AS ${timeType(work)}), true FROM teal_joined WHERE ${rules.updated}`;
}

/** The rows that are held, the last closing of each key, and the open rows beside those of the source. */
function ctes(work: HistoryWork): Sql {
  const { kind, held, query, first } = work;
  const own = ownColumns(work);
  const to = id(kind.validTo);
  const keys = join(kind.uniqueKey.map((key, index) => sql`(${expression(key)}) AS ${keyName(index)}`));
  const cast = kind.name === 'SCD_TYPE_2_BY_TIME' ? kind.updatedAt : null;
  const source = own.map((name) =>
    name === cast ? sql`CAST(${id(name)} AS ${timeType(work)}) AS ${id(name)}` : id(name),
  );
  const was_ = [...own, kind.validFrom, kind.validTo].map(
    (name) => sql`teal_open.${id(name)} AS ${was(name)}`,
  );
  const keyNames = kind.uniqueKey.map((_, index) => keyName(index));
  const watching = watched(work);
  const seen = watching.map(({ text, index }) => sql`, (${text}) AS ${watchedNow(index)}`);
  const compared = watching.map(
    ({ index }) =>
      sql`, teal_source.${watchedNow(index)}, teal_open.${watchedNow(index)} AS ${watchedBefore(index)}`,
  );
  return sql`teal_held AS (${heldRows(held)}${first ? sql` LIMIT 0` : sql``}),
teal_source AS (
  SELECT *, ${keys}${join(seen, '')}, true AS teal_exists FROM (
    SELECT DISTINCT ON (${join(kind.uniqueKey.map(expression))}) ${join(source)} FROM (${query}) AS raw_source) AS source_rows),
teal_open AS (SELECT *, ${keys}${join(seen, '')} FROM teal_held WHERE ${to} IS NULL),
teal_closed AS (
  SELECT ${join(keyNames)}, true AS teal_exists, max(${to}) AS ${to}
  FROM (SELECT *, ${keys} FROM teal_held WHERE ${to} IS NOT NULL) AS closed_rows GROUP BY ALL),
teal_joined AS (
  SELECT teal_open.teal_row, ${join(was_)}, ${columnList(own, 'teal_source')}, teal_source.teal_exists,
    ${join(keyNames.map((name) => sql`teal_source.${name}`))}, ${bothKeys(work)} AS teal_same${join(compared, '')}
  FROM teal_open FULL JOIN teal_source ON ${sameKeys(work, 'teal_open', 'teal_source')})`;
}

interface Rules {
  /** the moment of change where the rows themselves do not tell it */
  readonly moment: Sql;
  readonly updated: Sql;
  readonly validFrom: Sql;
  readonly validTo: Sql;
}

function rulesOf(work: HistoryWork): Rules {
  const { kind } = work;
  const from = was(kind.validFrom);
  const to = was(kind.validTo);
  const begin = momentOf(work, 0);
  const moment = momentOf(work, work.executionTime);
  const gone = kind.invalidateHardDeletes ? sql`teal_joined.teal_exists IS NULL` : sql`false`;
  if (kind.name === 'SCD_TYPE_2_BY_TIME') {
    const at = sql`teal_joined.${id(kind.updatedAt)}`;
    const closed = sql`teal_closed.${id(kind.validTo)}`;
    const updated = sql`teal_joined.${id(kind.updatedAt)} > teal_joined.${was(kind.updatedAt)}`;
    const start = kind.updatedAtAsValidFrom ? at : begin;
    return {
      moment,
      updated,
      validFrom: sql`CASE WHEN ${from} IS NULL AND teal_closed.teal_exists IS NOT NULL THEN CASE WHEN ${closed} > ${at} THEN ${closed} ELSE ${at} END WHEN ${from} IS NULL THEN ${start} ELSE ${from} END`,
      validTo: sql`CASE WHEN ${updated} THEN ${at} WHEN ${gone} THEN ${moment} ELSE ${to} END`,
    };
  }
  const at = kind.updatedAt ? sql`CAST(teal_joined.${id(kind.updatedAt)} AS ${timeType(work)})` : moment;
  const updated = sql`teal_joined.teal_same AND (${differs(work, kind.columns ?? ownColumns(work))})`;
  const start = kind.executionTimeAsValidFrom || !work.first ? at : begin;
  return {
    moment: at,
    updated,
    validFrom: sql`coalesce(${from}, ${start})`,
    validTo: sql`CASE WHEN ${gone} OR (${updated}) THEN ${at} ELSE ${to} END`,
  };
}

function differs(work: HistoryWork, columns: readonly string[]): Sql {
  const known = new Map(ownColumns(work).map((name) => [name.toLowerCase(), name]));
  return join(
    columns.map((name, index) => {
      const column = known.get(name.toLowerCase());
      if (column === undefined)
        return sql`teal_joined.${watchedNow(index)} IS DISTINCT FROM teal_joined.${watchedBefore(index)}`;
      return sql`teal_joined.${id(column)} IS DISTINCT FROM teal_joined.${was(column)}`;
    }),
    ' OR ',
  );
}

/** Expressions over the columns that a model watches for changes, each with its place in the list. */
function watched(work: HistoryWork): readonly { readonly text: Sql; readonly index: number }[] {
  const { kind } = work;
  if (kind.name !== 'SCD_TYPE_2_BY_COLUMN' || !kind.columns) return [];
  const known = new Set(ownColumns(work).map((name) => name.toLowerCase()));
  return kind.columns.flatMap((name, index) =>
    known.has(name.toLowerCase()) ? [] : [{ text: expression(name), index }],
  );
}

function watchedNow(index: number): Sql {
  return id(`teal_watched_${index}`);
}

function watchedBefore(index: number): Sql {
  return id(`teal_was_watched_${index}`);
}

function ownColumns({ held, kind }: HistoryWork): readonly string[] {
  return held.columns
    .map((column) => column.name)
    .filter((name) => name !== kind.validFrom && name !== kind.validTo);
}

function timeType({ held, kind }: HistoryWork): Sql {
  return authored(held.columns.find((column) => column.name === kind.validFrom)?.type ?? kind.timeType);
}

function momentOf(work: HistoryWork, time: number): Sql {
  const type = timeType(work);
  return sql`CAST(${momentLiteral({ type: type.text, format: null }, time)} AS ${type})`;
}

function was(name: string): Sql {
  return id(`teal_was_${name}`);
}

function keyName(index: number): Sql {
  return id(`teal_key_${index}`);
}

function sameKeys({ kind }: HistoryWork, a: string, b: string): Sql {
  return join(
    kind.uniqueKey.map((_, index) => sql`${id(a)}.${keyName(index)} = ${id(b)}.${keyName(index)}`),
    ' AND ',
  );
}

function bothKeys({ kind }: HistoryWork): Sql {
  return join(
    kind.uniqueKey.map(
      (_, index) =>
        sql`teal_open.${keyName(index)} IS NOT NULL AND teal_source.${keyName(index)} IS NOT NULL`,
    ),
    ' AND ',
  );
}
