import { fault } from '../base/errors';
import type { Session } from '../engine/contract';
import type { ColumnType, TimeColumn } from '../release/types';
import { FROM_NUMBER, OPEN_NUMBER, TO_NUMBER } from '../release/views';
import { columnList, id, join, type Sql, sql } from '../sql/sql';
import type { PreparedModel } from './context';

/** A column of a version and what its segment calls it. */
export interface HeldColumn extends ColumnType {
  readonly held: string;
}

/** The rows of the version being filled, in the segment that this run writes. */
export interface Held {
  readonly table: Sql;
  /** the version number that rows are written under; null where rows carry none */
  readonly number: number | null;
  /** whether the segment holds rows of older versions too, which stay readable */
  readonly tail: boolean;
  readonly columns: readonly HeldColumn[];
  readonly time: TimeColumn | null;
}

/** The segment that a planned model writes, as its version sees it. */
export function heldOf({ planned, version }: PreparedModel): Held {
  const { target } = planned;
  if (!target) throw fault('plan.stale', `The plan names no table for ${planned.model}.`);
  const names = version.entries.find((entry) => entry.segment === target.table)?.columns;
  const columns = version.columns.map((column) => ({ ...column, held: names?.[column.name] ?? column.name }));
  const time = version.time && {
    ...version.time,
    name: names?.[version.time.name] ?? version.time.name,
  };
  return {
    table: id('teal_data', target.table),
    number: target.number,
    tail: target.mode === 'tail' && target.number !== null,
    columns,
    time,
  };
}

/** The rows as they are so far, with the number of each as `teal_row`. */
export function heldRows(held: Held): Sql {
  const columns = held.columns.map((column) => sql`${id(column.held)} AS ${id(column.name)}`);
  const alive =
    held.number === null
      ? sql``
      : sql` WHERE ${id(FROM_NUMBER)} <= ${held.number} AND ${id(TO_NUMBER)} > ${held.number}`;
  return sql`SELECT ${join([sql`rowid AS teal_row`, ...columns])} FROM ${held.table}${alive}`;
}

/**
 * Takes rows away by a condition over the segment: what this version wrote is deleted, what an older one wrote is closed, so that
 * the older stays readable.
 */
export async function removeWhere(session: Session, held: Held, condition: Sql): Promise<void> {
  if (held.number === null || !held.tail) {
    await session.run(sql`DELETE FROM ${held.table} WHERE ${condition}`);
    return;
  }
  const { number } = held;
  await session.run(sql`DELETE FROM ${held.table} WHERE ${id(FROM_NUMBER)} = ${number} AND ${condition}`);
  await session.run(
    sql`UPDATE ${held.table} SET ${id(TO_NUMBER)} = ${number} WHERE ${id(FROM_NUMBER)} < ${number} AND ${id(TO_NUMBER)} > ${number} AND ${condition}`,
  );
}

/** Takes away the rows whose numbers a query gives. */
export async function removeRows(session: Session, held: Held, rows: Sql): Promise<void> {
  await removeWhere(session, held, sql`rowid IN (${rows})`);
}

/** Adds rows, given under the version's names in any order, and gives how many. */
export async function addRows(session: Session, held: Held, rows: Sql): Promise<number> {
  const names = columnList(held.columns.map((column) => column.name));
  const into = held.columns.map((column) => id(column.held));
  if (held.number === null)
    return session.run(
      sql`INSERT INTO ${held.table} (${join(into)}) SELECT ${names} FROM (${rows}) AS new_rows`,
    );
  const numbers = [id(FROM_NUMBER), id(TO_NUMBER)];
  return session.run(
    sql`INSERT INTO ${held.table} (${join([...into, ...numbers])}) SELECT ${names}, ${held.number}, ${OPEN_NUMBER} FROM (${rows}) AS new_rows`,
  );
}
