import { type Row, textOf } from '../base/rows';
import {
  EngineFault,
  type ResultColumn,
  type RowPage,
  type Session,
  type Statement,
  type StatementOptions,
} from './contract';
import { cancelled, type FaultContext } from './faults';
import { cutPages } from './pages';
import { createSlots, type Free } from './slots';
import type { RowStream, Wire } from './wire';

/** How a session ends. */
export interface SessionEnds {
  /** aborted by the release; everything that waits in the session listens to its signal */
  readonly ending: AbortController;
  /** called once, after the wire was closed */
  ended(session: Session): void;
}

interface OpenTransaction {
  readonly signals: readonly AbortSignal[];
  /** the first failure of a statement in it, after which the engine may have given the transaction up */
  failure?: EngineFault;
  over: boolean;
}

type PageOptions = StatementOptions & { readonly size?: number };

const describeWord = 'DESCRIBE ';

/** A session of any engine over a wire of its own: turns, transactions, pages and the order in which things end. */
export class LaneSession implements Session {
  private readonly turns = createSlots(1);
  private readonly ending: AbortController;
  private open: OpenTransaction | undefined;
  private running: Promise<unknown> = Promise.resolve();
  private stream: RowStream | undefined;

  constructor(
    private readonly wire: Wire,
    private readonly ends: SessionEnds,
  ) {
    this.ending = ends.ending;
  }

  async run(statement: Statement, options?: StatementOptions): Promise<number> {
    return this.inTurn(statement.text, options, (signals) => this.wire.run(statement.text, signals));
  }

  async rows(statement: Statement, options?: StatementOptions): Promise<readonly Row[]> {
    return this.inTurn(statement.text, options, (signals) => this.wire.rows(statement.text, signals));
  }

  async *pages(statement: Statement, options: PageOptions = {}): AsyncGenerator<RowPage> {
    const { text } = statement;
    const signals = this.signals(options);
    const free = await this.turn(signals);
    try {
      const stream = await this.guard({ text }, signals, () => this.wire.stream(text, signals));
      if (stream === null) return;
      this.stream = stream;
      yield* cutPages(stream.columns, options.size ?? 500, () =>
        this.guard({ text }, signals, () => this.nextRows(stream, signals)),
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
      await this.guard({ text: query.text }, signals, () => this.refuseSeveral(query.text, signals));
      const context = { text: query.text, prefix: describeWord.length };
      const found = await this.guard(context, signals, () =>
        this.wire.rows(`${describeWord}${query.text}`, signals),
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
    await this.wire.close();
    this.ends.ended(this);
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

  private async nextRows(
    stream: RowStream,
    signals: readonly AbortSignal[],
  ): Promise<readonly (readonly unknown[])[] | null> {
    if (this.stream !== stream) throw cancelled();
    return stream.next(signals);
  }

  private async inTurn<T>(
    text: string,
    options: StatementOptions | undefined,
    call: (signals: readonly AbortSignal[]) => Promise<T>,
  ): Promise<T> {
    const signals = this.signals(options);
    const free = await this.turn(signals);
    try {
      return await this.guard({ text }, signals, () => call(signals));
    } finally {
      free();
    }
  }

  private async guard<T>(
    context: FaultContext,
    signals: readonly AbortSignal[],
    call: () => Promise<T>,
  ): Promise<T> {
    try {
      if (signals.some((signal) => signal.aborted)) throw cancelled();
      const running = call();
      this.running = running;
      return await running;
    } catch (thrown) {
      const failure = await this.wire.fault(thrown, context);
      if (this.open !== undefined) this.open.failure ??= failure;
      throw failure;
    }
  }

  private async control(text: string, signals: readonly AbortSignal[]): Promise<void> {
    const free = await this.turn(signals);
    try {
      // Without signals: interrupted half-way, nobody would know whether a transaction is open.
      await this.guard({ text, transactional: true }, [], () => this.wire.run(text, []));
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
      const committing = this.wire.commit();
      this.running = committing;
      await committing;
    } catch (thrown) {
      throw await this.wire.fault(thrown, {});
    } finally {
      free();
    }
  }

  private async isAlive(): Promise<boolean> {
    const answer = this.wire.run('SELECT 1', []).then(
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
      const replacing = this.wire.replace();
      this.running = replacing;
      await replacing;
    }
  }

  private async dropStream(): Promise<void> {
    const { stream } = this;
    this.stream = undefined;
    if (stream === undefined) return;
    const ended = stream.end(this.open !== undefined && !this.ending.signal.aborted);
    this.running = ended;
    await ended.catch((thrown: unknown) => this.noteFailure(thrown));
  }

  private async noteFailure(thrown: unknown): Promise<void> {
    if (this.open !== undefined) this.open.failure ??= await this.wire.fault(thrown, {});
  }

  private async refuseSeveral(text: string, signals: readonly AbortSignal[]): Promise<void> {
    if ((await this.wire.count(text, signals)) === 1) return;
    const message = 'Exactly one query can be described at a time.';
    throw new EngineFault({ code: 'engine.sql', message }, { type: 'Invalid Input' });
  }
}
