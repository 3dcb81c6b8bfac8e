import { AsyncDuckDB, VoidLogger } from '@duckdb/duckdb-wasm';
import type { WasmBundle } from './types';

/** An engine with no database open, and the worker it runs in. */
export interface StartedEngine {
  readonly db: AsyncDuckDB;
  readonly worker: Worker;
}

let spare: Promise<StartedEngine> | undefined;

/** Starts an engine that the next opening takes, so that its code is loaded while something else is done. */
export function prepareEngine(bundle: WasmBundle): void {
  if (spare) return;
  spare = startEngine(bundle);
  // whoever opens next starts one of its own, and says what is wrong
  spare.catch(() => {
    spare = undefined;
  });
}

/** A started engine: the spare one where there is one. */
export async function takeEngine(bundle: WasmBundle): Promise<StartedEngine> {
  const prepared = spare;
  spare = undefined;
  return (await prepared?.catch(() => undefined)) ?? startEngine(bundle);
}

async function startEngine(bundle: WasmBundle): Promise<StartedEngine> {
  const worker = new Worker(bundle.worker, { type: 'module' });
  const db = new AsyncDuckDB(new VoidLogger(), worker);
  try {
    await db.instantiate(bundle.wasm);
    return { db, worker };
  } catch (thrown) {
    await db.terminate();
    throw thrown;
  }
}
