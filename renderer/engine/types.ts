/** The project tree as an engine in the browser sees it. */
export interface EngineFiles {
  /** the bytes behind an absolute path such as `/projects/sushi/raw/x.csv`, null when there is none */
  file(path: string): Promise<File | null>;
}

export interface WasmEngineOptions {
  /** `:memory:`, or a path below the browser's private storage such as `projects/sushi/.teal/warehouse.duckdb` */
  readonly path: string;
  readonly files: EngineFiles;
  /** addresses */
  readonly bundle: { readonly worker: string; readonly wasm: string; readonly parquet: string };
}
