import { setMaxListeners } from 'node:events';
import { stat, statfs } from 'node:fs/promises';
import { dirname } from 'node:path';
import { type DuckDBInstance, version } from '@duckdb/node-api';
import { fault } from '../../shared/base/errors';
import { numberOf, textOf } from '../../shared/base/rows';
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
import { sql } from '../../shared/sql/sql';
import { NativeWire, type WireHome } from './native-wire';
import { type Database, openDatabase } from './registry';
import { bytesOf, type NativeEngineOptions } from './settings';

// Each running statement holds a thread of libuv's pool, which has 4 by default: up to 7 sessions run at once, and file
// access of the host needs threads too. The host process must start with UV_THREADPOOL_SIZE=16; it is read once, at the
// first use of the pool, so it is set by whoever forks the host or in the first line of its entry file.

const lowDiskBytes = 1024 ** 2;

/**
 * Opens DuckDB on a file or in memory. Fails with `engine.locked` when another process holds the file, and with
 * `engine.open_failed` when it is no warehouse. Opening a path again in one process gives a second handle on the same
 * database, whose writers queue together.
 */
export async function openNativeEngine(options: NativeEngineOptions): Promise<Engine> {
  const database = await openDatabase(options);
  const engine = new NativeEngine(database, options);
  try {
    await engine.readCatalog();
    return engine;
  } catch (thrown) {
    await engine.close();
    throw thrown;
  }
}

class NativeEngine implements Engine, WireHome {
  private readonly sessions = new Set<Session>();
  private readonly calls = new Set<Promise<unknown>>();
  private readonly closing = new AbortController();
  private catalog = 'memory';

  constructor(
    private readonly database: Database,
    private readonly options: NativeEngineOptions,
  ) {
    // every waiting session listens, and Node warns past ten
    setMaxListeners(0, this.closing.signal);
  }

  get instance(): DuckDBInstance {
    return this.database.instance;
  }

  get info(): EngineInfo {
    return {
      name: 'DuckDB',
      version: version(),
      catalog: this.catalog,
      capabilities: capabilitiesOf(this.options),
    };
  }

  async readCatalog(): Promise<void> {
    this.catalog = await this.aside('SELECT current_catalog() AS name', (row) => textOf(row, 'name'));
  }

  session(lane: Lane, options: StatementOptions = {}): Promise<Session> {
    return this.tracked(this.connect(lane, options.signal === undefined ? [] : [options.signal]));
  }

  async usage(): Promise<{ memoryBytes: number; memoryLimitBytes: number; warehouseBytes: number }> {
    const query = sql`
      SELECT coalesce(sum(memory_usage_bytes), 0)::DOUBLE AS used, current_setting('memory_limit') AS most
      FROM duckdb_memory()`;
    const memory = await this.aside(query.text, (row) => ({
      memoryBytes: numberOf(row, 'used'),
      memoryLimitBytes: bytesOf(textOf(row, 'most')),
    }));
    return { ...memory, warehouseBytes: await this.warehouseBytes() };
  }

  // In the writer's queue, since a checkpoint fails while a write is open; who holds the writer runs CHECKPOINT itself.
  async checkpoint(): Promise<void> {
    const session = await this.session('writer');
    try {
      await session.run(sql`CHECKPOINT`);
    } finally {
      await session.release();
    }
  }

  async close(): Promise<void> {
    if (this.closing.signal.aborted) return;
    this.closing.abort();
    await Promise.allSettled(this.calls);
    await Promise.all([...this.sessions].map((session) => session.release()));
    this.database.close();
  }

  async diskFull(): Promise<boolean> {
    if (this.database.file === null) return false;
    const disk = await statfs(dirname(this.database.file));
    return disk.bavail * disk.bsize < lowDiskBytes;
  }

  private async connect(lane: Lane, signals: readonly AbortSignal[]): Promise<Session> {
    const free = await this.database.lanes[lane].take([...signals, this.closing.signal]);
    try {
      const ending = new AbortController();
      setMaxListeners(0, ending.signal);
      const ended = (session: Session) => {
        free();
        this.sessions.delete(session);
      };
      const session = new LaneSession(new NativeWire(await this.instance.connect(), this), { ending, ended });
      this.sessions.add(session);
      return session;
    } catch (thrown) {
      free();
      throw toEngineFault(thrown);
    }
  }

  // What close has to wait for, since a connection made meanwhile would keep the file open.
  private async tracked<T>(call: Promise<T>): Promise<T> {
    this.calls.add(call);
    try {
      return await call;
    } finally {
      this.calls.delete(call);
    }
  }

  // The engine's own questions use no lane: they must be answered while every session is taken.
  private aside<T>(text: string, read: (row: Record<string, unknown>) => T): Promise<T> {
    return this.tracked(this.ask(text, read));
  }

  private async ask<T>(text: string, read: (row: Record<string, unknown>) => T): Promise<T> {
    if (this.closing.signal.aborted) throw fault('cancelled', 'The warehouse is closed.');
    const connection = await this.instance.connect();
    try {
      const reader = await connection.runAndReadAll(text);
      return read(reader.getRowObjectsJson()[0] ?? {});
    } catch (thrown) {
      throw toEngineFault(thrown, { text });
    } finally {
      connection.disconnectSync();
    }
  }

  private async warehouseBytes(): Promise<number> {
    const { file } = this.database;
    if (file === null) return 0;
    const sizes = await Promise.all(
      [file, `${file}.wal`].map((path) =>
        stat(path).then(
          (found) => found.size,
          () => 0,
        ),
      ),
    );
    return sizes.reduce((sum, size) => sum + size, 0);
  }
}

function capabilitiesOf(options: NativeEngineOptions): Capabilities {
  const inMemory = options.path === ':memory:';
  return {
    multiViewAtomic: true,
    readsParquet: true,
    readsCsv: true,
    parquetMetadata: true,
    json: true,
    timeZones: true,
    spill: !inMemory || options.tempDirectory !== undefined,
    durableCommit: !inMemory,
    concurrentReads: true,
  };
}
