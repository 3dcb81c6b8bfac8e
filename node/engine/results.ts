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
import type { ResultColumn, RowPage } from '../../shared/engine/contract';

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

/** Names and types of a result. Equal names get `_1`, `_2`, as DuckDB does when it makes a table of them. */
function columnsOf(result: DuckDBResult): readonly ResultColumn[] {
  const taken = new Set<string>();
  const all = new Set(result.columnNames());
  return result.columnNames().map((name, index) => {
    let unique = name;
    for (let count = 1; taken.has(unique) || (unique !== name && all.has(unique)); count += 1)
      unique = `${name}_${count}`;
    taken.add(unique);
    return { name: unique, type: result.columnType(index).toString() };
  });
}

/**
 * Rows of a chunk as JSON values. BIGINT and wider, DECIMAL, DATE, TIME, TIMESTAMP, UUID, BLOB and BIT are text;
 * NaN and infinities of a DOUBLE are the texts `NaN`, `Infinity`, `-Infinity`; LIST is an array, STRUCT an object, MAP a
 * list of `{ key, value }`, INTERVAL `{ months, days, micros }`.
 */
function rowsOf(chunk: DuckDBDataChunk): (Json | null)[][] {
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

/** Cuts what `next` gives into pages of `size` rows; a result without rows is one empty page, so its columns are known. */
export async function* pagesOf(
  result: DuckDBResult,
  size: number,
  next: () => Promise<DuckDBDataChunk | null>,
): AsyncGenerator<RowPage> {
  const columns = columnsOf(result);
  let rows: readonly (readonly unknown[])[] = [];
  let empty = true;
  for (let chunk = await next(); chunk !== null && chunk.rowCount > 0; chunk = await next()) {
    const all = [...rows, ...rowsOf(chunk)];
    const whole = all.length - (all.length % size);
    for (let from = 0; from < whole; from += size) yield { columns, rows: all.slice(from, from + size) };
    empty &&= whole === 0;
    rows = all.slice(whole);
  }
  if (rows.length > 0 || empty) yield { columns, rows };
}
