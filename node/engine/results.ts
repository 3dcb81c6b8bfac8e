import {
  type DuckDBDataChunk,
  type DuckDBMaterializedResult,
  type DuckDBResult,
  DuckDBTimestampTZValue,
  type Json,
  JsonDuckDBValueConverter,
  ResultReturnType,
  StatementType,
} from '@duckdb/node-api';
import type { Row } from '../../shared/base/rows';
import type { ResultColumn } from '../../shared/engine/contract';
import { distinctNames } from '../../shared/engine/pages';

// The binding prints TIMESTAMPTZ in the zone of the process; sessions are UTC.
DuckDBTimestampTZValue.timezoneOffsetInMinutes = 0;

/** Rows that a statement changed; CREATE TABLE AS says it in a row of its own, not in the count. */
export async function changedRows(result: DuckDBMaterializedResult): Promise<number> {
  const counted =
    result.statementType === StatementType.CREATE && result.returnType === ResultReturnType.NOTHING;
  if (!counted || result.columnCount !== 1) return result.rowsChanged;
  const chunk = await result.fetchChunk();
  return Number(chunk === null ? 0 : (rowsOf(chunk)[0]?.[0] ?? 0));
}

/** Names and types of a result. */
export function columnsOf(result: DuckDBResult): readonly ResultColumn[] {
  return distinctNames(result.columnNames()).map((name, index) => ({
    name,
    type: result.columnType(index).toString(),
  }));
}

/**
 * Rows of a chunk as JSON values. BIGINT and wider, DECIMAL, DATE, TIME, TIMESTAMP, UUID, BLOB and BIT are text;
 * NaN and infinities of a DOUBLE are the texts `NaN`, `Infinity`, `-Infinity`; LIST is an array, STRUCT an object, MAP a
 * list of `{ key, value }`, INTERVAL `{ months, days, micros }`.
 */
export function rowsOf(chunk: DuckDBDataChunk): (Json | null)[][] {
  return chunk.convertRows(JsonDuckDBValueConverter);
}

/** All rows of a result as objects. */
export async function allRows(result: DuckDBResult): Promise<readonly Row[]> {
  const names = columnsOf(result).map((column) => column.name);
  const chunks = await result.fetchAllChunks();
  return chunks.flatMap((chunk) =>
    rowsOf(chunk).map((row) => Object.fromEntries(names.map((name, index) => [name, row[index] ?? null]))),
  );
}
