import workerUrl from '@duckdb/duckdb-wasm/dist/duckdb-browser-eh.worker.js?url';
import wasmUrl from '@duckdb/duckdb-wasm/dist/duckdb-eh.wasm?url';
import parquetUrl from 'parquet-wasm/esm/parquet_wasm_bg.wasm?url';
import type { Engine } from '../../shared/engine/contract';
import type { Tree } from './tree';

const bundle = { worker: workerUrl, wasm: wasmUrl, parquet: parquetUrl };

/** Opens warehouses of the browser's storage; their files are read where they lie. The engine is loaded with the first. */
export function openPageEngine(tree: Tree): (path: string) => Promise<Engine> {
  return async (path) => {
    const { openWasmEngine } = await import('../engine/wasm-engine');
    return openWasmEngine({ path, files: { file: tree.file }, bundle });
  };
}
