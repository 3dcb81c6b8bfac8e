import { fault } from '../../shared/base/errors';
import type {
  Capabilities,
  Engine,
  EngineInfo,
  Lane,
  Session,
  StatementOptions,
} from '../../shared/engine/contract';
import { toEngineFault } from '../../shared/engine/faults';
import { LaneSession } from '../../shared/engine/lane-session';
import { createSlots } from '../../shared/engine/slots';
import { sql } from '../../shared/sql/sql';
import { WasmDatabase } from './database';
import { FileStatements } from './files/file-statements';
import type { WasmEngineOptions } from './types';
import { rowsOf } from './values/batches';
import { WasmWire } from './wasm-wire';

/**
 * Opens DuckDB in this worker's browser, on a file of its private storage or in memory. Fails with `engine.locked` when another tab
 * holds the file, and with `engine.open_failed` when it is no warehouse.
 */
export async function openWasmEngine(options: WasmEngineOptions): Promise<Engine> {
  const database = await WasmDatabase.open(options);
  const [row] = rowsOf(await database.ask(sql`SELECT version()`));
  const files = new FileStatements(database, options);
  await files.readyViews();
  return new WasmEngine(database, files, String(row?.[0] ?? ''));
}

class WasmEngine implements Engine {
  readonly info: EngineInfo;
  private readonly lanes = {
    interactive: createSlots(4),
    writer: createSlots(1),
    background: createSlots(2),
  };
  private readonly sessions = new Set<Session>();
  private readonly waiting = new Set<Promise<unknown>>();
  private readonly closing = new AbortController();

  constructor(
    private readonly database: WasmDatabase,
    private readonly files: FileStatements,
    version: string,
  ) {
    this.info = { name: 'DuckDB', version, catalog: database.catalog, capabilities };
  }

  async session(lane: Lane, options: StatementOptions = {}): Promise<Session> {
    const connecting = this.connect(lane, options.signal === undefined ? [] : [options.signal]);
    this.waiting.add(connecting);
    try {
      return await connecting;
    } finally {
      this.waiting.delete(connecting);
    }
  }

  async usage(): Promise<{ memoryBytes: number; memoryLimitBytes: number; warehouseBytes: number }> {
    if (this.closing.signal.aborted) throw fault('cancelled', 'The warehouse is closed.');
    const query = sql`
      SELECT (SELECT coalesce(sum(memory_usage_bytes), 0)::DOUBLE FROM duckdb_memory()),
        (SELECT sum(block_size * total_blocks)::DOUBLE FROM pragma_database_size() WHERE database_name = ${this.info.catalog})`;
    const [row] = rowsOf(await this.database.ask(query));
    return {
      memoryBytes: Number(row?.[0] ?? 0),
      memoryLimitBytes: this.database.memoryLimitBytes,
      warehouseBytes: this.database.isStored ? Number(row?.[1] ?? 0) : 0,
    };
  }

  async checkpoint(): Promise<void> {
    const session = await this.session('writer');
    try {
      await this.database.checkpoint();
    } finally {
      await session.release();
    }
  }

  async close(): Promise<void> {
    if (this.closing.signal.aborted) return;
    this.closing.abort();
    await Promise.allSettled(this.waiting);
    await Promise.all([...this.sessions].map((session) => session.release()));
    await this.database.close();
  }

  private async connect(lane: Lane, signals: readonly AbortSignal[]): Promise<Session> {
    const free = await this.lanes[lane].take([...signals, this.closing.signal]);
    try {
      const id = await this.database.db.connectInternal();
      const ended = (ending: Session) => {
        free();
        this.sessions.delete(ending);
      };
      const wire = new WasmWire(this.database, id, this.files);
      const session = new LaneSession(wire, { ending: new AbortController(), ended });
      this.sessions.add(session);
      return session;
    } catch (thrown) {
      free();
      throw toEngineFault(thrown);
    }
  }
}

const capabilities: Capabilities = {
  multiViewAtomic: true,
  readsParquet: true,
  readsCsv: true,
  parquetMetadata: false,
  json: false,
  timeZones: false,
  spill: false,
  durableCommit: true,
  concurrentReads: true,
};
