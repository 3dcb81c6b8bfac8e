import { DataType, type Field, type RecordBatch, RecordBatchReader } from 'apache-arrow';
import type { ResultColumn } from '../../../shared/engine/contract';
import { distinctNames } from '../../../shared/engine/pages';
import { typeName } from './column-types';
import { readerOf } from './read-values';

/** Rows as arrays in the order of the columns. */
export type Rows = readonly (readonly unknown[])[];

/** The fields that a result's head announces. */
export function fieldsOf(head: Uint8Array): readonly Field[] {
  return head.length === 0 ? [] : (RecordBatchReader.from([head]).open().schema?.fields ?? []);
}

/** Whether a field holds words from a list: the engine sends their numbers without the list. */
export function hasEnum(field: Field): boolean {
  return DataType.isDictionary(field.type) || (field.type.children ?? []).some(hasEnum);
}

export function columnsOf(fields: readonly Field[]): readonly ResultColumn[] {
  const names = distinctNames(fields.map((field) => field.name));
  return fields.map((field, index) => ({ name: names[index] ?? field.name, type: typeName(field) }));
}

/** The rows of pieces of a result; of a whole result in one, the head alone. */
export function rowsOf(head: Uint8Array, pieces: readonly Uint8Array[] = []): Rows {
  if (head.length === 0) return [];
  const rows: unknown[][] = [];
  for (const batch of RecordBatchReader.from([head, ...pieces])) pushRows(batch, rows);
  return rows;
}

function pushRows(batch: RecordBatch, rows: unknown[][]): void {
  const readers = batch.schema.fields.map((field, index) => {
    const data = batch.data.children[index];
    if (!data) throw new Error(`The engine gives no values of ${field.name}.`);
    return readerOf(data, field);
  });
  for (let row = 0; row < batch.numRows; row += 1) rows.push(readers.map((read) => read(row)));
}
