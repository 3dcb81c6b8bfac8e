import { numberOf, textOf } from '../base/rows';
import { type Interval, normalise } from '../base/time';
import type { Session } from '../engine/contract';
import type { ColumnType, Snapshot, SnapshotFile } from '../release/types';
import { id, join, sql } from '../sql/sql';
import { familyOf } from './column-type';
import { snapshotViewName } from './names';

/** One thing that differs from the snapshot before, or is as it was. */
export interface DriftNote {
  readonly level: 'look' | 'same';
  readonly text: string;
}

/** All of time, for changes that cannot be placed. */
const always: Interval = { from: -8.64e15, to: 8.64e15 };
const fewValues = 50;
const mostNotes = 20;

/** What differs between two snapshots of a source: columns, types, and values that a column of few texts never had. */
export async function driftNotes(
  session: Session,
  previous: Snapshot,
  current: Snapshot,
): Promise<readonly DriftNote[]> {
  const columns = columnNotes(previous.columns, current.columns);
  const same: DriftNote = { level: 'same', text: 'Columns and types as before' };
  const values = await newValues(session, previous, current);
  return [...values, ...(columns.length === 0 ? [same] : columns)];
}

/** Columns that came, went, or changed their type. */
export function columnNotes(
  previous: readonly ColumnType[],
  current: readonly ColumnType[],
): readonly DriftNote[] {
  const before = new Map(previous.map((column) => [column.name, column.type]));
  const after = new Map(current.map((column) => [column.name, column.type]));
  const came = current
    .filter((column) => !before.has(column.name))
    .map((column) => `New column ${column.name}, ${column.type}`);
  const went = previous
    .filter((column) => !after.has(column.name))
    .map((column) => `Column ${column.name} is gone`);
  const changed = current.flatMap(({ name, type }) => {
    const was = before.get(name);
    return was === undefined || was === type ? [] : [`${name} is ${type}, was ${was}`];
  });
  return [...came, ...went, ...changed].map((text) => ({ level: 'look', text }));
}

async function newValues(
  session: Session,
  previous: Snapshot,
  current: Snapshot,
): Promise<readonly DriftNote[]> {
  const [old, fresh] = [previous, current].map((one) => id(...snapshotViewName(one.source, one.id)));
  const known = new Set(
    previous.columns.filter((column) => familyOf(column.type) === 'text').map((column) => column.name),
  );
  const names = current.columns
    .filter((column) => known.has(column.name) && familyOf(column.type) === 'text')
    .map((column) => column.name);
  if (!old || !fresh || names.length === 0) return [];
  const counts = join(
    names.map((name, index) => sql`approx_count_distinct(${id(name)}) AS ${id(`d${index}`)}`),
  );
  const [row] = await session.rows(sql`SELECT ${counts} FROM ${old}`);
  const few = names.filter(
    (_, index) =>
      row !== undefined && numberOf(row, `d${index}`) <= fewValues && numberOf(row, `d${index}`) > 0,
  );
  if (few.length === 0) return [];
  const branches = few.map((name) => {
    const value = id(name);
    return sql`(SELECT ${name} AS field, ${value}::VARCHAR AS value, count(*) AS n FROM ${fresh}
      WHERE ${value} IS NOT NULL AND ${value} NOT IN (SELECT DISTINCT ${value} FROM ${old} WHERE ${value} IS NOT NULL) GROUP BY ALL)`;
  });
  const rows = await session.rows(
    sql`SELECT * FROM (${join(branches, ' UNION ALL ')}) ORDER BY n DESC, field, value LIMIT ${mostNotes}`,
  );
  return rows.map((found) => {
    const count = numberOf(found, 'n');
    const words = `${count.toLocaleString('en')} ${count === 1 ? 'row' : 'rows'}`;
    return {
      level: 'look',
      text: `New value in ${textOf(found, 'field')}: ${textOf(found, 'value').slice(0, 60)}, ${words}`,
    };
  });
}

/** The time for which a source's rows may differ between two snapshots: that of files that came, went or were read another way. */
export function changedSpans(previous: Snapshot, current: Snapshot): readonly Interval[] {
  const readAlike = waysOf(previous) === waysOf(current);
  const [before, after] = [groups(previous.files), groups(current.files)];
  const differing = [...new Set([...before.keys(), ...after.keys()])].flatMap((sha256) => {
    const [old, fresh] = [before.get(sha256) ?? [], after.get(sha256) ?? []];
    return readAlike && old.length === fresh.length ? [] : [...old, ...fresh];
  });
  return normalise(differing.filter((file) => file.rows > 0).map(spanOf));
}

// The text of the reading without the names of files: columns and options.
function waysOf(snapshot: Snapshot): string {
  const { readSql } = snapshot;
  return JSON.stringify([snapshot.columns, readSql.slice(readSql.indexOf(']'))]);
}

function groups(files: readonly SnapshotFile[]): ReadonlyMap<string, readonly SnapshotFile[]> {
  const found = new Map<string, SnapshotFile[]>();
  for (const file of files) found.set(file.sha256, [...(found.get(file.sha256) ?? []), file]);
  return found;
}

function spanOf(file: SnapshotFile): Interval {
  return file.from === null || file.to === null ? always : { from: file.from, to: file.to + 1 };
}
