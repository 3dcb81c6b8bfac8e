import type { Engine } from '../engine/contract';
import type { ProjectFiles } from '../project/load';
import type { StorageView } from '../protocol/views/storage';

/** A file that was kept by its content; `kept` is relative to the project's folder. */
export interface KeptFile {
  /** the path or name under which it came */
  readonly path: string;
  readonly kept: string;
  readonly sha256: string;
  readonly bytes: number;
}

export interface GitState {
  readonly branch: string;
  readonly commit: string;
  readonly changedFiles: number;
}

/** A project's folder: text files read whole, written atomically, watched. Paths are relative to it, with `/`. */
export interface ProjectFolder {
  readonly dir: string;
  readonly name: string;
  /** `config.yaml`, and all text files of models, sources, audits, backfills, docs, seeds, tests */
  readText(): Promise<ProjectFiles>;
  /** writes through a temporary file and a rename, so that a reader sees the old or the new whole */
  writeText(path: string, text: string): Promise<void>;
  remove(path: string): Promise<void>;
  /** calls after changes from outside, not for own writes; gives a function that ends it */
  watch(changed: () => void): () => void;
  git(): Promise<GitState | null>;
  /** files that globs and paths of a source name now: absolute paths, sorted; a pattern without a match is a `source.file_missing` fault */
  match(patterns: readonly string[]): Promise<readonly string[]>;
  /** the absolute path of a file of the project; one that leads outside is an `engine.denied` fault */
  resolve(path: string): string;
  /** keeps a copy under `.teal/raw/` by hash (reflink where possible, never a hard link); the original stays as it is */
  keep(absolutePath: string, signal?: AbortSignal): Promise<KeptFile>;
  /** writes down which files were kept as they are, so that the next start need not read them again */
  saveIndex(): Promise<void>;
  /** copies a kept file that came from outside into `raw/`, under its own name if that is free; gives its path in the project, and whether it was not there before */
  bringIn(file: KeptFile, from: string): Promise<{ path: string; isNew: boolean }>;
  /** SHA-256 of a kept file as it is now; null where it is gone */
  verify(kept: string): Promise<string | null>;
  /** what `retain` was given last by this very Teal, unharmed, else null; absent where nothing is retained */
  recall?(): Promise<string | null>;
  /** keeps a text that only saves work, and may be lost */
  retain?(text: string): Promise<void>;
  /** bytes free on the folder's disk */
  freeBytes(): Promise<number>;
}

export interface RecentEntry {
  readonly dir: string;
  readonly name: string;
  readonly openedAt: number;
  readonly state: 'live' | 'shadow' | 'late' | 'none' | 'missing';
  readonly note: string;
}

/** `takeOver` asks another tab that holds the warehouse to let go; it means nothing on a disk. */
export interface OpeningOptions {
  readonly takeOver?: boolean;
  /** called once the engine is being opened, where that goes on beside this thread */
  readonly opening?: () => void;
}

/** The projects in a browser's own storage, and the room there is. */
export interface ProjectStorage {
  read(): Promise<StorageView>;
  remove(dir: string): Promise<void>;
  /** a ZIP of a project, as an address that the window can fetch; without the warehouse, only its files */
  pack(
    dir: string,
    warehouse: boolean,
    signal: AbortSignal,
  ): Promise<{ url: string; name: string; bytes: number }>;
  /** makes a project of a ZIP; gives its folder */
  unpack(zip: string, name: string | undefined, signal: AbortSignal): Promise<string>;
  /** calls when the room there is has changed much */
  watch(changed: () => void): void;
}

/** What a platform gives the service: Node's, or a browser's worker. */
export interface Platform {
  readonly version: string;
  /** `command line`, `browser on the server`, `desktop`, `static page` */
  readonly way: string;
  readonly runtime: string;
  now(): number;
  /** a variable of the machine's environment, which config.yaml may ask for; absent where there is none */
  env?(name: string): string | undefined;
  sha256(text: string): string;
  user(): string;
  randomId(): string;
  openFolder(dir: string): Promise<ProjectFolder>;
  /** opens the project's warehouse; held by another program: `engine.locked` with its PID */
  openEngine(folder: ProjectFolder, options?: OpeningOptions): Promise<Engine>;
  /** an engine in memory over some files, for comparing files without a project */
  openScratch(directories: readonly string[]): Promise<Engine>;
  /** makes a new folder from a template of `examples/`; an existing, non-empty one is `project.exists` */
  createProject(
    template: 'sushi' | 'blank',
    dir: string | undefined,
    name: string | undefined,
  ): Promise<string>;
  listFolders(dir: string | undefined): Promise<{
    dir: string;
    parent: string | null;
    folders: readonly { name: string; dir: string; project: boolean }[];
  }>;
  recents(): Promise<readonly RecentEntry[]>;
  remember(entry: RecentEntry): Promise<void>;
  /** `ahead` is the bytes of files that will follow with it: what has no room together is refused before it starts */
  beginUpload(name: string, bytes: number, ahead?: number): Promise<string>;
  writeUpload(upload: string, offset: number, data: Uint8Array): Promise<number>;
  /** the finished upload's absolute path, under its own name */
  uploadPath(upload: string): Promise<string>;
  readonly exampleDir: string;
  /** only where projects lie in a browser's own storage */
  readonly storage?: ProjectStorage;
}
