import wasmUrl from '@duckdb/duckdb-wasm/dist/duckdb-eh.wasm?url';
import parquetUrl from 'parquet-wasm/esm/parquet_wasm_bg.wasm?url';
import { readPattern } from '../../shared/project/path-pattern';
import workerUrl from '../engine/storage/storage-worker?worker&url';
import type { EngineOpener } from './browser-platform';
import { filesBelow, type Tree } from './tree';

const bundle = { worker: workerUrl, wasm: wasmUrl, parquet: parquetUrl };

/** Loads the engine while the first screen is looked at: whatever is opened needs it. */
export async function preparePageEngine(): Promise<void> {
  (await import('../engine/spare')).prepareEngine(bundle);
}

/**
 * Opens warehouses of the browser's storage; their files are read where they lie. The engine is loaded with the first, and
 * `broken` is called when its code cannot go on.
 */
export function openPageEngine(tree: Tree, broken: () => void): EngineOpener {
  const files = {
    file: tree.file,
    write: tree.write,
    async match(pattern: string) {
      const { start, fits } = readPattern(pattern);
      return (await filesBelow(tree, `/${start}`)).filter((path) => fits(path.slice(1))).toSorted();
    },
  };
  return async (request) => {
    const { openWasmEngine } = await import('../engine/wasm-engine');
    return openWasmEngine({ ...request, files, bundle, onBroken: broken });
  };
}
