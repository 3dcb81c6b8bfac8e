// Rows of a relation in a form that can be compared whatever the exact widths of the types are.
import {
  DuckDBArrayType,
  DuckDBArrayValue,
  type DuckDBConnection,
  DuckDBDecimalValue,
  DuckDBInstance,
  DuckDBListType,
  DuckDBListValue,
  DuckDBMapType,
  DuckDBMapValue,
  DuckDBStructType,
  DuckDBStructValue,
  DuckDBTimestampMillisecondsValue,
  DuckDBTimestampNanosecondsValue,
  DuckDBTimestampSecondsValue,
  DuckDBTimestampTZValue,
  DuckDBTimestampValue,
  type DuckDBType,
  DuckDBTypeId,
} from '@duckdb/node-api';

/** A double is a number, everything else is text with the name of its kind before it; lists and structs are arrays. */
export type Cell = null | number | string | readonly Cell[];
export type Row = readonly Cell[];
export type Column = readonly [name: string, family: string];

export interface Rows {
  readonly columns: readonly Column[];
  readonly rows: readonly Row[];
  /** places of columns of the widest integers, for which Parquet has doubles */
  readonly wide?: readonly number[];
}

const FAMILIES: readonly (readonly [string, readonly string[]])[] = [
  [
    'integer',
    [
      ...['TINYINT', 'SMALLINT', 'INTEGER', 'BIGINT', 'HUGEINT'],
      ...['UTINYINT', 'USMALLINT', 'UINTEGER', 'UBIGINT', 'UHUGEINT'],
    ],
  ],
  ['double', ['FLOAT', 'DOUBLE', 'REAL']],
  ['decimal', ['DECIMAL']],
  ['text', ['VARCHAR', 'ENUM', 'UUID', 'JSON']],
];

/** The family of a type of DuckDB: INTEGER and BIGINT are both integers. */
export function familyOf(type: string): string {
  const name = type.toUpperCase().trim();
  if (name.endsWith(']')) return `list(${familyOf(name.slice(0, name.lastIndexOf('[')))})`;
  const base = name.split(/[ (]/, 1)[0] ?? '';
  const family = FAMILIES.find(([, names]) => names.includes(base));
  if (family) return family[0];
  if (name.startsWith('TIMESTAMP WITH TIME ZONE')) return 'timestamptz';
  return base.startsWith('TIMESTAMP') ? 'timestamp' : base.toLowerCase();
}

const WIDEST: ReadonlySet<DuckDBTypeId> = new Set([DuckDBTypeId.HUGEINT, DuckDBTypeId.UHUGEINT]);

/** All rows of a query, in no order. */
export async function readRows(connection: DuckDBConnection, query: string): Promise<Rows> {
  const described = await connection.runAndReadAll(`DESCRIBE ${query}`);
  const columns = described.getRows().map(([name, type]) => [String(name), familyOf(String(type))] as const);
  const reader = await connection.runAndReadAll(query);
  const types = reader.columnTypes();
  const rows = reader.getRows().map((row) => row.map((value, index) => cellOf(value, types[index])));
  const wide = types.flatMap((type, index) => (WIDEST.has(type.typeId) ? [index] : []));
  return { columns, rows, wide };
}

function cellOf(value: unknown, type: DuckDBType | undefined): Cell {
  if (value === null || value === undefined) return null;
  if (value instanceof DuckDBListValue || value instanceof DuckDBArrayValue) {
    const inner =
      type instanceof DuckDBListType || type instanceof DuckDBArrayType ? type.valueType : undefined;
    return ['list', ...value.items.map((item) => cellOf(item, inner))];
  }
  if (value instanceof DuckDBStructValue) return structCell(value, type);
  if (value instanceof DuckDBMapValue) return mapCell(value, type);
  if (type?.typeId === DuckDBTypeId.DOUBLE || type?.typeId === DuckDBTypeId.FLOAT) return Number(value);
  if (value instanceof DuckDBDecimalValue) return `decimal ${plainDecimal(value.toString())}`;
  const micros = microsOf(value);
  if (micros !== undefined)
    return `${value instanceof DuckDBTimestampTZValue ? 'timestamptz' : 'timestamp'} ${micros}`;
  if (typeof value === 'number' || typeof value === 'bigint') return `integer ${value}`;
  return typeof value === 'string'
    ? `text ${value}`
    : `${type ? familyOf(type.toString()) : typeof value} ${value}`;
}

function structCell(value: DuckDBStructValue, type: DuckDBType | undefined): Cell {
  const types = type instanceof DuckDBStructType ? type : undefined;
  const entries = Object.entries(value.entries).map(([name, item]) => {
    const at = types?.entryNames.indexOf(name) ?? -1;
    return ['entry', `text ${name.toLowerCase()}`, cellOf(item, types?.entryTypes[at])];
  });
  return ['struct', ...entries];
}

function mapCell(value: DuckDBMapValue, type: DuckDBType | undefined): Cell {
  const types = type instanceof DuckDBMapType ? type : undefined;
  return [
    'map',
    ...value.entries.map(({ key, value: item }) => [
      'entry',
      cellOf(key, types?.keyType),
      cellOf(item, types?.valueType),
    ]),
  ];
}

/** Without zeros that say nothing: `1.50` and `1.5` are one number. */
function plainDecimal(text: string): string {
  const plain = text.includes('.') ? text.replace(/\.?0+$/, '') : text;
  return plain === '-0' ? '0' : plain;
}

function microsOf(value: unknown): bigint | undefined {
  if (value instanceof DuckDBTimestampValue || value instanceof DuckDBTimestampTZValue) return value.micros;
  if (value instanceof DuckDBTimestampSecondsValue) return value.seconds * 1_000_000n;
  if (value instanceof DuckDBTimestampMillisecondsValue) return value.millis * 1_000n;
  return value instanceof DuckDBTimestampNanosecondsValue ? value.nanos / 1_000n : undefined;
}

export interface OpenedDatabase {
  readonly connection: DuckDBConnection;
  close(): void;
}

/** A database whose relative raw files are found from a folder, in UTC. */
export async function openDatabase(path: string, files: string, readOnly = false): Promise<OpenedDatabase> {
  const instance = await DuckDBInstance.create(path, readOnly ? { access_mode: 'READ_ONLY' } : {});
  const connection = await instance.connect();
  await connection.run("SET TimeZone = 'UTC'");
  await connection.run(`SET file_search_path = ${text(files)}`);
  return {
    connection,
    close() {
      connection.closeSync();
      instance.closeSync();
    },
  };
}

export function text(value: string): string {
  return `'${value.replaceAll("'", "''")}'`;
}

export function name(...parts: readonly string[]): string {
  return parts.map((part) => `"${part.replaceAll('"', '""')}"`).join('.');
}

/** `schema.name` as SQL; the first dot divides the two. */
export function relationName(relation: string): string {
  const dot = relation.indexOf('.');
  return name(relation.slice(0, dot), relation.slice(dot + 1));
}
