import { totalmem } from 'node:os';

/** How to open a warehouse. */
export interface NativeEngineOptions {
  /** a file, made when missing, or `:memory:` */
  readonly path: string;
  /** folders that statements may read and write; `null` leaves the whole disk open. Cannot be widened while open. */
  readonly allowedDirectories: readonly string[] | null;
  /** where to spill; a file's engine defaults to `<path>.tmp`, one in memory does not spill */
  readonly tempDirectory?: string;
  readonly memoryLimitBytes?: number;
  readonly threads?: number;
  readonly readOnly?: boolean;
  /** called once the file is being opened, which goes on in a thread of its own */
  readonly opening?: () => void;
}

const mebibyte = 1024 ** 2;

/** 60 % of what this process may use (a container's limit counts), so that window and system keep room. */
function defaultMemoryLimit(): number {
  const constrained = process.constrainedMemory();
  const memory = constrained > 0 ? Math.min(constrained, totalmem()) : totalmem();
  return Math.max(256 * mebibyte, Math.floor(memory * 0.6));
}

/** Options that DuckDB takes only at open. */
export function openConfig(options: NativeEngineOptions): Record<string, string> {
  const temp = options.tempDirectory ?? (options.path === ':memory:' ? '' : undefined);
  return {
    errors_as_json: 'true',
    autoinstall_known_extensions: 'false',
    autoload_known_extensions: 'false',
    memory_limit: `${options.memoryLimitBytes ?? defaultMemoryLimit()}B`,
    ...(options.readOnly ? { access_mode: 'READ_ONLY' } : {}),
    ...(options.threads === undefined ? {} : { threads: String(options.threads) }),
    ...(temp === undefined ? {} : { temp_directory: temp }),
  };
}

const units: Readonly<Record<string, number>> = {
  bytes: 1,
  byte: 1,
  KiB: 1024,
  MiB: mebibyte,
  GiB: 1024 ** 3,
  TiB: 1024 ** 4,
};

/** Bytes of a size as DuckDB prints it ("18.8 GiB"), to the printed digit; 0 when it is none. */
export function bytesOf(size: string): number {
  const [count = '', unit = ''] = size.split(' ');
  const bytes = Number(count) * (units[unit] ?? Number.NaN);
  return Number.isFinite(bytes) ? Math.round(bytes) : 0;
}
