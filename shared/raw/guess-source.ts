import { fault } from '../base/errors';
import { numberOf } from '../base/rows';
import type { Session } from '../engine/contract';
import type { SourceFile } from '../project/source-file';
import type { ColumnType } from '../release/types';
import { id, join, type Sql, sql } from '../sql/sql';
import { familyOf } from './column-type';
import { firstLines } from './csv-header';
import { type CsvDialect, csvReader, LONGEST_LINE, lineReader } from './csv-reader';
import { guessCsvColumns } from './guess-columns';
import { jsonColumns } from './load-json';
import { parquetColumns, parquetReader } from './load-parquet';
import type { RawFile } from './raw-file';
import { readingOf } from './read-faults';
import { sniffDialect } from './sniff-dialect';

const sniffedLines = 500;

/** A source for files that came without one: format, dialect, types over all lines, a likely time column and key. */
export async function guessSource(
  session: Session,
  name: string,
  files: readonly RawFile[],
): Promise<SourceFile> {
  const [file] = files;
  if (!file) throw fault('usage.invalid', 'A source needs at least one file.');
  const format = formatOf(file.path);
  const bare: SourceFile = {
    name,
    files: files.map((one) => one.path),
    format,
    key: [],
    on_error: format === 'parquet' ? 'fail' : 'quarantine',
    description: '',
  };
  const read: SourceFile = format === 'csv' ? { ...bare, csv: await guessCsv(session, bare, file) } : bare;
  const columns = await columnsOfFiles(session, read, files);
  if (columns.length === 0)
    throw fault('source.not_tabular', `${file.path} has no columns.`, {
      place: { file: file.path },
      kept: 'The file stays as it is.',
      remedy: 'Check that it is the right file.',
    });
  const stated: SourceFile = {
    ...read,
    columns: Object.fromEntries(columns.map((column) => [column.name, column.type])),
  };
  const rows = rowsOf(stated, files, columns);
  const facts = await readingOf(stated, file.path, () => guessKeys(session, rows, columns));
  return { ...stated, time_column: facts.time, key: [...facts.key] };
}

/** Columns of files as they are, whatever the source's file states. */
export function columnsOfFiles(
  session: Session,
  source: SourceFile,
  files: readonly RawFile[],
): Promise<readonly ColumnType[]> {
  switch (source.format) {
    case 'csv':
      return guessCsvColumns(session, source, files);
    case 'parquet':
      return parquetColumns(session, source, files);
    case 'json':
      return jsonColumns(session, source, files);
  }
}

/** The format by a file's ending; what is neither Parquet nor JSON is text with a delimiter. */
export function formatOf(path: string): SourceFile['format'] {
  const name = path.toLowerCase().replace(/\.(gz|zst|gzip)$/, '');
  if (/\.(parquet|parq|pq)$/.test(name)) return 'parquet';
  return /\.(json|jsonl|ndjson)$/.test(name) ? 'json' : 'csv';
}

/** Dialect by the first lines, encoding by all of them. */
export async function sniffFile(session: Session, source: SourceFile, file: RawFile): Promise<CsvDialect> {
  return readingOf(source, file.path, async () => {
    const encoding = await guessEncoding(session, file);
    const lines = await firstLines(session, file, { encoding, limit: sniffedLines });
    if (lines.some(hasControl)) throw noText(file);
    return sniffDialect(lines, encoding);
  });
}

async function guessCsv(
  session: Session,
  source: SourceFile,
  file: RawFile,
): Promise<NonNullable<SourceFile['csv']>> {
  const { delimiter, quote, header, encoding } = await sniffFile(session, source, file);
  return { delimiter, quote, header, ...(encoding === 'utf-8' ? {} : { encoding }), nullstr: '' };
}

// A file with lines that are no UTF-8 is Latin-1, unless others of its lines are UTF-8 beyond ASCII.
async function guessEncoding(session: Session, file: RawFile): Promise<string> {
  const [head = ''] = await firstLines(session, file, { encoding: 'latin-1', limit: 1 });
  if (/^(\u00ff\u00fe|\u00fe\u00ff)/.test(head)) return 'utf-16';
  const [utf8, latin] = [
    await countLines(session, file, 'utf-8'),
    await countLines(session, file, 'latin-1'),
  ];
  return utf8.lines < latin.lines && utf8.wide === 0 ? 'latin-1' : 'utf-8';
}

async function countLines(
  session: Session,
  file: RawFile,
  encoding: string,
): Promise<{ lines: number; wide: number }> {
  const [row] = await session.rows(sql`
    SELECT count(*) AS n, count(*) FILTER (strlen(line) > length(line)) AS wide
    FROM (${lineReader(file.absolute, encoding)})`);
  return { lines: row ? numberOf(row, 'n') : 0, wide: row ? numberOf(row, 'wide') : 0 };
}

// Codes that no text holds: those below space but tab, line ends, form feed and escape.
function hasControl(line: string): boolean {
  return [...line].some((sign) => sign < '\t' || (sign > '\r' && sign < '\u001b'));
}

function noText(file: RawFile) {
  return fault('source.not_tabular', `${file.path} is no text.`, {
    place: { file: file.path, line: 1 },
    kept: 'The file stays as it is.',
    remedy: 'Teal reads CSV, JSON and Parquet files: export the table as one of these.',
  });
}

function rowsOf(source: SourceFile, files: readonly RawFile[], columns: readonly ColumnType[]): Sql {
  const paths = files.map((file) => file.absolute);
  switch (source.format) {
    case 'csv':
      return sql`(SELECT * FROM read_csv(${csvReader(paths, columns, source)}, ignore_errors = true, max_line_size = ${LONGEST_LINE}))`;
    case 'parquet':
      return parquetReader(paths);
    case 'json':
      return sql`read_json(${paths}, union_by_name = true, ignore_errors = true)`;
  }
}

interface Keys {
  readonly time: string | null;
  readonly key: readonly string[];
}

async function guessKeys(session: Session, rows: Sql, columns: readonly ColumnType[]): Promise<Keys> {
  const times = columns.filter((column) => ['moment', 'date'].includes(familyOf(column.type)));
  const keys = keyCandidates(columns);
  if (times.length + keys.length === 0) return { time: null, key: [] };
  const counts = [
    ...times.map((column) => sql`count(${id(column.name)})`),
    ...keys.map((column) => sql`count(DISTINCT ${id(column.name)})`),
  ];
  const named = counts.map((count, index) => sql`${count} AS ${id(`c${index}`)}`);
  const [row] = await session.rows(sql`SELECT count(*) AS n, ${join(named)} FROM ${rows}`);
  const total = row ? numberOf(row, 'n') : 0;
  const full = (index: number) => row !== undefined && total > 0 && numberOf(row, `c${index}`) === total;
  const filled = times.filter((_, index) => full(index));
  const unique = keys.find((_, index) => full(times.length + index));
  return { time: bestTime(filled), key: unique ? [unique.name] : [] };
}

function bestTime(columns: readonly ColumnType[]): string | null {
  const rank = ({ name, type }: ColumnType) =>
    (familyOf(type) === 'moment' ? 0 : 2) +
    (/(^|_)(event|sold|ordered|occurred|happened|ts|at|time|date|day)(_|$)/i.test(name) ? 0 : 1) +
    (/(valid|updated|received|loaded|ingested|opened|birth)/i.test(name) ? 4 : 0);
  return columns.toSorted((a, b) => rank(a) - rank(b))[0]?.name ?? null;
}

// Columns named like an id come first, then the first column of all.
function keyCandidates(columns: readonly ColumnType[]): readonly ColumnType[] {
  const fit = columns.filter(
    (column) =>
      ['text', 'number', 'other'].includes(familyOf(column.type)) &&
      !/^(DOUBLE|FLOAT|REAL|DECIMAL)/i.test(column.type) &&
      !/[[(]/.test(column.type),
  );
  const named = (pattern: RegExp) => fit.filter((column) => pattern.test(column.name));
  const first = columns[0];
  const all = [
    ...named(/^(id|uuid|guid|key)$/i),
    ...named(/(_id|_uuid|_key|id|_no|_number)$/i),
    ...named(/^(code|sku)$/i),
    ...(first && fit.includes(first) ? [first] : []),
  ];
  return [...new Set(all)].slice(0, 5);
}
