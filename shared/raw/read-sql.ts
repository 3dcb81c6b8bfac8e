import type { SourceFile } from '../project/source-file';
import type { ColumnType } from '../release/types';
import { columnList, type Sql, sql } from '../sql/sql';
import { csvReader } from './csv-reader';

/** The query that reads a source's files as they are read, over the paths of its file; it runs in the project's folder. */
export function readSql(source: SourceFile, columns: readonly ColumnType[]): string {
  const wanted = columnList(columns.map((column) => column.name));
  return sql`SELECT ${wanted}\nFROM ${reader(source, columns)}`.text;
}

function reader(source: SourceFile, columns: readonly ColumnType[]): Sql {
  switch (source.format) {
    case 'csv':
      return sql`read_csv(${csvReader(source.files, columns, source)}, store_rejects = true)`;
    case 'parquet':
      return sql`read_parquet(${source.files}, union_by_name = true)`;
    case 'json':
      return sql`read_json(${source.files}, union_by_name = true)`;
  }
}
