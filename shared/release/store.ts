import { numberOrNull, textOf } from '../base/rows';
import type { Session } from '../engine/contract';
import { id, join, type Sql, sql } from '../sql/sql';
import { readHighest } from './clean';
import { readLines } from './lines';
import type { ColumnType, Environment, Release, Segment, Snapshot, Version, WarehouseState } from './types';

/** Reads all bookkeeping in one transaction, so that it fits together. */
export function readState(session: Session): Promise<WarehouseState> {
  return session.transaction(() => readStateNow(session));
}

/** Reads all bookkeeping in the caller's transaction. */
export async function readStateNow(session: Session): Promise<WarehouseState> {
  const versions = new Map<string, Version[]>();
  for (const row of await session.rows(sql`SELECT model, body FROM teal.version ORDER BY model, number`)) {
    const version = JSON.parse(textOf(row, 'body')) as Version;
    versions.set(version.model, [...(versions.get(version.model) ?? []), version]);
  }
  const environments = await bodies<Environment>(session, 'environment', 'name');
  const releases = await bodies<Release>(session, 'release', 'number');
  const snapshotRows = await session.rows(sql`SELECT body FROM teal.snapshot WHERE current`);
  const snapshots = snapshotRows.map((row) => JSON.parse(textOf(row, 'body')) as Snapshot);
  return {
    versions,
    environments: new Map(environments.map((environment) => [environment.name, complete(environment)])),
    releases: releases.map((release) => ({ ...release, ...mapsOf(release) })),
    ...(await readLines(session)),
    segments: await readSegments(session),
    snapshots: new Map(snapshots.map((snapshot) => [snapshot.source, snapshot])),
    highest: await readHighest(session),
  };
}

/** Environments and releases of an earlier layout know no editions. */
function mapsOf(
  body: Partial<Pick<Environment, 'editions' | 'lines'>>,
): Pick<Environment, 'editions' | 'lines'> {
  return { editions: body.editions ?? {}, lines: body.lines ?? {} };
}

/** An environment as it is stored, whichever layout wrote it. */
export function complete(environment: Environment): Environment {
  return { ...environment, ...mapsOf(environment), expiresAt: environment.expiresAt ?? null };
}

async function readSegments(session: Session): Promise<ReadonlyMap<string, Segment>> {
  const rows = await session.rows(
    sql`SELECT table_name, model, fingerprint, head, columns FROM teal.segment`,
  );
  const segments = rows.map(
    (row): Segment => ({
      table: textOf(row, 'table_name'),
      model: textOf(row, 'model'),
      fingerprint: textOf(row, 'fingerprint'),
      head: numberOrNull(row, 'head'),
      columns: JSON.parse(textOf(row, 'columns')) as ColumnType[],
    }),
  );
  return new Map(segments.map((segment) => [segment.table, segment]));
}

/** All snapshots of a source, newest first. */
export async function readSnapshots(
  session: Session,
  source: string,
): Promise<readonly { snapshot: Snapshot; current: boolean }[]> {
  const rows = await session.rows(
    sql`SELECT body, current FROM teal.snapshot WHERE source = ${source} ORDER BY created_at DESC`,
  );
  return rows.map((row) => ({
    snapshot: JSON.parse(textOf(row, 'body')) as Snapshot,
    current: row.current === true,
  }));
}

/** Snapshots by id, also those that are not current. */
export async function readSnapshotsById(
  session: Session,
  ids: readonly string[],
): Promise<ReadonlyMap<string, Snapshot>> {
  if (ids.length === 0) return new Map();
  const rows = await session.rows(
    sql`SELECT id, body FROM teal.snapshot WHERE id IN (${join(ids.map((one) => sql`${one}`))})`,
  );
  return new Map(rows.map((row) => [textOf(row, 'id'), JSON.parse(textOf(row, 'body')) as Snapshot]));
}

export async function writeVersion(session: Session, version: Version): Promise<void> {
  await session.run(
    sql`INSERT OR REPLACE INTO teal.version VALUES (${version.model}, ${version.number}, ${JSON.stringify(version)})`,
  );
}

export function environmentStatement(environment: Environment): Sql {
  return sql`INSERT OR REPLACE INTO teal.environment VALUES (${environment.name}, ${JSON.stringify(environment)})`;
}

/** Keeps more of an environment than what it shows; inside the caller's transaction. */
export async function keepOfEnvironment(
  session: Session,
  name: string,
  more: Pick<Environment, 'around' | 'restated'>,
): Promise<void> {
  const [row] = await session.rows(sql`SELECT body FROM teal.environment WHERE name = ${name}`);
  if (!row || Object.keys(more).length === 0) return;
  const environment = JSON.parse(textOf(row, 'body')) as Environment;
  await session.run(environmentStatement({ ...environment, ...more }));
}

export function releaseStatement(release: Release): Sql {
  return sql`INSERT INTO teal.release VALUES (${release.number}, ${JSON.stringify(release)})`;
}

/** Makes a snapshot the current one of its source; the former stays. */
export async function writeSnapshot(session: Session, snapshot: Snapshot): Promise<void> {
  await session.run(sql`UPDATE teal.snapshot SET current = false WHERE source = ${snapshot.source}`);
  await session.run(
    sql`INSERT OR REPLACE INTO teal.snapshot VALUES (${snapshot.id}, ${snapshot.source}, ${new Date(snapshot.createdAt)}, true, ${JSON.stringify(snapshot)})`,
  );
}

/** Rows of a table of bookkeeping whose row is one JSON text, in the order of its key. */
async function bodies<T>(session: Session, table: string, key: string): Promise<readonly T[]> {
  const rows = await session.rows(sql`SELECT body FROM teal.${id(table)} ORDER BY ${id(key)}`);
  return rows.map((row) => JSON.parse(textOf(row, 'body')) as T);
}
