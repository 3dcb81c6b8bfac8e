import type { DuckDBConnection, DuckDBInstance, DuckDBResult } from '@duckdb/node-api';
import type { Row } from '../../shared/base/rows';
import type { EngineFault } from '../../shared/engine/contract';
import { cancelled, type FaultContext, toEngineFault } from '../../shared/engine/faults';
import type { RowStream, Wire } from '../../shared/engine/wire';
import { allRows, changedRows, columnsOf, rowsOf } from './results';
import { extract, interruptible, withLastStatement } from './statements';

/** What a wire needs from its engine. */
export interface WireHome {
  readonly instance: DuckDBInstance;
  /** whether the warehouse's disk has no room left */
  diskFull(): Promise<boolean>;
}

/** A wire over one native connection, made when a session is taken and dropped when it is released. */
export class NativeWire implements Wire {
  constructor(
    private connection: DuckDBConnection,
    private readonly home: WireHome,
  ) {}

  // All statements of a text in one call of the binding: each call waits for a thread and for this process's turn.
  run(text: string, signals: readonly AbortSignal[]): Promise<number> {
    return interruptible(this.connection, signals, async () => changedRows(await this.connection.run(text)));
  }

  rows(text: string, signals: readonly AbortSignal[]): Promise<readonly Row[]> {
    return interruptible(this.connection, signals, async () => allRows(await this.connection.run(text)));
  }

  stream(text: string, signals: readonly AbortSignal[]): Promise<RowStream | null> {
    const check = () => {
      if (signals.some((signal) => signal.aborted)) throw cancelled();
    };
    return interruptible(this.connection, signals, async () => {
      const result = await withLastStatement(this.connection, text, {
        check,
        finish: (last) => last.stream(),
      });
      return result === null ? null : new NativeStream(this.connection, result);
    });
  }

  count(text: string, signals: readonly AbortSignal[]): Promise<number> {
    return interruptible(
      this.connection,
      signals,
      async () => (await extract(this.connection, text))?.count ?? 0,
    );
  }

  async commit(): Promise<void> {
    await this.connection.run('COMMIT');
  }

  async fault(thrown: unknown, context: FaultContext): Promise<EngineFault> {
    return toEngineFault(thrown, { ...context, diskFull: await this.home.diskFull() });
  }

  async replace(): Promise<void> {
    this.connection.disconnectSync();
    this.connection = await this.home.instance.connect();
  }

  async close(): Promise<void> {
    this.connection.disconnectSync();
  }
}

class NativeStream implements RowStream {
  readonly columns;

  constructor(
    private readonly connection: DuckDBConnection,
    private readonly result: DuckDBResult,
  ) {
    this.columns = columnsOf(result);
  }

  next(signals: readonly AbortSignal[]): Promise<readonly (readonly unknown[])[] | null> {
    return interruptible(this.connection, signals, async () => {
      const chunk = await this.result.fetchChunk();
      return chunk === null || chunk.rowCount === 0 ? null : rowsOf(chunk);
    });
  }

  // A stream that is left early keeps the whole database open, even after the file was closed, until it is collected as
  // garbage; only one that has ended or failed lets go. So it is interrupted, or inside a transaction, which an interrupt
  // would abort, read to its end.
  async end(keep: boolean): Promise<void> {
    for (let more = true; more; ) {
      if (!keep) this.connection.interrupt();
      const chunk = await this.result.fetchChunk();
      more = chunk !== null && chunk.rowCount > 0;
    }
  }
}
