import { createHash, randomBytes } from 'node:crypto';
import { constants, createReadStream, type Stats } from 'node:fs';
import { chmod, copyFile, mkdir, open, rename, rm, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { type Fault, fault } from '../../shared/base/errors';
import { keptPath } from '../../shared/project/folder-rules';
import type { KeptContent } from '../../shared/service/keep-index';
import { syncFolder, TEMPORARY, writeAtomic, writeFault } from './atomic-file';
import { codeOf, isMissing } from './glob';

const block = 1 << 20;

/** Makes `.teal/`, which Git does not see. */
export async function makeOwnFolder(dir: string): Promise<string> {
  const own = join(dir, '.teal');
  await mkdir(own, { recursive: true }).catch((thrown: unknown) => {
    throw writeFault(thrown, own);
  });
  const ignore = join(own, '.gitignore');
  if (!(await statOrNull(ignore))) await writeAtomic(ignore, '*\n');
  return own;
}

/**
 * Copies a file to `.teal/raw/<aa>/<sha256><ext>`, sharing blocks where the disk can. The hash is taken of what is kept, so a file
 * that changes meanwhile is kept as it was read. Nothing is left behind by a copy that fails or is called off.
 */
export async function keepFile(dir: string, path: string, signal?: AbortSignal): Promise<KeptContent> {
  if (signal?.aborted) throw calledOff(path);
  await checkReadable(path);
  const raw = join(await makeOwnFolder(dir), 'raw');
  await mkdir(raw, { recursive: true });
  const temporary = join(raw, `${TEMPORARY}${randomBytes(8).toString('hex')}`);
  try {
    const sha256 = (await cloned(path, temporary))
      ? await hashFile(temporary, signal)
      : await copied(path, temporary, signal);
    const kept = keptPath(sha256, basename(path));
    const { size } = await stat(temporary);
    await settle(temporary, join(dir, kept), size);
    return { kept, sha256, bytes: size };
  } catch (thrown) {
    if (signal?.aborted) throw calledOff(path);
    throw isMissing(thrown) ? missing(path, 'is not there any more') : writeFault(thrown, path);
  } finally {
    await rm(temporary, { force: true });
  }
}

/** SHA-256 of a file's content, as 64 hex digits. */
export async function hashFile(path: string, signal?: AbortSignal): Promise<string> {
  const hash = createHash('sha256');
  for await (const piece of blocksOf(path, signal)) hash.update(piece);
  return hash.digest('hex');
}

// Only a true clone: a plain copy is made below, where it is hashed on the way and can be called off.
async function cloned(from: string, to: string): Promise<boolean> {
  try {
    await copyFile(from, to, constants.COPYFILE_FICLONE_FORCE | constants.COPYFILE_EXCL);
    await chmod(to, 0o600);
    return true;
  } catch {
    await rm(to, { force: true });
    return false;
  }
}

// Written by hand and not by a pipeline: one that is called off early may open its target after it has been cleared away.
async function copied(from: string, to: string, signal?: AbortSignal): Promise<string> {
  const hash = createHash('sha256');
  const target = await open(to, 'wx', 0o600);
  try {
    for await (const piece of blocksOf(from, signal)) {
      hash.update(piece);
      for (let done = 0; done < piece.length; )
        done += (await target.write(piece, done, piece.length - done)).bytesWritten;
    }
  } finally {
    await target.close();
  }
  return hash.digest('hex');
}

function blocksOf(path: string, signal?: AbortSignal): AsyncIterable<Buffer> {
  return createReadStream(path, { highWaterMark: block, ...(signal ? { signal } : {}) });
}

async function settle(temporary: string, target: string, bytes: number): Promise<void> {
  const before = await statOrNull(target);
  if (before?.size === bytes) return;
  await mkdir(dirname(target), { recursive: true });
  const file = await open(temporary, 'r+');
  await file.sync().finally(() => file.close());
  if (process.platform !== 'win32') await chmod(temporary, 0o444);
  await rename(temporary, target);
  await syncFolder(dirname(target));
}

async function checkReadable(path: string): Promise<void> {
  const found = await statOrNull(path);
  if (!found) throw missing(path, 'is not there');
  if (found.isDirectory()) throw missing(path, 'is a folder, not a file');
  if (!found.isFile()) throw missing(path, 'is no plain file');
  const file = await open(path, 'r').catch((thrown: unknown) => {
    throw missing(path, `cannot be opened (${codeOf(thrown)})`);
  });
  await file.close();
}

function calledOff(path: string): Fault {
  return fault('cancelled', 'Cancelled.', { kept: `${basename(path)} stays as it is.` });
}

function missing(path: string, why: string): Fault {
  return fault('source.file_missing', `${basename(path)} ${why}.`, {
    place: { file: path },
    kept: 'Nothing was kept of it; snapshots stay as they are.',
    remedy: 'Check the path, and that you may read the file.',
  });
}

async function statOrNull(path: string): Promise<Stats | null> {
  try {
    return await stat(path);
  } catch (thrown) {
    if (isMissing(thrown)) return null;
    throw thrown;
  }
}
