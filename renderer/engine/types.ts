import type { Problem } from '../../shared/base/errors';

/** Files of the virtual tree that statements name by absolute paths, such as `/projects/sushi/raw/sales.csv`. */
export interface EngineFiles {
  /** the bytes behind a path as they are now; null where there is no file */
  file(path: string): Promise<File | null>;
  /** paths that fit a glob pattern, sorted */
  match(pattern: string): Promise<readonly string[]>;
  /** writes a whole file; a reader sees the old or the new */
  write(path: string, data: Blob): Promise<void>;
}

/** Addresses of what the engine loads. */
export interface WasmBundle {
  readonly worker: string;
  readonly wasm: string;
  /** parquet-wasm's module, loaded when the first Parquet file is touched */
  readonly parquet: string;
}

export interface WasmEngineOptions {
  /** a file below the browser's private storage (`projects/sushi/.teal/warehouse.duckdb`), or `:memory:` */
  readonly path: string;
  readonly files: EngineFiles;
  readonly bundle: WasmBundle;
  /** folders of the virtual tree that statements may read and write */
  readonly allowedDirectories: readonly string[];
  readonly memoryLimitBytes?: number;
  /** called once when the engine cannot go on, as after a trap in its code: the worker must be started anew */
  readonly onBroken?: (problem: Problem) => void;
}
