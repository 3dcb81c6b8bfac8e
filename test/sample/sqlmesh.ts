// Runs the real SQLMesh on a project, and compares tables row by row.
import { execFile, spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { type DuckDBConnection, DuckDBInstance } from '@duckdb/node-api';

const SCRIPT = join(import.meta.dirname, 'sqlmesh_run.py');
const LEFT_BEHIND = new Set(['.teal', '.cache', 'logs', 'node_modules', 'db.duckdb', 'db.duckdb.wal']);

export const SUSHI = resolve(import.meta.dirname, '../../examples/sushi');
export const EXECUTION_TIME = '2025-04-01';

/** A Python that can import SQLMesh: TEAL_SQLMESH_PYTHON, else python3 if it can. */
export function findSqlMeshPython(): string | undefined {
  const named = process.env.TEAL_SQLMESH_PYTHON;
  if (named) return named;
  return spawnSync('python3', ['-c', 'import sqlmesh'], { stdio: 'ignore' }).status === 0
    ? 'python3'
    : undefined;
}

export interface SqlMeshRun {
  readonly executionTime?: string;
  /** Folders laid over the copy of the project before it is planned, as a person's edit would be. */
  readonly overlays?: readonly string[];
}

/**
 * Plans and applies a copy of the project, then writes each model and each raw view of prod to
 * `outDir/<schema>.<name>.parquet`. Answers the number of rows by name. The project itself stays as it is.
 */
export async function runSqlMesh(
  projectDir: string,
  outDir: string,
  { executionTime = EXECUTION_TIME, overlays = [] }: SqlMeshRun = {},
): Promise<Record<string, number>> {
  const python = findSqlMeshPython();
  if (!python) throw new Error('No Python with SQLMesh. Set TEAL_SQLMESH_PYTHON to one.');
  const out = resolve(outDir);
  const copy = mkdtempSync(join(tmpdir(), 'teal-sqlmesh-'));
  try {
    const filter = (path: string) => !LEFT_BEHIND.has(basename(path));
    cpSync(projectDir, copy, { recursive: true, filter });
    for (const overlay of overlays) cpSync(overlay, copy, { recursive: true, force: true });
    await promisify(execFile)(python, [SCRIPT, copy, out, executionTime], { maxBuffer: 64 * 1024 * 1024 });
    return JSON.parse(readFileSync(join(out, 'tables.json'), 'utf8')) as Record<string, number>;
  } finally {
    rmSync(copy, { recursive: true, force: true });
  }
}

export interface TableDifference {
  /** Same columns, of the same types, in the same order. Where they differ, no row is compared. */
  readonly sameColumns: boolean;
  readonly leftColumns: readonly string[];
  readonly rightColumns: readonly string[];
  readonly leftRows: number;
  readonly rightRows: number;
  readonly onlyLeft: number;
  readonly onlyRight: number;
}

/** The SQL that reads a Parquet file, for `compareTables` and queries. */
export function parquet(file: string): string {
  return `read_parquet('${file.replaceAll("'", "''")}')`;
}

/** Runs `use` with a connection to an empty in-memory database. */
export async function withDuckDb<T>(use: (connection: DuckDBConnection) => Promise<T>): Promise<T> {
  const instance = await DuckDBInstance.create(':memory:');
  const connection = await instance.connect();
  try {
    return await use(connection);
  } finally {
    connection.closeSync();
    instance.closeSync();
  }
}

/** The rows of a query as plain values: numbers for counts, text for all else that JSON has no form for. */
export async function rowsOf(connection: DuckDBConnection, sql: string): Promise<unknown[][]> {
  const reader = await connection.runAndReadAll(sql);
  return reader.getRowsJson().map((row) => [...row]);
}

async function count(connection: DuckDBConnection, relation: string): Promise<number> {
  const rows = await rowsOf(connection, `SELECT count(*)::INTEGER FROM ${relation}`);
  return Number(rows[0]?.[0]);
}

async function columnsOf(connection: DuckDBConnection, relation: string): Promise<string[]> {
  const rows = await rowsOf(connection, `DESCRIBE SELECT * FROM ${relation}`);
  return rows.map(([name, type]) => `${String(name)} ${String(type)}`);
}

/**
 * Compares two relations exactly, as multisets of rows: EXCEPT ALL both ways. `left` and `right` are table names
 * that the connection knows, or the SQL of `parquet(file)`.
 */
export async function compareTables(
  connection: DuckDBConnection,
  left: string,
  right: string,
): Promise<TableDifference> {
  const leftColumns = await columnsOf(connection, left);
  const rightColumns = await columnsOf(connection, right);
  const sameColumns = leftColumns.join() === rightColumns.join();
  const only = (a: string, b: string) => `(SELECT * FROM ${a} EXCEPT ALL SELECT * FROM ${b})`;
  const leftRows = await count(connection, left);
  const rightRows = await count(connection, right);
  return {
    sameColumns,
    leftColumns,
    rightColumns,
    leftRows,
    rightRows,
    onlyLeft: sameColumns ? await count(connection, only(left, right)) : leftRows,
    onlyRight: sameColumns ? await count(connection, only(right, left)) : rightRows,
  };
}

/** `compareTables` on two Parquet files. */
export async function compareParquet(leftFile: string, rightFile: string): Promise<TableDifference> {
  return withDuckDb((connection) => compareTables(connection, parquet(leftFile), parquet(rightFile)));
}
