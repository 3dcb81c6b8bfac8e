import { setMaxListeners } from 'node:events';
import type {
  DuckDBConnection,
  DuckDBDataChunk,
  DuckDBInstance,
  DuckDBPreparedStatement,
  DuckDBResult,
} from '@duckdb/node-api';
import type { Row } from '../../shared/base/rows';
import { textOf } from '../../shared/base/rows';
import {
  EngineFault,
  type ResultColumn,
  type RowPage,
  type Session,
  type Statement,
  type StatementOptions,
} from '../../shared/engine/contract';
import { cancelled, type FaultContext, toEngineFault } from './faults';
import { allRows, changedRows, pagesOf } from './results';
import { createSlots, type Free } from './slots';
import { extract, interruptible, withLastStatement } from './statements';

/** What a session needs from its engine. */
export interface SessionHome {
  readonly instance: DuckDBInstance;
  /** whether the warehouse's disk has no room left */
  diskFull(): Promise<boolean>;
  /** called once, when the session has ended */
  ended(session: NativeSession): void;
}

interface OpenTransaction {
  readonly signals: readonly AbortSignal[];
  /** the first failure of a statement in it, after which DuckDB may have given the transaction up */
  failure?: EngineFault;
  over: boolean;
}

type PageOptions = StatementOptions & { readonly size?: number };
type Finish<T> = (last: DuckDBPreparedStatement) => Promise<T>;

const describeWord = 'DESCRIBE ';

/** A session over one connection of its own, made when it is taken and dropped when it is released. */
export class NativeSession implements Session {
  private readonly turns = createSlots(1);
  private readonly ending = new AbortController();
  private open: OpenTransaction | undefined;
  private running: Promise<unknown> = Promise.resolve();
  private stream: DuckDBResult | undefined;

  constructor(
    private connection: DuckDBConnection,
    private readonly home: SessionHome,
    private readonly freeLane: Free,
  ) {
    setMaxListeners(0, this.ending.signal);
  }

  async run(statement: Statement, options?: StatementOptions): Promise<number> {
    return this.inTurn(statement.text, options, async () =>
      changedRows(await this.connection.run(statement.text)),
    );
  }

  async rows(statement: Statement, options?: StatementOptions): Promise<readonly Row[]> {
    return this.inTurn(statement.text, options, async () =>
      allRows(await this.connection.run(statement.text)),
    );
  }

  async *pages(statement: Statement, options: PageOptions = {}): AsyncGenerator<RowPage> {
    const signals = this.signals(options);
    const free = await this.turn(signals);
    try {
      const stream = await this.last(statement.text, signals, (last) => last.stream());
      if (stream === null) return;
      this.stream = stream;
      yield* pagesOf(stream, options.size ?? 500, () =>
        this.guard({ text: statement.text }, signals, () => this.nextChunk(stream)),
      );
      this.stream = undefined;
    } finally {
      await this.dropStream();
      free();
    }
  }

  async describe(query: Statement, options?: StatementOptions): Promise<readonly ResultColumn[]> {
    const signals = this.signals(options);
    const free = await this.turn(signals);
    try {
      // Two guards, since only the second statement has the word before it that places must be counted without.
      await this.guard({ text: query.text }, signals, () => this.refuseSeveral(query.text));
      const context = { text: query.text, prefix: describeWord.length };
      const found = await this.guard(context, signals, async () =>
        allRows(await this.connection.run(`${describeWord}${query.text}`)),
      );
      return found.map((row) => ({ name: textOf(row, 'column_name'), type: textOf(row, 'column_type') }));
    } finally {
      free();
    }
  }

  async transaction<T>(work: () => Promise<T>, options: StatementOptions = {}): Promise<T> {
    if (this.open !== undefined)
      throw new Error('A transaction is open in this session already; they do not nest.');
    const open: OpenTransaction = { signals: options.signal ? [options.signal] : [], over: true };
    this.open = open;
    try {
      await this.control('BEGIN TRANSACTION', this.signals());
      open.over = false;
      const value = await work();
      await this.commit(open);
      return value;
    } catch (thrown) {
      if (!open.over) await this.rollback();
      throw open.signals.some((signal) => signal.aborted) ? cancelled() : thrown;
    } finally {
      this.open = undefined;
    }
  }

  async release(): Promise<void> {
    if (this.ending.signal.aborted) return;
    this.ending.abort();
    await this.running.catch(() => undefined);
    await this.dropStream();
    this.connection.disconnectSync();
    this.freeLane();
    this.home.ended(this);
  }

  private signals(options: StatementOptions = {}): readonly AbortSignal[] {
    const own = options.signal === undefined ? [] : [options.signal];
    return [...own, ...(this.open?.signals ?? []), this.ending.signal];
  }

  // A statement inside a loop over pages of the same session would wait for ever: it fails instead.
  private async turn(signals: readonly AbortSignal[]): Promise<Free> {
    if (this.stream === undefined || this.ending.signal.aborted) return this.turns.take(signals);
    throw new Error(
      'Pages of this session are still being read; end that loop first or use another session.',
    );
  }

  private async nextChunk(stream: DuckDBResult): Promise<DuckDBDataChunk | null> {
    if (this.stream !== stream) throw cancelled();
    return stream.fetchChunk();
  }

  // All statements of a text in one call of the binding: each call waits for a thread and for this process's turn.
  private async inTurn<T>(
    text: string,
    options: StatementOptions | undefined,
    call: () => Promise<T>,
  ): Promise<T> {
    const signals = this.signals(options);
    const free = await this.turn(signals);
    try {
      return await this.guard({ text }, signals, call);
    } finally {
      free();
    }
  }

  private last<T>(text: string, signals: readonly AbortSignal[], finish: Finish<T>): Promise<T | null> {
    const check = () => {
      if (signals.some((signal) => signal.aborted)) throw cancelled();
    };
    return this.guard({ text }, signals, () => withLastStatement(this.connection, text, { check, finish }));
  }

  private async guard<T>(
    context: FaultContext,
    signals: readonly AbortSignal[],
    call: () => Promise<T>,
  ): Promise<T> {
    try {
      const running = interruptible(this.connection, signals, call);
      this.running = running;
      return await running;
    } catch (thrown) {
      const failure = toEngineFault(thrown, { ...context, diskFull: await this.home.diskFull() });
      if (this.open !== undefined) this.open.failure ??= failure;
      throw failure;
    }
  }

  private async control(text: string, signals: readonly AbortSignal[]): Promise<void> {
    const free = await this.turn(signals);
    try {
      // Without signals: interrupted half-way, nobody would know whether a transaction is open.
      await this.guard({ text, transactional: true }, [], () => this.connection.run(text));
    } finally {
      free();
    }
  }

  private async commit(open: OpenTransaction): Promise<void> {
    const free = await this.turn(this.signals());
    try {
      // DuckDB answers COMMIT of an aborted transaction with success, having written nothing: ask before.
      if (open.failure !== undefined && !(await this.isAlive())) throw open.failure;
      open.over = true;
      // Not interruptible: a commit happens or fails, and nobody is left to wonder.
      const committing = this.connection.run('COMMIT');
      this.running = committing;
      await committing;
    } catch (thrown) {
      throw toEngineFault(thrown, { diskFull: await this.home.diskFull() });
    } finally {
      free();
    }
  }

  private async isAlive(): Promise<boolean> {
    const answer = this.connection.run('SELECT 1').then(
      () => true,
      () => false,
    );
    this.running = answer;
    return answer;
  }

  // A connection that cannot roll back is replaced: dropping it rolls back as well.
  private async rollback(): Promise<void> {
    if (this.ending.signal.aborted) return;
    try {
      await this.control('ROLLBACK', []);
    } catch {
      this.open = undefined;
      await this.dropStream();
      this.connection.disconnectSync();
      const replacing = this.home.instance.connect();
      this.running = replacing;
      this.connection = await replacing;
    }
  }

  // A stream that is left early keeps the whole database open, even after the file was closed, until it is collected as
  // garbage; only one that has ended or failed lets go. So it is interrupted, or inside a transaction, which an interrupt
  // would abort, read to its end.
  private async dropStream(): Promise<void> {
    const { stream } = this;
    this.stream = undefined;
    if (stream === undefined) return;
    const ended = this.endStream(stream);
    this.running = ended;
    await ended;
  }

  private async endStream(stream: DuckDBResult): Promise<void> {
    try {
      for (let more = true; more; ) {
        if (this.open === undefined || this.ending.signal.aborted) this.connection.interrupt();
        const chunk = await stream.fetchChunk();
        more = chunk !== null && chunk.rowCount > 0;
      }
    } catch (thrown) {
      if (this.open !== undefined) this.open.failure ??= toEngineFault(thrown);
    }
  }

  private async refuseSeveral(text: string): Promise<void> {
    const statements = await extract(this.connection, text);
    if (statements?.count === 1) return;
    const message = 'Exactly one query can be described at a time.';
    throw new EngineFault({ code: 'engine.sql', message }, { type: 'Invalid Input' });
  }
}
