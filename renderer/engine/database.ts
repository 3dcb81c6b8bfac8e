import { type AsyncDuckDB, DuckDBAccessMode } from '@duckdb/duckdb-wasm';
import { fault, type Problem } from '../../shared/base/errors';
import { toEngineFault } from '../../shared/engine/faults';
import { id, type Sql, sql } from '../../shared/sql/sql';
import { type StartedEngine, takeEngine } from './spare';
import { flushStorage } from './storage/flush';
import type { WasmEngineOptions } from './types';

/** A statement of another session, or a transaction of it, that a checkpoint may have to wait for. */
type Busy = Promise<unknown>;

/** Part of a result that is still in the engine; it can be fetched whole, so that nothing of it is open any more. */
export interface OpenResult {
  fetchAll(): Promise<void>;
}

const MEBIBYTE = 1024 ** 2;
/** The engine's code can use 4 GiB at most; what it does not count itself needs room too. */
const MEMORY_LIMIT = 2560 * MEBIBYTE;
const OPEN_TRIES = 20;
const OPEN_WAIT = 100;

/** The one database of a worker: its connections, and the rule that a commit lasts only when it was checkpointed. */
export class WasmDatabase {
  readonly busy = new Set<Busy>();
  readonly results = new Set<OpenResult>();
  private checkpointing: Promise<void> = Promise.resolve();
  private gate: Promise<void> | undefined;
  private problem: Problem | undefined;

  private constructor(
    private readonly engine: StartedEngine,
    readonly catalog: string,
    private readonly own: number,
    private readonly options: WasmEngineOptions,
  ) {}

  /** Starts the engine's worker and opens the file; one that another tab holds is `engine.locked`. */
  static async open(options: WasmEngineOptions): Promise<WasmDatabase> {
    const engine = await takeEngine(options.bundle);
    const { db } = engine;
    try {
      await openFile(db, options.path);
      const own = await db.connectInternal();
      const catalog = options.path === ':memory:' ? 'memory' : stemOf(options.path);
      const database = new WasmDatabase(engine, catalog, own, options);
      await database.restrict();
      return database;
    } catch (thrown) {
      await db.terminate();
      throw thrown;
    }
  }

  get db(): AsyncDuckDB {
    return this.engine.db;
  }

  get memoryLimitBytes(): number {
    return this.options.memoryLimitBytes ?? MEMORY_LIMIT;
  }

  /** Whether rows outlive the worker. */
  get isStored(): boolean {
    return this.options.path !== ':memory:';
  }

  /** Waits while a checkpoint needs the engine for itself. */
  async passGate(): Promise<void> {
    while (this.gate !== undefined) await this.gate;
    if (this.problem) throw fault(this.problem.code, this.problem.message, this.problem);
  }

  /** Counts a call as under way until it has ended. */
  async during<T>(call: Promise<T>): Promise<T> {
    this.busy.add(call);
    try {
      return await call;
    } finally {
      this.busy.delete(call);
    }
  }

  /** Writes what is committed into the file: only then does it outlive the worker. */
  checkpoint(): Promise<void> {
    if (!this.isStored) return Promise.resolve();
    const next = this.checkpointing.catch(() => undefined).then(() => this.settle());
    this.checkpointing = next;
    return next;
  }

  /** Rows of a question of the engine's own, which uses no session. */
  async ask(statement: Sql): Promise<Uint8Array> {
    return this.db.runQuery(this.own, statement.text);
  }

  /** Says that the engine cannot go on: everything asked afterwards is refused with this problem. */
  breakDown(problem: Problem): void {
    if (this.problem) return;
    this.problem = problem;
    this.options.onBroken?.(problem);
  }

  /** Ends the engine's worker, which lets go of the file. */
  async close(): Promise<void> {
    await this.checkpointing.catch(() => undefined);
    await this.db.terminate();
  }

  private async settle(): Promise<void> {
    await this.checkpointAlone();
    if ((await flushStorage(this.engine.worker)) === 'written') return;
    this.breakDown(fullProblem);
    throw fault(fullProblem.code, fullProblem.message, fullProblem);
  }

  // A checkpoint fails while another result or transaction is open beside new tables. Results are fetched whole, and
  // nothing new may begin until those that work now have ended.
  private async checkpointAlone(): Promise<void> {
    if (await this.tryCheckpoint()) return;
    let open: () => void = () => undefined;
    this.gate = new Promise((resolve) => {
      open = resolve;
    });
    try {
      do {
        for (const result of this.results) await result.fetchAll();
        await Promise.race([...this.busy].map((call) => call.catch(() => undefined)));
      } while (!(await this.tryCheckpoint()));
    } finally {
      this.gate = undefined;
      open();
    }
  }

  private async tryCheckpoint(): Promise<boolean> {
    try {
      await this.ask(sql`CHECKPOINT ${id(this.catalog)}`);
      return true;
    } catch (thrown) {
      const failure = toEngineFault(thrown);
      if (failure.detail.type !== 'TransactionContext') throw failure;
      if (this.busy.size === 0 && this.results.size === 0) throw failure;
      return false;
    }
  }

  private async restrict(): Promise<void> {
    const { allowedDirectories } = this.options;
    for (const statement of [
      sql`SET autoload_known_extensions = false`,
      sql`SET autoinstall_known_extensions = false`,
      sql`SET GLOBAL errors_as_json = true`,
      sql`SET memory_limit = ${`${this.memoryLimitBytes}B`}`,
      sql`SET allowed_directories = ${allowedDirectories}`,
      sql`SET enable_external_access = false`,
    ])
      await this.ask(statement);
  }
}

/** What did not fit was not written, and the engine believes that it was: only what is stored may be gone on with. */
export const fullProblem: Problem = {
  code: 'engine.disk_full',
  message: 'The storage of this browser is full.',
  kept: 'Everything that was acknowledged before is kept; the step under way was taken back.',
  remedy: 'Download projects and remove those that are not needed, then go on.',
};

// The file of a worker that was just ended is let go of a little later.
async function openFile(db: AsyncDuckDB, path: string): Promise<void> {
  if (path === ':memory:') {
    await db.open({ path, arrowLosslessConversion: true });
    return;
  }
  for (let left = OPEN_TRIES; ; left -= 1) {
    try {
      await db.open({
        path: `opfs://${path}`,
        accessMode: DuckDBAccessMode.READ_WRITE,
        arrowLosslessConversion: true,
      });
      return;
    } catch (thrown) {
      if (!isHeld(thrown)) throw openFault(path, thrown);
      if (left === 0) throw heldFault(path);
      await new Promise((resolve) => setTimeout(resolve, OPEN_WAIT));
    }
  }
}

function isHeld(thrown: unknown): boolean {
  return /access handle|NoModificationAllowed/i.test(String(thrown));
}

function heldFault(path: string) {
  return fault('engine.locked', `Another tab holds ${path}.`, {
    kept: 'Nothing was changed.',
    remedy: 'Close the project in the other tab, then try again.',
  });
}

function openFault(path: string, thrown: unknown) {
  return fault('engine.open_failed', `${path} could not be opened as a warehouse.`, {
    kept: 'The file stays as it is.',
    remedy: 'Open it with the version of Teal that wrote it, or restore it from a download.',
    cause: toEngineFault(thrown).problem.message,
  });
}

function stemOf(path: string): string {
  return (path.split('/').at(-1) ?? path).replace(/\.[^.]*$/, '');
}
