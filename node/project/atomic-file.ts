import { randomBytes } from 'node:crypto';
import { mkdir, open, rename, rm, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { type Fault, fault } from '../../shared/base/errors';
import { codeOf } from './glob';

/** How the names of files begin that are still being written. */
export const TEMPORARY = '.teal-new-';

/** Writes a file whole: readers see the old or the new content, also after a crash. */
export async function writeAtomic(path: string, content: string | Uint8Array, mode = 0o666): Promise<void> {
  const temporary = join(dirname(path), `${TEMPORARY}${randomBytes(6).toString('hex')}`);
  try {
    await mkdir(dirname(path), { recursive: true });
    await writeSynced(temporary, content, mode);
    await rename(temporary, path);
    await syncFolder(dirname(path));
  } catch (thrown) {
    await rm(temporary, { force: true }).catch(() => undefined);
    throw writeFault(thrown, path);
  }
}

/** Writes a file whole that need not be there after a crash: readers see the old or the new content. */
export async function writeUnsynced(path: string, content: string, mode = 0o666): Promise<void> {
  const temporary = join(dirname(path), `${TEMPORARY}${randomBytes(6).toString('hex')}`);
  try {
    await mkdir(dirname(path), { recursive: true });
    await writeFile(temporary, content, { flag: 'wx', mode });
    await rename(temporary, path);
  } catch (thrown) {
    await rm(temporary, { force: true }).catch(() => undefined);
    throw writeFault(thrown, path);
  }
}

async function writeSynced(path: string, content: string | Uint8Array, mode: number): Promise<void> {
  const file = await open(path, 'wx', mode);
  try {
    await file.writeFile(content);
    await file.sync();
  } finally {
    await file.close();
  }
}

/** Makes a rename durable; Windows and some network disks have no such call and need none. */
export async function syncFolder(path: string): Promise<void> {
  if (process.platform === 'win32') return;
  const folder = await open(path, 'r');
  await folder.sync().catch((thrown: unknown) => {
    if (!['EINVAL', 'ENOTSUP', 'EPERM'].includes(codeOf(thrown))) throw thrown;
  });
  await folder.close();
}

/** A failed write as a fault: `engine.disk_full` or `project.write_failed`. */
export function writeFault(thrown: unknown, path: string): Fault {
  const more = { place: { file: path }, kept: 'What was there before is untouched.', cause: String(thrown) };
  if (['ENOSPC', 'EDQUOT', 'EFBIG'].includes(codeOf(thrown))) {
    return fault('engine.disk_full', `The disk has no room for ${basename(path)}.`, {
      ...more,
      remedy: 'Free space on the disk, then try again.',
    });
  }
  return fault('project.write_failed', `${basename(path)} could not be written.`, {
    ...more,
    remedy: 'Check that the folder is there and that you may write in it.',
  });
}
