import { ThriftReader, type ThriftStruct, type ThriftValue } from './thrift';

/** A top-level column of a Parquet file: its name, and the type DuckDB reads it as; undefined where it is nested. */
export interface ParquetColumn {
  readonly name: string;
  readonly type: string | undefined;
}

const TAIL = 8;
const MAGIC = 'PAR1';

/** Why a file is no Parquet file that can be read. */
export class ParquetProblem extends Error {}

/**
 * The top-level columns in the order of the file, from its footer (parquet-format, `FileMetaData` and `SchemaElement`): Arrow does
 * not say which columns are UUIDs or intervals, and its stamps may be of another precision than DuckDB's.
 */
export async function readFooter(file: Blob): Promise<readonly ParquetColumn[]> {
  if (file.size < TAIL + MAGIC.length) throw new ParquetProblem('it is too small to be a Parquet file');
  const tail = new DataView(await file.slice(file.size - TAIL).arrayBuffer());
  const magic = new TextDecoder().decode(new Uint8Array(tail.buffer, 4));
  if (magic === 'PARE') throw new ParquetProblem('the Parquet file is encrypted');
  if (magic !== MAGIC) throw new ParquetProblem('no magic bytes at the end of the Parquet file');
  const length = tail.getUint32(0, true);
  if (length + TAIL > file.size) throw new ParquetProblem('the footer of the Parquet file is cut off');
  const footer = await file.slice(file.size - TAIL - length, file.size - TAIL).arrayBuffer();
  return columnsOf(new ThriftReader(new Uint8Array(footer)).struct());
}

function columnsOf(metadata: ThriftStruct): readonly ParquetColumn[] {
  const elements = listOf(metadata.get(2)).map(structOf);
  const columns: ParquetColumn[] = [];
  for (let at = 1; at < elements.length; at = nextSibling(elements, at)) {
    const element = elements[at] ?? new Map();
    const nested = element.has(5) || numberOf(element.get(3)) === REPEATED;
    columns.push({ name: textOf(element.get(4)), type: nested ? undefined : typeOf(element) });
  }
  return columns;
}

function nextSibling(elements: readonly ThriftStruct[], at: number): number {
  let next = at + 1;
  for (let left = numberOf(elements[at]?.get(5)); left > 0; left -= 1) next = nextSibling(elements, next);
  return next;
}

const REPEATED = 2;
const BOOLEAN = 0;
const INT96 = 3;
const PHYSICAL: Readonly<Record<number, string>> = {
  0: 'BOOLEAN',
  1: 'INTEGER',
  2: 'BIGINT',
  3: 'TIMESTAMP',
  4: 'FLOAT',
  5: 'DOUBLE',
  6: 'BLOB',
  7: 'BLOB',
};
// `ConvertedType`, the older way of saying it
const CONVERTED: Readonly<Record<number, string>> = {
  0: 'VARCHAR',
  4: 'VARCHAR',
  6: 'DATE',
  7: 'TIME',
  8: 'TIME',
  9: 'TIMESTAMP',
  10: 'TIMESTAMP',
  11: 'UTINYINT',
  12: 'USMALLINT',
  13: 'UINTEGER',
  14: 'UBIGINT',
  15: 'TINYINT',
  16: 'SMALLINT',
  17: 'INTEGER',
  18: 'BIGINT',
  19: 'VARCHAR',
  20: 'BLOB',
  21: 'INTERVAL',
};
const DECIMAL = 5;

function typeOf(element: ThriftStruct): string {
  const physical = numberOf(element.get(1), BOOLEAN);
  if (physical === INT96) return 'TIMESTAMP';
  const converted = element.has(6) ? numberOf(element.get(6)) : undefined;
  const logical = structOf(element.get(10));
  if (logical.has(DECIMAL) || converted === DECIMAL)
    return `DECIMAL(${numberOf(element.get(8))},${numberOf(element.get(7))})`;
  return (
    logicalType(logical) ??
    (converted === undefined ? undefined : CONVERTED[converted]) ??
    PHYSICAL[physical] ??
    'BLOB'
  );
}

// `LogicalType`, a union: the one field that is set says which.
function logicalType(logical: ThriftStruct): string | undefined {
  const [which] = logical.keys();
  if (which === undefined) return undefined;
  const body = structOf(logical.get(which));
  if (which === 8) return stampType(body);
  if (which === 10) return integerType(numberOf(body.get(1)), body.get(2) === true);
  const names: Readonly<Record<number, string>> = {
    1: 'VARCHAR',
    4: 'VARCHAR',
    6: 'DATE',
    7: 'TIME',
    12: 'VARCHAR',
    13: 'BLOB',
    14: 'UUID',
    15: 'FLOAT',
  };
  return names[which];
}

function stampType(stamp: ThriftStruct): string {
  const isNanos = structOf(stamp.get(2)).has(3);
  if (stamp.get(1) === true) return 'TIMESTAMP WITH TIME ZONE';
  return isNanos ? 'TIMESTAMP_NS' : 'TIMESTAMP';
}

function integerType(bits: number, isSigned: boolean): string {
  const names: Readonly<Record<number, string>> = {
    8: 'TINYINT',
    16: 'SMALLINT',
    32: 'INTEGER',
    64: 'BIGINT',
  };
  return `${isSigned ? '' : 'U'}${names[bits] ?? 'BIGINT'}`;
}

function listOf(value: ThriftValue | undefined): readonly ThriftValue[] {
  return Array.isArray(value) ? value : [];
}

function structOf(value: ThriftValue | undefined): ThriftStruct {
  return value instanceof Map ? value : new Map();
}

function numberOf(value: ThriftValue | undefined, otherwise = 0): number {
  return typeof value === 'number' ? value : otherwise;
}

function textOf(value: ThriftValue | undefined): string {
  return value instanceof Uint8Array ? new TextDecoder().decode(value) : '';
}
