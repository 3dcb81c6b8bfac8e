import type { AsyncDuckDB } from '@duckdb/duckdb-wasm';
import { cancelled } from '../../shared/engine/faults';

/** Where a statement runs. */
export interface Connection {
  readonly db: AsyncDuckDB;
  readonly id: number;
  /** called when the engine did not come back from a turn long after it was asked to stop */
  stuck(): void;
}

/** How long a turn may go on after it was called off. */
const PATIENCE = 8000;

/**
 * Starts a statement and works on it in short turns until its result can be read; gives the result's head, as Arrow's stream
 * begins. Between two turns other connections work, and an abort is noticed. With `whole` the result is there entirely, else its
 * rows are made as they are fetched.
 */
export async function execute(
  connection: Connection,
  text: string,
  options: { readonly whole: boolean; readonly signals: readonly AbortSignal[] },
): Promise<Uint8Array> {
  const { db, id } = connection;
  if (isAborted(options.signals)) throw cancelled();
  let head = await db.startPendingQuery(id, text, !options.whole);
  while (head === null) {
    if (isAborted(options.signals)) {
      await db.cancelPendingQuery(id);
      throw cancelled();
    }
    head = await patiently(connection, options.signals, db.pollPendingQuery(id));
  }
  return head;
}

/** The next piece of the result, as Arrow's stream goes on; null at its end. */
export async function fetchPiece(
  connection: Connection,
  signals: readonly AbortSignal[],
): Promise<Uint8Array | null> {
  for (;;) {
    if (isAborted(signals)) throw cancelled();
    const call = connection.db.fetchQueryResults(connection.id);
    const piece = await patiently(connection, signals, call);
    if (piece !== null) return piece.length === 0 ? null : piece;
  }
}

/** All pieces that are left. */
export async function fetchRest(
  connection: Connection,
  signals: readonly AbortSignal[],
): Promise<readonly Uint8Array[]> {
  const pieces: Uint8Array[] = [];
  for (
    let piece = await fetchPiece(connection, signals);
    piece;
    piece = await fetchPiece(connection, signals)
  )
    pieces.push(piece);
  return pieces;
}

// One turn is short, but for steps such as a product of two big tables, which the engine does not leave half-way.
async function patiently<T>(
  connection: Connection,
  signals: readonly AbortSignal[],
  turn: Promise<T>,
): Promise<T> {
  if (signals.length === 0) return turn;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let wait = (): void => undefined;
  const stuck = new Promise<never>((_, reject) => {
    const giveUp = () => {
      connection.stuck();
      reject(cancelled());
    };
    wait = () => {
      timer ??= setTimeout(giveUp, PATIENCE);
    };
  });
  for (const signal of signals) signal.addEventListener('abort', wait);
  try {
    return await Promise.race([turn, stuck]);
  } finally {
    clearTimeout(timer);
    for (const signal of signals) signal.removeEventListener('abort', wait);
  }
}

function isAborted(signals: readonly AbortSignal[]): boolean {
  return signals.some((signal) => signal.aborted);
}
