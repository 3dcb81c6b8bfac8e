import { DataType, type Field, TimeUnit } from 'apache-arrow';

const EXTENSION = 'ARROW:extension:name';
const OPAQUE = 'ARROW:extension:metadata';
const OPAQUE_NAMES: Readonly<Record<string, string>> = {
  hugeint: 'HUGEINT',
  uhugeint: 'UHUGEINT',
  bit: 'BIT',
  time_tz: 'TIME WITH TIME ZONE',
  bignum: 'BIGNUM',
  varint: 'BIGNUM',
};
const STAMPS: Readonly<Record<number, string>> = {
  [TimeUnit.SECOND]: 'TIMESTAMP_S',
  [TimeUnit.MILLISECOND]: 'TIMESTAMP_MS',
  [TimeUnit.MICROSECOND]: 'TIMESTAMP',
  [TimeUnit.NANOSECOND]: 'TIMESTAMP_NS',
};

/** The name DuckDB has for a column that Arrow carries, by its type and what the engine wrote beside it. */
export function typeName(field: Field): string {
  const own = extensionName(field);
  if (own !== undefined) return own;
  const type: DataType = field.type;
  if (DataType.isInt(type)) return integerName(type.isSigned, type.bitWidth);
  if (DataType.isFloat(type)) return type.precision === 1 ? 'FLOAT' : 'DOUBLE';
  if (DataType.isDecimal(type)) return `DECIMAL(${type.precision},${type.scale})`;
  if (DataType.isTimestamp(type))
    return type.timezone ? 'TIMESTAMP WITH TIME ZONE' : (STAMPS[type.unit] ?? 'TIMESTAMP');
  return plainName(type) ?? nestedName(type) ?? String(type).toUpperCase();
}

/** What the engine says of a column that Arrow has no type for. */
export function extensionName(field: Field): string | undefined {
  const name = field.metadata.get(EXTENSION);
  if (name === 'arrow.bool8') return 'BOOLEAN';
  if (name === 'arrow.uuid') return 'UUID';
  if (name === 'arrow.json') return 'JSON';
  if (name !== 'arrow.opaque') return undefined;
  const said: unknown = JSON.parse(field.metadata.get(OPAQUE) || '{}');
  const type = typeof said === 'object' && said !== null && 'type_name' in said ? String(said.type_name) : '';
  return OPAQUE_NAMES[type] ?? type.toUpperCase();
}

function plainName(type: DataType): string | undefined {
  if (DataType.isBool(type)) return 'BOOLEAN';
  if (DataType.isUtf8(type) || DataType.isLargeUtf8(type)) return 'VARCHAR';
  if (DataType.isBinary(type) || DataType.isLargeBinary(type) || DataType.isFixedSizeBinary(type))
    return 'BLOB';
  if (DataType.isDate(type)) return 'DATE';
  if (DataType.isTime(type)) return type.unit === TimeUnit.NANOSECOND ? 'TIME_NS' : 'TIME';
  if (DataType.isInterval(type)) return 'INTERVAL';
  return DataType.isNull(type) ? '"NULL"' : undefined;
}

function nestedName(type: DataType): string | undefined {
  const children: readonly Field[] = type.children ?? [];
  const first = children[0];
  if (DataType.isList(type) && first) return `${typeName(first)}[]`;
  if (DataType.isFixedSizeList(type) && first) return `${typeName(first)}[${type.listSize}]`;
  if (DataType.isMap(type)) return `MAP(${(first?.type.children ?? []).map(typeName).join(', ')})`;
  if (DataType.isStruct(type)) return `STRUCT(${members(children)})`;
  return DataType.isUnion(type) ? `UNION(${members(children)})` : undefined;
}

function members(fields: readonly Field[]): string {
  return fields.map((field) => `"${field.name.replaceAll('"', '""')}" ${typeName(field)}`).join(', ');
}

function integerName(isSigned: boolean, bits: number): string {
  const names: Readonly<Record<number, string>> = {
    8: 'TINYINT',
    16: 'SMALLINT',
    32: 'INTEGER',
    64: 'BIGINT',
  };
  return `${isSigned ? '' : 'U'}${names[bits] ?? 'BIGINT'}`;
}
