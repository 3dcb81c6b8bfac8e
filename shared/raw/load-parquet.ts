import { fault } from '../base/errors';
import { numberOf } from '../base/rows';
import type { ResultColumn, Session } from '../engine/contract';
import type { SourceFile } from '../project/source-file';
import type { ColumnType } from '../release/types';
import { id, join, type Sql, sql } from '../sql/sql';
import { columnType } from './column-type';
import type { LoadRequest } from './load-csv';
import type { RawFile } from './raw-file';
import { readingOf } from './read-faults';

/** `read_parquet(...)` over paths, columns matched by name. */
export function parquetReader(paths: readonly string[]): Sql {
  return sql`read_parquet(${paths}, union_by_name = true)`;
}

/** Columns that Parquet files hold together; a file that is none is a fault that names it. */
export async function parquetColumns(
  session: Session,
  source: SourceFile,
  files: readonly RawFile[],
): Promise<readonly ColumnType[]> {
  try {
    return await describePaths(
      session,
      files.map((file) => file.absolute),
    );
  } catch (thrown) {
    for (const file of files)
      await readingOf(source, file.path, () => describePaths(session, [file.absolute]));
    return readingOf(source, files[0]?.path ?? '', () => Promise.reject(thrown));
  }
}

function describePaths(session: Session, paths: readonly string[]): Promise<readonly ResultColumn[]> {
  return session.describe(sql`SELECT * FROM ${parquetReader(paths)}`);
}

/** Checks that Parquet files hold the source's columns, and values that fit their types: a view that casts fails only when it is read. */
export async function checkParquet(request: LoadRequest): Promise<void> {
  const { session, source, files, columns } = request;
  const found = await parquetColumns(session, source, files);
  const types = new Map(found.map((column) => [column.name, column.type]));
  const missing = columns.find((column) => !types.has(column.name));
  if (missing) throw lackingColumn(source, missing.name, found);
  await checkCasts(
    request,
    columns.filter((column) => types.get(column.name) !== column.type),
  );
}

/** Makes the view over Parquet files, as `request.table`; gives the columns that stand in files but not in the source. */
export async function viewParquet(request: LoadRequest): Promise<readonly string[]> {
  const { session, files, columns } = request;
  const paths = files.map((file) => file.absolute);
  const found = await describePaths(session, paths);
  const types = new Map(found.map((column) => [column.name, column.type]));
  const select = join(columns.map((column) => viewColumn(column, types.get(column.name) ?? '')));
  await session.run(
    sql`CREATE OR REPLACE VIEW ${request.table} AS SELECT ${select} FROM ${parquetReader(paths)}`,
  );
  const known = new Set(columns.map((column) => column.name));
  return found.map((column) => column.name).filter((name) => !known.has(name));
}

function viewColumn(column: ColumnType, found: string): Sql {
  if (found === column.type) return id(column.name);
  return sql`CAST(${id(column.name)} AS ${columnType(column.type)}) AS ${id(column.name)}`;
}

async function checkCasts(request: LoadRequest, casts: readonly ColumnType[]): Promise<void> {
  const reader = parquetReader(request.files.map((file) => file.absolute));
  if (casts.length === 0) return;
  const counts = casts.map((column, index) => {
    const value = id(column.name);
    return sql`count(*) FILTER (${value} IS NOT NULL AND TRY_CAST(${value} AS ${columnType(column.type)}) IS NULL) AS ${id(`bad${index}`)}`;
  });
  const [row] = await readingOf(request.source, request.files[0]?.path ?? '', () =>
    request.session.rows(sql`SELECT ${join(counts)} FROM ${reader}`),
  );
  const index = casts.findIndex((_, at) => row !== undefined && numberOf(row, `bad${at}`) > 0);
  const column = casts[index];
  if (!row || !column) return;
  throw fault(
    'source.invalid',
    `${numberOf(row, `bad${index}`)} values of ${column.name} are no ${column.type}.`,
    {
      place: { source: request.source.name },
      kept: 'The files stay as they are; what was read before stays too.',
      remedy: `Choose another type for ${column.name} in sources/${request.source.name}.yaml.`,
    },
  );
}

function lackingColumn(source: SourceFile, column: string, found: readonly ColumnType[]) {
  return fault(
    'source.invalid',
    `No file of ${source.name} has the column ${column}; they have ${found
      .map((one) => one.name)
      .slice(0, 20)
      .join(', ')}.`,
    {
      place: { source: source.name, file: `sources/${source.name}.yaml` },
      kept: 'What was read before stays.',
      remedy: 'Correct the columns of the source, or add the files that have it.',
    },
  );
}
