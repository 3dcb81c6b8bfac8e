import type { SourceFile } from '../project/source-file';
import type { ColumnType } from '../release/types';
import { columnList, id, join, type Sql, sql } from '../sql/sql';
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

/**
 * The statement by which SQLMesh gets the same `raw` view, paths relative to the project. DuckDB checks only the CSV columns that a
 * query reads, so the view names all of them in a condition that every row meets: a row with one bad value is then never read.
 */
export function rawViewStatement(source: SourceFile, columns: readonly ColumnType[]): string {
  const names = columns.map((column) => id(column.name));
  const every =
    source.format === 'csv'
      ? sql`\nWHERE ${join(
          names.map((name) => sql`${name} IS NOT NULL`),
          ' OR ',
        )}`
      : sql``;
  const from =
    source.format === 'csv'
      ? sql`read_csv(${csvReader(source.files, columns, source)}, ignore_errors = true)`
      : reader(source, columns);
  return sql`CREATE OR REPLACE VIEW ${id('raw', source.name)} AS\nSELECT ${join(names)}\nFROM ${from}${every}`
    .text;
}
