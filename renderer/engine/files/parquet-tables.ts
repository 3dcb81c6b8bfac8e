import { RecordBatchReader } from 'apache-arrow';
import initParquet, { ParquetFile, type Table } from 'parquet-wasm';
import { EngineFault } from '../../../shared/engine/contract';
import { cancelled } from '../../../shared/engine/faults';
import { authored, id, join, type Sql, sql } from '../../../shared/sql/sql';
import type { Connection } from '../execution';
import { typeName } from '../values/column-types';
import { type ParquetColumn, ParquetProblem, readFooter } from './parquet-footer';

/** Schema of the tables that stand for Parquet files. */
export const FILES_SCHEMA = 'teal_files';

const STAGING = 'incoming';

/** A Parquet file and the table that is to hold its rows. */
export interface ParquetLoad {
  readonly connection: Connection;
  readonly catalog: string;
  readonly path: string;
  readonly file: File;
  readonly table: string;
  readonly signals: readonly AbortSignal[];
}

let ready: Promise<unknown> | undefined;

/** Loads parquet-wasm at its first use. */
export function readyParquet(address: string): Promise<unknown> {
  ready ??= initParquet({ module_or_path: address });
  return ready;
}

/**
 * Reads a Parquet file into a table of the warehouse, one row group at a time, with the types that DuckDB itself reads from it. Runs in
 * whatever transaction the connection is in.
 */
export async function loadParquet(load: ParquetLoad): Promise<void> {
  try {
    const columns = await readFooter(load.file);
    refuseIntervals(load, columns);
    const parquet = await ParquetFile.fromFile(load.file);
    try {
      await fillTable(load, parquet, columns);
    } finally {
      parquet.free();
    }
  } catch (thrown) {
    throw readable(load, thrown);
  }
}

async function fillTable(
  load: ParquetLoad,
  parquet: ParquetFile,
  columns: readonly ParquetColumn[],
): Promise<void> {
  const { db, id: connection } = load.connection;
  const target = id(load.catalog, FILES_SCHEMA, load.table);
  const casts = castsOf(parquet, columns);
  const name = casts ? STAGING : load.table;
  const groups = parquet.metadata().numRowGroups();
  await db.runQuery(connection, sql`CREATE SCHEMA IF NOT EXISTS ${id(load.catalog, FILES_SCHEMA)}`.text);
  for (let group = 0; group < Math.max(1, groups); group += 1) {
    if (load.signals.some((signal) => signal.aborted)) throw cancelled();
    const rows = await parquet.read(groups === 0 ? { limit: 0 } : { rowGroups: [group] });
    await insert(load, rows, { name, create: group === 0 });
  }
  if (!casts) return;
  const staging = id(load.catalog, FILES_SCHEMA, STAGING);
  const query = sql`CREATE TABLE ${target} AS SELECT ${join(casts)} FROM ${staging}; DROP TABLE ${staging}`;
  await db.runQuery(connection, query.text);
}

// Takes the rows' memory back as soon as they are handed on.
async function insert(
  load: ParquetLoad,
  rows: Table,
  into: { name: string; create: boolean },
): Promise<void> {
  const { db, id: connection } = load.connection;
  await db.insertArrowFromIPCStream(connection, rows.intoIPCStream(), { ...into, schema: FILES_SCHEMA });
}

/** The columns with casts to what DuckDB would read; null where all are so already. */
function castsOf(parquet: ParquetFile, columns: readonly ParquetColumn[]): readonly Sql[] | null {
  const fields = RecordBatchReader.from(parquet.schema().intoIPCStream()).open().schema?.fields ?? [];
  const found = fields.map((field, index) => ({
    name: field.name,
    from: typeName(field),
    to: columns[index]?.type ?? typeName(field),
  }));
  if (found.every(({ from, to }) => from === to)) return null;
  return found.map(({ name, from, to }) => {
    const column = id(name);
    if (from === to) return column;
    if (from === 'BLOB' && to === 'UUID') return sql`CAST(lower(hex(${column})) AS UUID) AS ${column}`;
    return sql`CAST(${column} AS ${authored(to)}) AS ${column}`;
  });
}

function refuseIntervals(load: ParquetLoad, columns: readonly ParquetColumn[]): void {
  const interval = columns.find((column) => column.type === 'INTERVAL');
  if (!interval) return;
  throw new EngineFault(
    {
      code: 'engine.unsupported',
      message: `The column ${interval.name} of ${baseName(load.path)} holds intervals, which cannot be read in the browser.`,
      remedy:
        'Open the project in the desktop app or on the command line, or leave the column out of the file.',
    },
    { type: 'Not implemented' },
  );
}

function readable(load: ParquetLoad, thrown: unknown): unknown {
  const isParquet =
    thrown instanceof ParquetProblem || thrown instanceof RangeError || /Parquet|EOF/.test(String(thrown));
  if (!isParquet || thrown instanceof EngineFault) return thrown;
  const why = thrown instanceof Error ? thrown.message : String(thrown);
  return new EngineFault(
    {
      code: 'engine.sql',
      message: `${baseName(load.path)} is not a whole Parquet file: ${why}.`,
      cause: `Invalid Input Error: Parquet file ${load.path}: ${why}`,
    },
    { type: 'Invalid Input' },
  );
}

function baseName(path: string): string {
  return path.split('/').at(-1) ?? path;
}
