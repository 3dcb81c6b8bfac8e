import type { SourceFile } from '../project/source-file';
import type { ColumnType } from '../release/types';
import { join, type Sql, sql } from '../sql/sql';

/** How the text of a CSV file is cut into fields. */
export interface CsvDialect {
  readonly delimiter: string;
  /** empty where nothing is quoted */
  readonly quote: string;
  readonly header: boolean;
  /** `utf-8`, `latin-1` or `utf-16` */
  readonly encoding: string;
}

/** Options that switch on keeping of lines that fail, in temporary tables of these names. */
export const REJECTS = { errors: 'teal_reject_errors', scans: 'teal_reject_scans' } as const;

/** A line of more bytes is kept apart. The reader holds 16 times as much at once: 16 MB a line took all of a limit of 300 MB. */
export const LONGEST_LINE = 8_000_000;

/** The dialect that a source's file states, with Teal's defaults. */
export function csvDialect(source: SourceFile): CsvDialect {
  const { csv } = source;
  return {
    delimiter: csv?.delimiter ?? ',',
    quote: csv?.quote ?? '"',
    header: csv?.header ?? true,
    encoding: (csv?.encoding ?? 'utf-8').toLowerCase(),
  };
}

/** `read_csv(...)` over paths with all that the source states, nothing sniffed. */
export function csvReader(paths: readonly string[], columns: readonly ColumnType[], source: SourceFile): Sql {
  const { csv } = source;
  const options = [
    ...dialectOptions(csvDialect(source)),
    sql`nullstr = ${csv?.nullstr ?? ''}`,
    ...(csv?.timestampformat ? [sql`timestampformat = ${csv.timestampformat}`] : []),
    ...(csv?.dateformat ? [sql`dateformat = ${csv.dateformat}`] : []),
    sql`columns = {${join(columns.map((column) => sql`${column.name}: ${column.type}`))}}`,
  ];
  return sql`${paths}, auto_detect = false, ${join(options)}`;
}

function dialectOptions(dialect: CsvDialect): readonly Sql[] {
  return [
    sql`delim = ${dialect.delimiter}`,
    sql`quote = ${dialect.quote}`,
    sql`escape = ${dialect.quote}`,
    sql`header = ${dialect.header}`,
    ...(dialect.encoding === 'utf-8' ? [] : [sql`encoding = ${dialect.encoding}`]),
  ];
}

/** A query of the lines of a text file as they stand, one row `line` each; lines that are no text in the encoding are left out. */
export function lineReader(path: string, encoding: string, longest = LONGEST_LINE): Sql {
  return sql`SELECT line FROM read_csv(${path}, auto_detect = false, delim = ${'\u0001'}, quote = '', escape = '', header = false,
    strict_mode = false, ignore_errors = true, max_line_size = ${longest}, encoding = ${encoding}, columns = {'line': 'VARCHAR'})`;
}
