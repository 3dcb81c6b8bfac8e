import type { Session } from '../engine/contract';
import { authored, columnList, join, type Sql, sql } from '../sql/sql';
import { addRows, type Held, heldRows, removeRows } from './held';

/** New rows of a batch and the rows that they meet. */
export interface KeyedWork {
  readonly session: Session;
  readonly held: Held;
  /** the batch's rows under the version's names and types */
  readonly query: Sql;
  /** SQL expressions over the model's columns */
  readonly keys: readonly string[];
}

const BATCH = sql`temp.main.teal_batch`;

/** The new rows replace those of the same key; of several new rows with one key, the engine keeps the first. */
export async function replaceByKey(work: KeyedWork): Promise<number> {
  const columns = columnList(work.held.columns.map((column) => column.name));
  await removeMatching(work);
  const keys = join(work.keys.map(authored));
  return addRows(work.session, work.held, sql`SELECT DISTINCT ON (${keys}) ${columns} FROM ${BATCH}`);
}

/** Partitions that the new rows have a row of are replaced as a whole. */
export async function replacePartitions(work: KeyedWork): Promise<number> {
  await removeMatching(work);
  return addRows(work.session, work.held, sql`SELECT * FROM ${BATCH}`);
}

async function removeMatching({ session, held, query, keys }: KeyedWork): Promise<void> {
  await session.run(sql`CREATE OR REPLACE TEMP TABLE teal_batch AS ${query}`);
  const key = keyOf(keys);
  const rows = heldRows(held);
  await removeRows(
    session,
    held,
    sql`SELECT teal_row FROM (${rows}) AS held_rows WHERE ${key} IN (SELECT ${key} FROM ${BATCH})`,
  );
}

/**
 * One key is compared as it is, so NULL meets nothing. Several are compared as one text that leaves out NULLs, as SQLMesh does it:
 * there NULL meets NULL.
 */
function keyOf(keys: readonly string[]): Sql {
  const [first, ...more] = keys.map((key) => sql`(${authored(key)})`);
  if (!first) throw new Error('A model that is kept by key names no key.');
  return more.length === 0 ? first : sql`concat_ws('__SQLMESH_DELIM__', ${join([first, ...more])})`;
}
