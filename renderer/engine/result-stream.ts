import type { ResultColumn } from '../../shared/engine/contract';
import { cancelled } from '../../shared/engine/faults';
import type { RowStream } from '../../shared/engine/wire';
import type { OpenResult, WasmDatabase } from './database';
import { type Connection, fetchPiece, fetchRest } from './execution';
import { columnsOf, fieldsOf, type Rows, rowsOf } from './values/batches';

/** A result that is read as it is made. It keeps a transaction open in the engine until it ends or was fetched whole. */
export class WasmStream implements RowStream, OpenResult {
  readonly columns: readonly ResultColumn[];
  private pieces: Uint8Array[] = [];
  private done = false;
  private fetching: Promise<unknown> = Promise.resolve();

  constructor(
    private readonly database: WasmDatabase,
    private readonly connection: Connection,
    private readonly head: Uint8Array,
    columns?: readonly ResultColumn[],
  ) {
    this.columns = columns ?? columnsOf(fieldsOf(head));
    database.results.add(this);
  }

  async next(signals: readonly AbortSignal[]): Promise<Rows | null> {
    if (signals.some((signal) => signal.aborted)) throw cancelled();
    const kept = this.pieces.shift();
    if (kept) return rowsOf(this.head, [kept]);
    const piece = await this.inTurn(() => this.fetch(signals));
    return piece === null ? null : rowsOf(this.head, [piece]);
  }

  async end(_keep: boolean): Promise<void> {
    await this.inTurn(async () => {
      if (!this.done) await this.connection.db.cancelPendingQuery(this.connection.id);
      this.finish();
    });
  }

  /** Fetches the rest into the page's memory, for the engine to be free of it. */
  async fetchAll(): Promise<void> {
    await this.inTurn(async () => {
      if (this.done) return;
      this.pieces.push(...(await fetchRest(this.connection, [])));
      this.finish();
    });
  }

  private async fetch(signals: readonly AbortSignal[]): Promise<Uint8Array | null> {
    const kept = this.pieces.shift();
    if (kept || this.done) return kept ?? null;
    try {
      const piece = await fetchPiece(this.connection, signals);
      if (piece === null) this.finish();
      return piece;
    } catch (thrown) {
      await this.connection.db.cancelPendingQuery(this.connection.id);
      this.finish();
      throw thrown;
    }
  }

  private finish(): void {
    this.done = true;
    this.database.results.delete(this);
  }

  private inTurn<T>(work: () => Promise<T>): Promise<T> {
    const next = this.fetching.catch(() => undefined).then(work);
    this.fetching = next;
    return next;
  }
}
