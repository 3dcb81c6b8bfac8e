import { numberOf, type Row, textOf, textOrNull } from '../base/rows';
import type { Session } from '../engine/contract';
import type { SourceFile } from '../project/source-file';
import type { ColumnType } from '../release/types';
import { columnList, id, type Sql, sql } from '../sql/sql';
import { type FileGroup, groupByHeader } from './csv-header';
import { csvDialect, csvReader, LONGEST_LINE, REJECTS } from './csv-reader';
import { FILE_COLUMN } from './names';
import type { QuarantinedLine } from './quarantine';
import type { RawFile } from './raw-file';
import { readingOf } from './read-faults';
import { type Reject, toQuarantined } from './reject-words';

/** What is to be read, and into which table. */
export interface LoadRequest {
  readonly session: Session;
  readonly source: SourceFile;
  readonly columns: readonly ColumnType[];
  readonly files: readonly RawFile[];
  /** the table to make: the source's columns and `FILE_COLUMN` */
  readonly table: Sql;
}

/** Takes the lines that were kept apart, some at a time, in the order of files and lines. */
export type TakeBad = (lines: readonly QuarantinedLine[]) => Promise<void>;

const perStep = 5000;
const pathColumn = '_teal_path';

/** Reads CSV files into a table; gives the columns that stand in files but not in the source. */
export async function loadCsv(request: LoadRequest, takeBad: TakeBad): Promise<readonly string[]> {
  const { session, source, files, columns } = request;
  const groups = await groupByHeader(session, source, files, columns);
  for (const [index, group] of groups.entries()) {
    const first = group.files[0]?.path ?? '';
    await dropRejects(session);
    await readingOf(source, group.files.length > 1 ? `A file of ${source.name}` : first, () =>
      loadGroup(request, group, index === 0),
    );
    await takeRejects(request, group, takeBad);
  }
  await dropRejects(session);
  const known = new Set(columns.map((column) => column.name));
  return [...new Set(groups.flatMap((group) => group.columns.map((column) => column.name)))].filter(
    (name) => !known.has(name),
  );
}

// Every column is read, since the reader checks only those; the number of the file in the whole list goes with each row.
async function loadGroup(request: LoadRequest, group: FileGroup, first: boolean): Promise<void> {
  const paths = request.files.map((file) => file.absolute);
  const reader = sql`read_csv(${csvReader(
    group.files.map((file) => file.absolute),
    group.columns,
    request.source,
  )},
    filename = ${pathColumn}, max_line_size = ${LONGEST_LINE},
    store_rejects = true, rejects_table = ${REJECTS.errors}, rejects_scan = ${REJECTS.scans}, rejects_limit = 0)`;
  const all = columnList(group.columns.map((column) => column.name));
  const wanted = columnList(request.columns.map((column) => column.name));
  const query = sql`SELECT ${wanted}, (list_position(${paths}, ${id(pathColumn)}) - 1)::INTEGER AS ${id(FILE_COLUMN)}
    FROM (SELECT ${all}, ${id(pathColumn)} FROM ${reader})`;
  await request.session.run(
    first ? sql`CREATE TABLE ${request.table} AS ${query}` : sql`INSERT INTO ${request.table} ${query}`,
  );
}

async function takeRejects(request: LoadRequest, group: FileGroup, takeBad: TakeBad): Promise<void> {
  const { session, files } = request;
  const dialect = csvDialect(request.source);
  const names = new Map(files.map((file) => [file.absolute, file.path]));
  const total = await session.run(rejectedLines);
  for (let from = 0; from < total; from += perStep) {
    const rows = await session.rows(
      sql`SELECT * FROM teal_rejected WHERE n > ${from} AND n <= ${from + perStep} ORDER BY n`,
    );
    const rejects = rows.map((row) => toReject(row, names));
    await takeBad(rejects.map((reject) => toQuarantined(reject, group.columns, dialect)));
  }
}

// One row a line: a line with several bad columns counts once, and one that lacks columns is told from the first that is missing.
const rejectedLines = sql`
  CREATE OR REPLACE TEMP TABLE teal_rejected AS
  SELECT row_number() OVER (ORDER BY path, line) AS n, *
  FROM (
    SELECT s.file_path AS path, e.line::BIGINT AS line, arg_min(e.error_type::VARCHAR, place) AS kind,
      arg_min(coalesce(e.column_idx, 0), place)::BIGINT AS first, max(coalesce(e.column_idx, 0))::BIGINT AS last, any_value(e.csv_line) AS raw
    FROM (SELECT *, coalesce(column_idx, 0) + CASE WHEN error_type::VARCHAR LIKE '%COLUMNS' THEN 0 ELSE 1000000 END AS place FROM teal_reject_errors) e
    JOIN teal_reject_scans s USING (scan_id, file_id)
    GROUP BY s.file_path, e.file_id, e.line)`;

function toReject(row: Row, names: ReadonlyMap<string, string>): Reject {
  const path = textOf(row, 'path');
  return {
    file: names.get(path) ?? path,
    line: numberOf(row, 'line'),
    kind: textOf(row, 'kind'),
    column: numberOf(row, 'first'),
    last: numberOf(row, 'last'),
    raw: textOrNull(row, 'raw') ?? '',
  };
}

async function dropRejects(session: Session): Promise<void> {
  for (const name of [REJECTS.errors, REJECTS.scans, 'teal_rejected']) {
    await session.run(sql`DROP TABLE IF EXISTS ${id('temp', 'main', name)}`);
  }
}
