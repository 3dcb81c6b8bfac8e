import { AsyncDuckDB, VoidLogger } from '@duckdb/duckdb-wasm';
import type { WasmBundle } from './types';

let spare: Promise<AsyncDuckDB> | undefined;

/** Starts an engine that the next opening takes, so that its code is loaded while something else is done. */
export function prepareEngine(bundle: WasmBundle): void {
  if (spare) return;
  spare = startEngine(bundle);
  // whoever opens next starts one of its own, and says what is wrong
  spare.catch(() => {
    spare = undefined;
  });
}

/** A started engine with no database open: the spare one where there is one. */
export async function takeEngine(bundle: WasmBundle): Promise<AsyncDuckDB> {
  const prepared = spare;
  spare = undefined;
  return (await prepared?.catch(() => undefined)) ?? startEngine(bundle);
}

async function startEngine(bundle: WasmBundle): Promise<AsyncDuckDB> {
  const db = new AsyncDuckDB(new VoidLogger(), new Worker(bundle.worker));
  try {
    await db.instantiate(bundle.wasm);
    return db;
  } catch (thrown) {
    await db.terminate();
    throw thrown;
  }
}
