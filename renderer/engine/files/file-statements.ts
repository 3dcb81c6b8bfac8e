import { DuckDBDataProtocol } from '@duckdb/duckdb-wasm';
import { EngineFault } from '../../../shared/engine/contract';
import { findReferences } from '../../../shared/sql/references';
import { id, join, type Sql, sql } from '../../../shared/sql/sql';
import { applyEdits, type Edit } from '../../../shared/sql/text';
import type { WasmDatabase } from '../database';
import type { Connection } from '../execution';
import type { WasmEngineOptions } from '../types';
import { rowsOf } from '../values/batches';
import { findParquet, type ParquetCall } from './parquet-calls';
import { FILES_SCHEMA, loadParquet, readTable, readyParquet } from './parquet-tables';

/** A statement ready for the engine, and the edits that made it from the text. */
export interface FileStatement {
  readonly text: string;
  readonly edits: readonly Edit[];
  /** whether tables were made for it, which a commit must keep */
  readonly loaded: boolean;
}

/** What a statement is prepared for. */
export interface FileRequest {
  readonly connection: Connection;
  readonly text: string;
  readonly inTransaction: boolean;
  readonly signals: readonly AbortSignal[];
}

/** Only a text with such words can name a file; most statements do not, and need not be read for it. */
const MAY_READ =
  /\b(read_(csv|parquet|json|ndjson)|parquet_scan)|\.(parquet|csv|tsv|txt|json|ndjson|jsonl)(\.gz|\.zst)?'|\b(from|join)\s*'/i;

const KEPT = /\/\.teal\/raw\/[0-9a-f]{2}\/[0-9a-f]{64}[^/]*$/;

/**
 * Makes the files that statements name by literal paths known to the engine: CSV is read where it lies; the engine in the browser
 * reads no Parquet, so a Parquet file becomes a table once, and the place that reads it is replaced by a query of that table.
 */
export class FileStatements {
  private readonly registered = new Map<string, string>();
  private loading: Promise<unknown> = Promise.resolve();

  constructor(
    private readonly database: WasmDatabase,
    private readonly options: WasmEngineOptions,
  ) {}

  async prepare(request: FileRequest): Promise<FileStatement> {
    const { text } = request;
    if (!MAY_READ.test(text)) return { text, edits: [], loaded: false };
    for (const file of findReferences(text).files)
      if (!/\.parquet$/i.test(file.path)) await this.register(file.path);
    const edits: Edit[] = [];
    let loaded = false;
    for (const call of findParquet(text)) {
      if ('reason' in call) throw refused(call.reason, call.start);
      const tables = await this.tablesOf(call, request);
      loaded ||= tables.some((table) => table.isNew);
      const query = await this.queryOf(call, tables, request.connection);
      edits.push({ start: call.start, end: call.end, text: `(${query.text})` });
    }
    return { text: applyEdits(text, edits), edits, loaded };
  }

  /** Hands a file that a statement wrote to the platform, which keeps it. */
  async keepWritten(path: string): Promise<void> {
    const bytes = await this.database.db.copyFileToBuffer(path);
    await this.database.db.dropFile(path);
    await this.write(path, bytes);
  }

  async write(path: string, bytes: Uint8Array): Promise<void> {
    await this.options.files.write(this.allowed(path, 0), new Blob([bytes as Uint8Array<ArrayBuffer>]));
    this.registered.delete(path);
  }

  /** Loads what reads and writes Parquet, at its first use. */
  readyParquet(): Promise<unknown> {
    return readyParquet(this.options.bundle.parquet);
  }

  private async tablesOf(call: ParquetCall, request: FileRequest) {
    const paths: string[] = [];
    for (const path of call.paths) {
      const found = /[*?[]/.test(path) ? await this.options.files.match(path) : [path];
      if (found.length === 0) throw missing(path, call.start);
      paths.push(...found);
    }
    const tables: { path: string; table: Sql; name: string; isNew: boolean }[] = [];
    for (const path of paths) {
      const file = await this.options.files.file(this.allowed(path, call.start));
      if (file === null) throw missing(path, call.start);
      const name = KEPT.test(path) ? path : `${path}#${file.size}-${file.lastModified}`;
      const isNew = await this.ensureTable({ path, file, name, request });
      tables.push({ path, name, table: id(this.database.catalog, FILES_SCHEMA, name), isNew });
    }
    return tables;
  }

  // One file at a time: two loads of one file would meet in one table.
  private ensureTable(of: {
    path: string;
    file: File;
    name: string;
    request: FileRequest;
  }): Promise<boolean> {
    const next = this.loading.catch(() => undefined).then(() => this.loadOnce(of));
    this.loading = next;
    return next;
  }

  private async loadOnce(of: {
    path: string;
    file: File;
    name: string;
    request: FileRequest;
  }): Promise<boolean> {
    const { connection, inTransaction, signals } = of.request;
    if ((await this.columnsOf(connection, of.name)).length > 0) return false;
    await this.readyParquet();
    const { catalog } = this.database;
    const load = () =>
      loadParquet({ connection, catalog, path: of.path, file: of.file, table: of.name, signals });
    await this.inWarehouse(connection, () => (inTransaction ? load() : this.inTransaction(connection, load)));
    if (!inTransaction) await this.database.checkpoint();
    return true;
  }

  private async inTransaction(connection: Connection, work: () => Promise<void>): Promise<void> {
    const { db, id: own } = connection;
    await this.database.during(
      (async () => {
        await db.runQuery(own, 'BEGIN');
        try {
          await work();
          await db.runQuery(own, 'COMMIT');
        } catch (thrown) {
          await db.runQuery(own, 'ROLLBACK');
          throw thrown;
        }
      })(),
    );
  }

  // Rows in Arrow's form go into the first catalog of the search path, which may be one in memory.
  private async inWarehouse(connection: Connection, work: () => Promise<void>): Promise<void> {
    const path = String(
      (await this.ask(connection, sql`SELECT current_setting('search_path')`))[0]?.[0] ?? '',
    );
    await this.ask(connection, sql`USE ${id(this.database.catalog)}`);
    try {
      await work();
    } finally {
      await this.ask(connection, sql`SET search_path = ${path}`);
    }
  }

  private async queryOf(
    call: ParquetCall,
    tables: readonly { path: string; table: Sql; name: string }[],
    connection: Connection,
  ): Promise<Sql> {
    const first = tables[0]?.name ?? '';
    const columns = call.unionByName || tables.length === 1 ? null : await this.columnsOf(connection, first);
    const parts = tables.map(({ path, table }) =>
      readTable(table, columns, call.filename === null ? null : { name: call.filename, path }),
    );
    return join(parts, call.unionByName ? ' UNION ALL BY NAME ' : ' UNION ALL ');
  }

  private async columnsOf(connection: Connection, table: string): Promise<readonly string[]> {
    const rows = await this.ask(
      connection,
      sql`SELECT column_name FROM duckdb_columns() WHERE database_name = ${this.database.catalog}
        AND schema_name = ${FILES_SCHEMA} AND table_name = ${table} ORDER BY column_index`,
    );
    return rows.map((row) => String(row[0]));
  }

  private async register(path: string): Promise<void> {
    const paths = /[*?[]/.test(path) ? await this.options.files.match(path) : [path];
    for (const one of paths) {
      const file = await this.options.files.file(one);
      if (file === null) continue;
      const stamp = `${file.size}-${file.lastModified}`;
      if (this.registered.get(one) === stamp) continue;
      if (this.registered.has(one)) await this.database.db.dropFile(one);
      await this.database.db.registerFileHandle(one, file, DuckDBDataProtocol.BROWSER_FILEREADER, true);
      this.registered.set(one, stamp);
    }
  }

  private allowed(path: string, position: number): string {
    const { allowedDirectories } = this.options;
    const inside = allowedDirectories.some((folder) => path.startsWith(`${folder.replace(/\/$/, '')}/`));
    if (inside && !path.split('/').includes('..')) return path;
    throw new EngineFault(
      {
        code: 'engine.denied',
        message: `Cannot access file "${path}" - file system operations are disabled by configuration.`,
        remedy: 'Move the file into the project.',
      },
      { type: 'Permission', position },
    );
  }

  private async ask(connection: Connection, statement: Sql): Promise<readonly (readonly unknown[])[]> {
    const bytes = await connection.db.runQuery(connection.id, statement.text);
    return rowsOf(bytes);
  }
}

function missing(path: string, position: number): EngineFault {
  const message = `No files found that match the pattern "${path}".`;
  return new EngineFault({ code: 'engine.sql', message, cause: message }, { type: 'IO', position });
}

function refused(message: string, position: number): EngineFault {
  return new EngineFault(
    {
      code: 'engine.unsupported',
      message,
      remedy: 'Write it without, or open the project in the desktop app or on the command line.',
    },
    { type: 'Not implemented', position },
  );
}
