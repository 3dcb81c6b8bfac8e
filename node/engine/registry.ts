import { realpath } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { fault } from '../../shared/base/errors';
import type { Lane } from '../../shared/engine/contract';
import { createSlots, type Slots } from '../../shared/engine/slots';
import { id, sql } from '../../shared/sql/sql';
import { toOpenFault } from './open-faults';
import { type NativeEngineOptions, openConfig } from './settings';

// This is the only file that opens a DuckDBInstance. Two instances of one file in one process both work, and the writes of
// one are silently lost; so a second open of a path joins the first.
//
// DuckDB's lock on the file is a POSIX lock: it is dropped as soon as this process closes *any* descriptor of the file. So
// nothing in the process that holds a warehouse may open the file by node:fs, not even to copy or hash it.

/** One open database, shared by all engines of this process that opened its path. */
export interface Database {
  readonly instance: DuckDBInstance;
  /** the file's real path, `null` in memory */
  readonly file: string | null;
  /** slots for connections: one writer in the whole process, few readers */
  readonly lanes: Readonly<Record<Lane, Slots>>;
  /** Gives this use back; the last one closes the file. */
  close(): void;
}

interface Entry {
  readonly settings: string;
  readonly opened: Promise<Omit<Database, 'close'>>;
  uses: number;
}

const entries = new Map<string, Entry>();

/** Opens a database, or joins the one that is open under the same real path with the same settings. */
export async function openDatabase(options: NativeEngineOptions): Promise<Database> {
  if (options.path === ':memory:') {
    const database = await create(options, null);
    return { ...database, close: () => database.instance.closeSync() };
  }
  const file = await realFile(options.path);
  const settings = JSON.stringify([openConfig(options), options.allowedDirectories]);
  const entry = entries.get(file) ?? addEntry(file, settings, options);
  if (entry.settings !== settings) {
    throw fault('engine.open_failed', `${basename(file)} is already open with other settings.`, {
      remedy: 'Close it first: allowed folders and limits are fixed when a warehouse is opened.',
    });
  }
  entry.uses += 1;
  try {
    const database = await entry.opened;
    return { ...database, close: () => leave(file, entry, database.instance) };
  } catch (thrown) {
    if (entries.get(file) === entry) entries.delete(file);
    throw thrown;
  }
}

function addEntry(file: string, settings: string, options: NativeEngineOptions): Entry {
  const entry: Entry = { settings, opened: create(options, file), uses: 0 };
  entries.set(file, entry);
  return entry;
}

function leave(file: string, entry: Entry, instance: DuckDBInstance): void {
  entry.uses -= 1;
  if (entry.uses > 0) return;
  entries.delete(file);
  instance.closeSync();
}

async function create(options: NativeEngineOptions, file: string | null): Promise<Omit<Database, 'close'>> {
  const instance = await open(options, file);
  try {
    await restrict(instance, options.allowedDirectories);
  } catch (thrown) {
    instance.closeSync();
    throw toOpenFault(thrown, options.path);
  }
  return {
    instance,
    file,
    lanes: { interactive: createSlots(4), writer: createSlots(1), background: createSlots(2) },
  };
}

async function open(options: NativeEngineOptions, file: string | null): Promise<DuckDBInstance> {
  try {
    const opened = DuckDBInstance.create(file ?? ':memory:', openConfig(options));
    options.opening?.();
    return await opened;
  } catch (thrown) {
    throw toOpenFault(thrown, options.path);
  }
}

// Folders first: once external access is off, the list can no longer be changed.
async function restrict(instance: DuckDBInstance, directories: readonly string[] | null): Promise<void> {
  const connection = await instance.connect();
  try {
    await connection.run(sql`SET GLOBAL ${id('TimeZone')} = 'UTC'`.text);
    if (directories === null) return;
    const real = await Promise.all(directories.map((directory) => realFile(directory)));
    await connection.run(sql`SET allowed_directories = ${real}`.text);
    await connection.run(sql`SET enable_external_access = false`.text);
  } finally {
    connection.disconnectSync();
  }
}

// A file that does not exist yet still has a real folder.
async function realFile(path: string): Promise<string> {
  const absolute = resolve(path);
  try {
    return await realpath(absolute);
  } catch {
    const parent = dirname(absolute);
    return parent === absolute ? absolute : join(await realFile(parent), basename(absolute));
  }
}
