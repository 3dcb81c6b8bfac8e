import duckdbWasm from '@duckdb/duckdb-wasm/dist/duckdb-eh.wasm?url';
import parquetWasm from 'parquet-wasm/esm/parquet_wasm_bg.wasm?url';
import duckdbWorker from '../../renderer/engine/storage/storage-worker?worker&url';
import type { EngineFiles, WasmBundle, WasmEngineOptions } from '../../renderer/engine/types';
import { openWasmEngine } from '../../renderer/engine/wasm-engine';
import type { Engine } from '../../shared/engine/contract';

const address = (path: string) => new URL(path, self.location.href).href;

const bundle: WasmBundle = {
  worker: address(duckdbWorker),
  wasm: address(duckdbWasm),
  parquet: address(parquetWasm),
};

/** Files in memory below `/files`. */
export const held = new Map<string, File>();

const files: EngineFiles = {
  file: async (path) => held.get(path) ?? null,
  match: async (pattern) => {
    const shape = new RegExp(`^${pattern.replaceAll('.', '\\.').replaceAll('*', '[^/]*')}$`);
    return [...held.keys()].filter((path) => shape.test(path)).sort();
  },
  write: async (path, data) => {
    held.set(path, new File([data], path, { lastModified: held.size + 1 }));
  },
};

/** Opens an engine with this bundle. */
export function openTestEngine(options: Omit<WasmEngineOptions, 'bundle'>): Promise<Engine> {
  return openWasmEngine({ ...options, bundle });
}

/** Opens an engine in memory, or on a file of the browser's private storage. */
export async function open(path: string, more: Partial<WasmEngineOptions> = {}): Promise<Engine> {
  const root = await navigator.storage.getDirectory();
  if (path !== ':memory:') await root.getDirectoryHandle('test', { create: true });
  return openTestEngine({ path, files, allowedDirectories: ['/files'], ...more });
}
