import { constants } from 'node:fs';
import { copyFile, mkdtemp, open, readdir, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { fault } from '../../shared/base/errors';
import { writeFault } from './atomic-file';
import { isMissing } from './glob';

/** A copy of a project's warehouse, to look at while another program holds the original. */
export interface WarehouseCopy {
  readonly dir: string;
  readonly file: string;
  /** the moment at which the original was as the copy is */
  readonly at: number;
  remove(): Promise<void>;
}

const NAME = 'warehouse.duckdb';

/** The main header and the two database headers: one of them is written at the end of each checkpoint, and only then. */
const HEADERS = 3 * 4096;

const TRIES = 20;

/**
 * Copies `.teal/warehouse.duckdb` with its log. Between two checkpoints the main file's live blocks stay as they are and the log only
 * grows, so a copy is whole if the headers and the names of the files are the same before and after it; a log that was cut in the middle
 * of a commit is read as after a crash. Only for a process that does not hold the warehouse: closing the file drops a holder's lock.
 */
export async function copyWarehouse(project: string, now: () => number): Promise<WarehouseCopy> {
  const own = join(project, '.teal');
  const dir = await mkdtemp(join(tmpdir(), 'teal-copy-'));
  const remove = () => rm(dir, { recursive: true, force: true, maxRetries: 10, retryDelay: 50 });
  try {
    for (let tries = 1; tries <= TRIES; tries += 1) {
      const at = now();
      if (await copyOnce(own, dir)) return { dir, file: join(dir, NAME), at, remove };
      await pause(20 * tries);
    }
    throw fault('engine.conflict', 'The warehouse changed all the while it was being copied.', {
      kept: 'The original was only read.',
      remedy: 'Try again when the program that holds it writes less.',
    });
  } catch (thrown) {
    await remove();
    throw thrown;
  }
}

async function copyOnce(own: string, dir: string): Promise<boolean> {
  const before = await stateOf(own);
  if (!before.names.includes(NAME)) {
    throw fault('project.not_found', `${own} holds no warehouse, so there is nothing to copy.`, {
      kept: 'Nothing was changed.',
      remedy: 'Leave --read-only-copy out.',
    });
  }
  for (const name of await readdir(dir)) await rm(join(dir, name));
  for (const name of before.names) if (!(await copied(join(own, name), join(dir, name)))) return false;
  const after = await stateOf(own);
  return after.text === before.text;
}

async function stateOf(own: string): Promise<{ readonly names: readonly string[]; readonly text: string }> {
  const all = await readdir(own).catch((thrown: unknown) => {
    if (isMissing(thrown)) return [];
    throw thrown;
  });
  const names = all.filter((name) => name === NAME || /^warehouse\.duckdb\..*wal/.test(name)).toSorted();
  const files = await Promise.all(names.map((name) => nodeOf(join(own, name))));
  const heads = names.includes(NAME) ? await headersOf(join(own, NAME)) : '';
  return { names, text: JSON.stringify([names, files, heads]) };
}

async function nodeOf(file: string): Promise<string> {
  const found = await stat(file, { bigint: true }).catch(() => null);
  return String(found?.ino);
}

async function headersOf(file: string): Promise<string> {
  const handle = await open(file, 'r');
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(HEADERS), 0, HEADERS, 0);
    return buffer.subarray(0, bytesRead).toString('base64');
  } finally {
    await handle.close();
  }
}

// Of a log that is being cut off nothing may be left; the next try sees it gone.
async function copied(from: string, to: string): Promise<boolean> {
  try {
    await copyFile(from, to, constants.COPYFILE_FICLONE);
    return true;
  } catch (thrown) {
    if (isMissing(thrown)) return false;
    throw copyFault(thrown, from);
  }
}

function copyFault(thrown: unknown, from: string) {
  const { problem } = writeFault(thrown, from);
  return fault(problem.code, `${basename(from)} could not be copied to ${tmpdir()}.`, {
    ...problem,
    kept: 'The original was only read.',
    remedy:
      problem.code === 'engine.disk_full'
        ? 'Free space there, or set TMPDIR to a folder with more.'
        : 'Check that the file may be read and that folder written.',
  });
}
