import type { DuckDBConnection, DuckDBExtractedStatements, DuckDBPreparedStatement } from '@duckdb/node-api';
import { cancelled } from '../../shared/engine/faults';

/**
 * Runs a call of the connection and interrupts it when a signal aborts. The interrupt is repeated, because one that
 * arrives before the call has reached its thread is lost.
 */
export async function interruptible<T>(
  connection: DuckDBConnection,
  signals: readonly AbortSignal[],
  call: () => Promise<T>,
): Promise<T> {
  if (signals.some((signal) => signal.aborted)) throw cancelled();
  let repeat: NodeJS.Timeout | undefined;
  const interrupt = () => {
    connection.interrupt();
    repeat ??= setInterval(() => connection.interrupt(), 20);
  };
  for (const signal of signals) signal.addEventListener('abort', interrupt);
  try {
    return await call();
  } finally {
    clearInterval(repeat);
    for (const signal of signals) signal.removeEventListener('abort', interrupt);
  }
}

/** Runs all statements of a text but the last, and hands the last one to `finish`; `null` when the text has none. */
export async function withLastStatement<T>(
  connection: DuckDBConnection,
  text: string,
  step: { readonly check: () => void; readonly finish: (last: DuckDBPreparedStatement) => Promise<T> },
): Promise<T | null> {
  const extracted = await extract(connection, text);
  if (extracted === null) return null;
  for (let index = 0; index < extracted.count - 1; index += 1) {
    step.check();
    await withPrepared(await extracted.prepare(index), (statement) => statement.run());
  }
  step.check();
  return withPrepared(await extracted.prepare(extracted.count - 1), step.finish);
}

/** The statements of a text, `null` when it has none but comments. */
export async function extract(
  connection: DuckDBConnection,
  text: string,
): Promise<DuckDBExtractedStatements | null> {
  try {
    return await connection.extractStatements(text);
  } catch {
    // The binding says nothing of use about a text without statements; running such a text does nothing, and a text that
    // cannot be read fails with its own error.
    await connection.run(text);
    return null;
  }
}

async function withPrepared<T>(
  statement: DuckDBPreparedStatement,
  use: (s: DuckDBPreparedStatement) => Promise<T>,
) {
  try {
    return await use(statement);
  } finally {
    statement.destroySync();
  }
}
