import { id, join, type Sql, sql } from '../../../shared/sql/sql';
import { FILES_SCHEMA } from './parquet-tables';

/** Runs a statement in the connection that files are loaded for, and gives its rows. */
export type Ask = (statement: Sql) => Promise<readonly (readonly unknown[])[]>;

/** A table that holds the rows of one file, or of many with a number for each. */
export interface Part {
  readonly table: Sql;
  /** paths of the files in the order of their numbers */
  readonly paths: readonly string[];
  readonly isGroup: boolean;
}

/** A Parquet file and the name of its table. */
export interface NamedFile {
  readonly path: string;
  readonly name: string;
  readonly file: File;
}

interface Group {
  readonly name: string;
  /** names of its files in the order of their numbers */
  readonly members: readonly string[];
}

const MEMBERS = 'members';
const NUMBER = '_teal_file';

/** The tables of many files put together: each statement that reads a hundred tables has to bind a hundred. */
export class ParquetGroups {
  constructor(
    private readonly catalog: string,
    private readonly ask: Ask,
  ) {}

  /** Groups made of nothing but the wanted files, the largest first, and the files that none of them holds. */
  async cover(
    files: readonly NamedFile[],
    unionByName: boolean,
  ): Promise<{ readonly parts: readonly Part[]; readonly rest: readonly NamedFile[] }> {
    const paths = new Map(files.map((file) => [file.name, file.path]));
    const left = new Map(files.map((file) => [file.name, file]));
    const parts: Part[] = [];
    for (const group of await this.groups(unionByName)) {
      if (!group.members.every((name) => left.has(name))) continue;
      for (const name of group.members) left.delete(name);
      const members = group.members.map((name) => paths.get(name) ?? name);
      parts.push({ table: this.table(group.name), paths: members, isGroup: true });
    }
    return { parts, rest: [...left.values()] };
  }

  /** Puts the tables of files together into one; gives it. */
  async make(files: readonly NamedFile[], unionByName: boolean): Promise<Part> {
    const name = `${prefixOf(unionByName)}${crypto.randomUUID()}`;
    const columns = unionByName
      ? sql`*`
      : join((await this.columns(files[0]?.name ?? '')).map((one) => id(one)));
    const queries = files.map(
      (file, number) =>
        sql`SELECT ${columns}, ${number}::INTEGER AS ${id(NUMBER)} FROM ${this.table(file.name)}`,
    );
    const separator = unionByName ? ' UNION ALL BY NAME ' : ' UNION ALL ';
    await this.ask(sql`CREATE TABLE ${this.table(name)} AS ${join(queries, separator)}`);
    await this.ask(
      sql`CREATE TABLE IF NOT EXISTS ${this.table(MEMBERS)} (group_name VARCHAR, file_name VARCHAR, number INTEGER)`,
    );
    const rows = files.map((file, number) => sql`(${name}, ${file.name}, ${number})`);
    await this.ask(sql`INSERT INTO ${this.table(MEMBERS)} VALUES ${join(rows)}`);
    return { table: this.table(name), paths: files.map((file) => file.path), isGroup: true };
  }

  /** The table of one file. */
  table(name: string): Sql {
    return id(this.catalog, FILES_SCHEMA, name);
  }

  /** Columns of the table of one file, none where there is no table yet. */
  async columns(name: string): Promise<readonly string[]> {
    const rows = await this.ask(
      sql`SELECT column_name FROM duckdb_columns() WHERE database_name = ${this.catalog}
        AND schema_name = ${FILES_SCHEMA} AND table_name = ${name} ORDER BY column_index`,
    );
    return rows.map((row) => String(row[0]));
  }

  private async groups(unionByName: boolean): Promise<readonly Group[]> {
    if ((await this.columns(MEMBERS)).length === 0) return [];
    const rows = await this.ask(
      sql`SELECT group_name, file_name FROM ${this.table(MEMBERS)}
        WHERE starts_with(group_name, ${prefixOf(unionByName)}) ORDER BY group_name, number`,
    );
    const groups = new Map<string, string[]>();
    for (const [group, file] of rows)
      groups.set(String(group), [...(groups.get(String(group)) ?? []), String(file)]);
    return [...groups]
      .map(([name, members]) => ({ name, members }))
      .toSorted((a, b) => b.members.length - a.members.length);
  }
}

/** The query of a part's rows: all columns or the named ones, and the file's own path where that is asked for. */
export function readPart(part: Part, columns: readonly string[] | null, filename: string | null): Sql {
  const { table, paths, isGroup } = part;
  const all = isGroup ? sql`* EXCLUDE (${id(NUMBER)})` : sql`*`;
  const shown = columns === null ? all : join(columns.map((name) => id(name)));
  if (filename === null) return sql`SELECT ${shown} FROM ${table}`;
  const path = isGroup ? sql`list_extract(${paths}, ${id(NUMBER)} + 1)` : sql`${paths[0] ?? ''}`;
  return sql`SELECT ${shown}, ${path} AS ${id(filename)} FROM ${table}`;
}

function prefixOf(unionByName: boolean): string {
  return unionByName ? 'union:' : 'alike:';
}
