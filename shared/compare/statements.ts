import type { Interval } from '../base/time';
import { momentLiteral } from '../sql/moments';
import { authored, columnList, id, join, type Sql, sql } from '../sql/sql';
import { type CommonColumn, differs, isApproximate, partitionStart } from './layout';
import type { PartitionUnit } from './types';

/** Rows outside of the shared spans, whose equality needs no reading. */
export function outsideSpans(column: string, type: string, spans: readonly Interval[]): Sql {
  if (spans.length === 0) return sql`true`;
  const within = spans.map((span) => insideSpan(column, type, span));
  return sql`(NOT (${join(within, ' OR ')}) OR ${id(column)} IS NULL)`;
}

/** Rows inside any of the spans, or without a time. */
export function insideSpans(column: string, type: string, spans: readonly Interval[]): Sql {
  return sql`(${join([...spans.map((span) => insideSpan(column, type, span)), sql`${id(column)} IS NULL`], ' OR ')})`;
}

function insideSpan(column: string, type: string, span: Interval): Sql {
  const literal = (time: number) => momentLiteral({ type, format: null }, time);
  return sql`(${id(column)} >= ${literal(span.from)} AND ${id(column)} < ${literal(span.to)})`;
}

/** A hash of a row over the columns that compare exactly; types that differ are brought to the new one first. */
export function rowHash(common: readonly CommonColumn[], side: 'old' | 'new'): Sql {
  const exact = common.filter((column) => !isApproximate(column.new) && !isApproximate(column.old));
  if (exact.length === 0) return sql`CAST(0 AS UBIGINT)`;
  return sql`hash(${join(exact.map((column) => (side === 'old' && column.old !== column.new ? sql`TRY_CAST(${id(column.name)} AS ${authored(column.new)})` : id(column.name))))})`;
}

/** Count and order-free hash of every partition of one side in one scan: `part, n, s, x`. */
export function partitionPrints(work: {
  relation: Sql;
  column: string;
  unit: PartitionUnit;
  where: Sql;
  hash: Sql;
}): Sql {
  return sql`SELECT ${partitionStart(id(work.column), work.unit)} AS part, count(*) AS n, sum(CAST(h AS HUGEINT)) AS s, bit_xor(h) AS x
    FROM (SELECT ${id(work.column)}, ${work.hash} AS h FROM ${work.relation} AS side WHERE ${work.where}) AS hashed GROUP BY part`;
}

export interface DiffWork {
  readonly table: string;
  readonly old: Sql;
  readonly new: Sql;
  readonly common: readonly CommonColumn[];
  readonly key: readonly string[];
  readonly where: Sql;
  readonly partitionColumn: string | null;
  readonly unit: PartitionUnit;
}

/**
 * Stores the differing rows by key: a join on key and row hash alone finds them, wide columns are fetched for those keys only. Joins are
 * by equal keys and nothing else: one more condition makes the engine try every pair of rows.
 * Columns: `kind`, `part`, `copies`, then `old_<column>` and `new_<column>`.
 */
export function storeKeyedDiff(work: DiffWork): Sql {
  const keys = columnList(work.key);
  const floats = work.common.filter((column) => isApproximate(column.new) || isApproximate(column.old));
  const narrow = (relation: Sql, side: 'old' | 'new') =>
    sql`SELECT ${keys}, ${rowHash(work.common, side)} AS row_hash, true AS here${floats.length > 0 ? sql`, ${columnList(floats.map((column) => column.name))}` : sql``} FROM ${relation} AS side WHERE ${work.where}`;
  const onKey = (a: string, b: string) =>
    join(
      work.key.map((key) => sql`${id(a, key)} IS NOT DISTINCT FROM ${id(b, key)}`),
      ' AND ',
    );
  const unequal = join(
    [
      sql`o.row_hash IS DISTINCT FROM n.row_hash`,
      sql`o.here IS DISTINCT FROM n.here`,
      ...floats.map((column) => differs(column, id('o', column.name), id('n', column.name))),
    ],
    ' OR ',
  );
  const foundKeys = join(
    work.key.map((key) => sql`CASE WHEN n.here THEN ${id('n', key)} ELSE ${id('o', key)} END AS ${id(key)}`),
  );
  const wide = (relation: Sql) => sql`(SELECT * FROM ${relation} AS side WHERE ${work.where})`;
  return sql`CREATE OR REPLACE TABLE ${id('teal_diff', work.table)} AS
    WITH found AS (
      SELECT ${foundKeys}, CASE WHEN o.here IS NULL THEN 'added' WHEN n.here IS NULL THEN 'removed' ELSE 'changed' END AS diff_kind
      FROM (${narrow(work.old, 'old')}) AS o FULL JOIN (${narrow(work.new, 'new')}) AS n ON ${onKey('o', 'n')} WHERE ${unequal})
    SELECT found.diff_kind AS kind, ${partOf(work)} AS part, 1 AS copies, ${bothSides(work.common)}
    FROM found
    LEFT JOIN ${wide(work.old)} AS o ON ${onKey('o', 'found')}
    LEFT JOIN ${wide(work.new)} AS n ON ${onKey('n', 'found')}`;
}

/** Stores the differing rows of two multisets: rows are equal in all common columns, and only their number may differ. */
export function storeMultisetDiff(work: DiffWork): Sql {
  const names = work.common.map((column) => column.name);
  const cast = join(
    work.common.map((column) =>
      column.old === column.new
        ? id(column.name)
        : sql`TRY_CAST(${id(column.name)} AS ${authored(column.new)}) AS ${id(column.name)}`,
    ),
  );
  const counted = (relation: Sql, columns: Sql) =>
    sql`(SELECT ${columnList(names)}, count(*) AS row_count FROM (SELECT ${columns} FROM ${relation} AS side WHERE ${work.where}) AS cast_side GROUP BY ALL)`;
  const same = join(
    names.map((name) => sql`${id('o', name)} IS NOT DISTINCT FROM ${id('n', name)}`),
    ' AND ',
  );
  const more = sql`coalesce(n.row_count, 0) > coalesce(o.row_count, 0)`;
  return sql`CREATE OR REPLACE TABLE ${id('teal_diff', work.table)} AS
    SELECT CASE WHEN ${more} THEN 'added' ELSE 'removed' END AS kind, ${partOf(work)} AS part,
      CAST(abs(coalesce(n.row_count, 0) - coalesce(o.row_count, 0)) AS BIGINT) AS copies, ${bothSides(work.common)}
    FROM ${counted(work.old, cast)} AS o FULL JOIN ${counted(work.new, columnList(names))} AS n ON ${same}
    WHERE coalesce(n.row_count, 0) <> coalesce(o.row_count, 0)`;
}

/** Counts of the stored differences by partition, with one count for every column that differs in changed rows. */
export function diffCounts(table: string, common: readonly CommonColumn[], key: readonly string[]): Sql {
  const counted = common.filter((column) => !key.includes(column.name));
  const columns = counted.map(
    (column, index) =>
      sql`count(*) FILTER (kind = 'changed' AND ${storedDiffers(column)}) AS ${id(`c${index}`)}`,
  );
  const kinds = ['added', 'removed', 'changed'].map(
    (kind) => sql`coalesce(sum(copies) FILTER (kind = ${kind}), 0) AS ${id(kind)}`,
  );
  return sql`SELECT part, ${join([...kinds, ...columns])} FROM ${id('teal_diff', table)} GROUP BY part`;
}

/** Whether a stored row differs in a column. */
export function storedDiffers(column: CommonColumn): Sql {
  return differs(column, id(`old_${column.name}`), id(`new_${column.name}`));
}

/** How many rows of a relation have a key that another row has too. */
export function duplicateKeys(relation: Sql, key: readonly string[], where: Sql): Sql {
  return sql`SELECT coalesce(sum(n - 1), 0) AS n FROM (SELECT count(*) AS n FROM ${relation} AS side WHERE ${where} GROUP BY ${columnList(key)} HAVING count(*) > 1) AS repeated`;
}

function bothSides(common: readonly CommonColumn[]): Sql {
  return join(
    common.flatMap((column) => [
      sql`${id('o', column.name)} AS ${id(`old_${column.name}`)}`,
      sql`${id('n', column.name)} AS ${id(`new_${column.name}`)}`,
    ]),
  );
}

function partOf(work: DiffWork): Sql {
  if (!work.partitionColumn || work.unit === 'none') return sql`CAST(NULL AS TIMESTAMP)`;
  return sql`coalesce(${partitionStart(id('n', work.partitionColumn), work.unit)}, ${partitionStart(id('o', work.partitionColumn), work.unit)})`;
}
