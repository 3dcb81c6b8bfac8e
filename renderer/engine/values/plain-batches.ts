import {
  Bool,
  type Data,
  DataType,
  Field,
  FixedSizeList,
  List,
  Map_,
  makeData,
  RecordBatch,
  RecordBatchReader,
  Schema,
  Struct,
  Table,
  tableToIPC,
} from 'apache-arrow';
import { authored, columnList, id, join, sql } from '../../../shared/sql/sql';
import { fieldsOf, hasEnum } from './batches';
import { extensionName, typeName } from './column-types';

/** Types that Parquet has no place for, and what stands for them there; HUGEINT is what DuckDB itself writes. */
const STANDS_FOR: Readonly<Record<string, string>> = {
  HUGEINT: 'DOUBLE',
  UHUGEINT: 'DOUBLE',
  UUID: 'VARCHAR',
  BIT: 'VARCHAR',
  'TIME WITH TIME ZONE': 'VARCHAR',
  INTERVAL: 'VARCHAR',
  BIGNUM: 'VARCHAR',
};

/** The query with columns that Parquet has no type for as text or number; null where there are none. */
export function castForParquet(query: string, fields: readonly Field[]): string | null {
  const casts = fields.map((field) => (hasEnum(field) ? 'VARCHAR' : STANDS_FOR[typeName(field)]));
  if (casts.every((cast) => cast === undefined)) return null;
  const names = fields.map((_, index) => `c${index}`);
  const shown = fields.map((field, index) => {
    const [name, cast] = [id(names[index] ?? ''), casts[index]];
    const value = cast === undefined ? name : sql`CAST(${name} AS ${authored(cast)})`;
    return sql`${value} AS ${id(field.name)}`;
  });
  return sql`SELECT ${join(shown)} FROM (${authored(query)}) AS copied_rows(${columnList(names)})`.text;
}

/** A result as one Arrow stream without the engine's own types: it sends truth values as whole numbers. */
export function plainStream(head: Uint8Array, pieces: readonly Uint8Array[]): Uint8Array {
  const fields = fieldsOf(head);
  const schema = new Schema(fields.map(plainField));
  const type = new Struct(schema.fields);
  const batches = [...RecordBatchReader.from([head, ...pieces])].map((batch) => {
    const children = fields.map((field, index) => plainData(batch.data.children[index] as Data, field));
    return new RecordBatch(schema, makeData({ type, length: batch.numRows, nullCount: 0, children }));
  });
  return tableToIPC(new Table(schema, batches), 'stream');
}

function plainField(field: Field): Field {
  return new Field(field.name, plainType(field), field.nullable);
}

function plainType(field: Field): DataType {
  const type: DataType = field.type;
  if (extensionName(field) === 'BOOLEAN') return new Bool();
  const children = (type.children ?? []).map(plainField);
  const [first] = children;
  if (DataType.isList(type) && first) return new List(first);
  if (DataType.isFixedSizeList(type) && first) return new FixedSizeList(type.listSize, first);
  if (DataType.isMap(type) && first) return new Map_(first as never, type.keysSorted);
  return DataType.isStruct(type) ? new Struct(children) : type;
}

function plainData(data: Data, field: Field): Data {
  if (extensionName(field) === 'BOOLEAN') return truthData(data);
  if (data.children.length === 0) return data;
  const children = data.children.map((child, index) =>
    plainData(child, (field.type.children ?? [])[index] as Field),
  );
  const { offset, length, nullCount, buffers } = data;
  return data.clone(plainType(field), offset, length, nullCount, buffers as never, children);
}

function truthData(data: Data): Data {
  const bits = new Uint8Array((data.length + 7) >> 3);
  for (let row = 0; row < data.length; row += 1)
    if (data.values[row] !== 0) bits[row >> 3] = (bits[row >> 3] ?? 0) | (1 << (row & 7));
  return makeData({
    type: new Bool(),
    length: data.length,
    nullCount: data.nullCount,
    data: bits,
    nullBitmap: data.nullBitmap,
  });
}
