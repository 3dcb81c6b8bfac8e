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
import { type NamedFile, ParquetGroups, type Part, readPart } from './parquet-groups';
import { loadParquet, readyParquet } from './parquet-tables';

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

interface Parts {
  readonly parts: readonly Part[];
  readonly isNew: boolean;
}

/** More tables than that are put together into one. */
const MOST_TABLES = 8;

/** Only a text with such words can name a file; most statements do not, and need not be read for it. */
const MAY_READ =
  /\b(read_(csv|parquet|json|ndjson|text)|parquet_scan)|\.(parquet|csv|tsv|txt|json|ndjson|jsonl)(\.gz|\.zst)?'|\b(from|join)\s*'/i;

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
    await this.registerAll(text);
    const edits: Edit[] = [];
    let loaded = false;
    for (const call of findParquet(text)) {
      if ('reason' in call) throw refused(call.reason, call.start);
      const { parts, isNew } = await this.partsOf(call, request);
      loaded ||= isNew;
      const query = await this.queryOf(call, parts, request.connection);
      edits.push({ start: call.start, end: call.end, text: `(${query.text})` });
    }
    return { text: applyEdits(text, edits), edits, loaded };
  }

  /** Makes the files known that views of the warehouse read: a statement over a view does not name them. */
  async readyViews(): Promise<void> {
    const views = await this.database.ask(sql`SELECT sql FROM duckdb_views() WHERE NOT internal`);
    for (const [text] of rowsOf(views)) if (MAY_READ.test(String(text))) await this.registerAll(String(text));
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

  // One call at a time: two loads of one file would meet in one table.
  private partsOf(call: ParquetCall, request: FileRequest): Promise<Parts> {
    const next = this.loading.catch(() => undefined).then(() => this.loadParts(call, request));
    this.loading = next;
    return next;
  }

  private async loadParts(call: ParquetCall, request: FileRequest): Promise<Parts> {
    const { connection, inTransaction } = request;
    const groups = this.groupsIn(connection);
    const { first, again } = firstOf(await this.filesOf(call));
    const { parts, rest } = await groups.cover(first, call.unionByName);
    const missing: NamedFile[] = [];
    for (const file of firstOf([...rest, ...again]).first)
      if ((await groups.columns(file.name)).length === 0) missing.push(file);
    const isMany = rest.length > MOST_TABLES;
    const alone = ({ name, path }: NamedFile): Part => ({
      table: groups.table(name),
      paths: [path],
      isGroup: false,
    });
    let more: readonly Part[] = rest.map(alone);
    const work = async () => {
      for (const file of missing) await this.load(file, request);
      if (!isMany) return;
      more = [await groups.make(rest, call.unionByName)];
      const unused = missing.filter(({ name }) => again.every((file) => file.name !== name));
      for (const { name } of unused) await this.ask(connection, sql`DROP TABLE ${groups.table(name)}`);
    };
    const isNew = isMany || missing.length > 0;
    if (isNew) {
      await this.readyParquet();
      await this.inWarehouse(connection, () =>
        inTransaction ? work() : this.inTransaction(connection, work),
      );
      if (!inTransaction) await this.database.checkpoint();
    }
    return { parts: [...parts, ...more, ...again.map(alone)], isNew };
  }

  private async filesOf(call: ParquetCall): Promise<readonly NamedFile[]> {
    const files: NamedFile[] = [];
    for (const pattern of call.paths) {
      const paths = /[*?[]/.test(pattern) ? await this.options.files.match(pattern) : [pattern];
      if (paths.length === 0) throw missingFile(pattern, call.start);
      for (const path of paths) {
        const file = await this.options.files.file(this.allowed(path, call.start));
        if (file === null) throw missingFile(path, call.start);
        const name = KEPT.test(path) ? path : `${path}#${file.size}-${file.lastModified}`;
        files.push({ path, file, name });
      }
    }
    return files;
  }

  private load({ path, file, name }: NamedFile, { connection, signals }: FileRequest): Promise<void> {
    return loadParquet({ connection, catalog: this.database.catalog, path, file, table: name, signals });
  }

  private groupsIn(connection: Connection): ParquetGroups {
    return new ParquetGroups(this.database.catalog, (statement) => this.ask(connection, statement));
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

  private async queryOf(call: ParquetCall, parts: readonly Part[], connection: Connection): Promise<Sql> {
    const [first] = parts;
    const alike = call.unionByName || parts.length === 1 || !first;
    const columns = alike ? null : await this.columnsOf(readPart(first, null, null), connection);
    const queries = parts.map((part) => readPart(part, columns, call.filename));
    return join(queries, call.unionByName ? ' UNION ALL BY NAME ' : ' UNION ALL ');
  }

  private async columnsOf(query: Sql, connection: Connection): Promise<readonly string[]> {
    return (await this.ask(connection, sql`DESCRIBE ${query}`)).map((row) => String(row[0]));
  }

  private async registerAll(text: string): Promise<void> {
    for (const file of findReferences(text).files)
      if (!/\.parquet$/i.test(file.path)) await this.register(file.path);
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

/** Files at their first place in a list, and the further places of those that stand in it more than once. */
function firstOf(files: readonly NamedFile[]): { first: readonly NamedFile[]; again: readonly NamedFile[] } {
  const seen = new Set<string>();
  const [first, again]: [NamedFile[], NamedFile[]] = [[], []];
  for (const file of files) {
    (seen.has(file.name) ? again : first).push(file);
    seen.add(file.name);
  }
  return { first, again };
}

function missingFile(path: string, position: number): EngineFault {
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
