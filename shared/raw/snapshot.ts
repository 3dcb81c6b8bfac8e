import { fault } from '../base/errors';
import type { Session } from '../engine/contract';
import type { SourceFile } from '../project/source-file';
import type { ColumnType, Snapshot, SnapshotFile } from '../release/types';
import { columnList, id, sql } from '../sql/sql';
import { parquetFacts, tableFacts } from './file-facts';
import { columnsOfFiles } from './guess-source';
import { type LoadRequest, loadCsv } from './load-csv';
import { loadJson } from './load-json';
import { checkParquet, viewParquet } from './load-parquet';
import { snapshotViewName, sourceViewName } from './names';
import { type QuarantinedLine, writeQuarantine } from './quarantine';
import type { FileFacts, KeptInput, RawFile } from './raw-file';
import { badLine, nothingLoaded } from './read-faults';
import { readSql } from './read-sql';

// Part of every snapshot's id: raised when the same file would be read into other rows.
const READING = 1;

/** Where the records of snapshots are kept. Both are called inside the transaction that reads the files. */
export interface SnapshotRecords {
  find(id: string): Promise<Snapshot | undefined>;
  /** makes it the current one of its source */
  write(snapshot: Snapshot): Promise<void>;
}

export interface SnapshotRequest {
  readonly session: Session;
  readonly source: SourceFile;
  readonly files: readonly KeptInput[];
  readonly previous?: Snapshot;
  readonly records: SnapshotRecords;
  readonly now: number;
  readonly sha256: (text: string) => string;
  /** the absolute path of a kept file */
  readonly resolve: (kept: string) => string;
  readonly signal?: AbortSignal;
}

/** `isNew` is false where the files and the way to read them were known, and nothing was read. */
export interface TakenSnapshot {
  readonly snapshot: Snapshot;
  readonly isNew: boolean;
  /** columns that stand in the files, but not in the source */
  readonly unread: readonly string[];
}

/** The id that files read this way have: equal content and options give equal ids, whatever the files' names. */
function snapshotId(
  source: SourceFile,
  files: readonly Pick<KeptInput, 'sha256'>[],
  sha256: (text: string) => string,
): string {
  const { name, format, csv, columns, time_column, on_error } = source;
  const options = {
    reading: READING,
    name,
    format,
    csv: sorted(csv ?? {}),
    columns: Object.entries(columns ?? {}),
    time_column: time_column ?? null,
    on_error,
  };
  return sha256(JSON.stringify([files.map((file) => file.sha256).toSorted(), options]));
}

function sorted(options: Readonly<Record<string, unknown>>): readonly (readonly [string, unknown])[] {
  return Object.entries(options).toSorted(([a], [b]) => (a < b ? -1 : 1));
}

/**
 * Reads kept files into the warehouse in one transaction: CSV and JSON into a table, Parquet as a view over the files; lines that
 * do not fit go to `teal.quarantine`; `raw.<source>` then reads the new rows. Files that cannot be read are `source.*` faults, and
 * then nothing has changed.
 */
export async function takeSnapshot(request: SnapshotRequest): Promise<TakenSnapshot> {
  const { session, source, previous, records } = request;
  const key = snapshotId(source, request.files, request.sha256);
  if (previous?.id === key) return { snapshot: previous, isNew: false, unread: [] };
  const options = request.signal ? { signal: request.signal } : {};
  const known = await records.find(key);
  // Files are looked into before: a statement that fails would end the transaction, and with it the search for the bad file.
  const load = known ? null : await prepare(request, key);
  return session.transaction(async () => {
    const taken = load ? await readFiles(request, load, key) : null;
    const snapshot = taken?.snapshot ?? known;
    if (!snapshot) throw new Error('A snapshot is known or was read.');
    await pointSource(session, snapshot);
    await records.write(snapshot);
    return taken ?? { snapshot, isNew: false, unread: [] };
  }, options);
}

/** Points `raw.<source>` at a snapshot. */
async function pointSource(session: Session, snapshot: Snapshot): Promise<void> {
  const columns = columnList(snapshot.columns.map((column) => column.name));
  const from = id(...snapshotViewName(snapshot.source, snapshot.id));
  await session.run(
    sql`CREATE OR REPLACE VIEW ${id(...sourceViewName(snapshot.source))} AS SELECT ${columns} FROM ${from}`,
  );
}

async function prepare(request: SnapshotRequest, key: string): Promise<LoadRequest> {
  const { session, source } = request;
  const files = request.files
    .map((file): RawFile => ({ ...file, absolute: request.resolve(file.kept) }))
    .toSorted(byPath);
  const columns = await columnsOf(session, source, files);
  const load: LoadRequest = {
    session,
    source,
    columns,
    files,
    table: id(...snapshotViewName(source.name, key)),
  };
  if (source.format === 'parquet') await checkParquet(load);
  return load;
}

async function readFiles(request: SnapshotRequest, load: LoadRequest, key: string): Promise<TakenSnapshot> {
  const { session, source } = request;
  const { columns, files } = load;
  const read = source.format === 'parquet' ? await readParquet(load) : await readLines(load, key);
  const snapshot: Snapshot = {
    id: key,
    source: source.name,
    createdAt: request.now,
    files: files.map((file, index) => toSnapshotFile(file, read.facts[index])),
    rows: read.facts.reduce((sum, file) => sum + file.rows, 0),
    quarantined: read.quarantined,
    columns: await session.describe(
      sql`SELECT ${columnList(columns.map((column) => column.name))} FROM ${load.table}`,
    ),
    readSql: readSql(source, columns),
  };
  return { snapshot, isNew: true, unread: read.unread };
}

interface Read {
  readonly facts: readonly FileFacts[];
  readonly quarantined: number;
  readonly unread: readonly string[];
}

async function readParquet(load: LoadRequest): Promise<Read> {
  const unread = await viewParquet(load);
  return { facts: await parquetFacts(load, load.source.time_column), quarantined: 0, unread };
}

async function readLines(load: LoadRequest, key: string): Promise<Read> {
  const { session, source } = load;
  let first: QuarantinedLine | undefined;
  let quarantined = 0;
  await session.run(sql`DELETE FROM teal.quarantine WHERE snapshot = ${key}`);
  const takeBad = async (lines: readonly QuarantinedLine[]) => {
    first ??= lines[0];
    if (first && source.on_error === 'fail') throw badLine(source, first);
    quarantined += lines.length;
    await writeQuarantine(session, key, lines);
  };
  const unread =
    source.format === 'csv' ? await loadCsv(load, takeBad) : await loadJson(load, takeBad).then(() => []);
  const facts = await tableFacts(load, source.time_column);
  if (first && facts.every((file) => file.rows === 0))
    throw nothingLoaded(source, first.file, `${first.reason.toLowerCase()} on line ${first.line}`);
  return { facts, quarantined, unread };
}

async function columnsOf(
  session: Session,
  source: SourceFile,
  files: readonly RawFile[],
): Promise<readonly ColumnType[]> {
  const stated = Object.entries(source.columns ?? {}).map(([name, type]) => ({ name, type }));
  const columns = stated.length > 0 ? stated : await columnsOfFiles(session, source, files);
  const time = source.time_column;
  if (!time || columns.some((column) => column.name === time)) return columns;
  throw fault('source.invalid', `${source.name} has no column ${time}, which is stated as its time column.`, {
    place: { file: `sources/${source.name}.yaml`, source: source.name },
    kept: 'What was read before stays.',
    remedy: `Name one of ${columns
      .map((column) => column.name)
      .slice(0, 20)
      .join(', ')}.`,
  });
}

function toSnapshotFile(file: RawFile, facts: FileFacts | undefined): SnapshotFile {
  const { path, kept, sha256, bytes } = file;
  return {
    path,
    kept,
    sha256,
    bytes,
    rows: facts?.rows ?? 0,
    from: facts?.from ?? null,
    to: facts?.to ?? null,
  };
}

function byPath(a: RawFile, b: RawFile): number {
  if (a.path === b.path) return 0;
  return a.path < b.path ? -1 : 1;
}
