import { constants } from 'node:fs';
import { copyFile, mkdir, rename, rm } from 'node:fs/promises';
import { basename, extname, isAbsolute, join } from 'node:path';
import { firstFree } from '../../shared/project/folder-rules';
import type { KeptFile } from '../../shared/service/platform';
import { TEMPORARY, writeFault } from './atomic-file';
import { codeOf } from './glob';
import { hashFile } from './keep-file';

/** Copies a kept file into the project's `raw/` folder, unless it stands in the project already; gives its path there. */
export async function bringIn(
  dir: string,
  file: KeptFile,
  from: string,
): Promise<{ path: string; isNew: boolean }> {
  if (!isAbsolute(file.path)) return { path: file.path, isNew: false };
  const raw = join(dir, 'raw');
  await mkdir(raw, { recursive: true });
  const name = await freeName(raw, basename(from), file.sha256);
  if (!name.isThere) await copyWhole(join(dir, file.kept), join(raw, name.name));
  return { path: `raw/${name.name}`, isNew: !name.isThere };
}

async function freeName(
  folder: string,
  wanted: string,
  sha256: string,
): Promise<{ name: string; isThere: boolean }> {
  let held: string | null = null;
  const name = await firstFree(wanted, extname(wanted), async (candidate) => {
    held = await hashOrNull(join(folder, candidate));
    return held === null || held === sha256;
  });
  return { name, isThere: held !== null };
}

async function hashOrNull(path: string): Promise<string | null> {
  try {
    return await hashFile(path);
  } catch (thrown) {
    if (codeOf(thrown) === 'ENOENT') return null;
    throw thrown;
  }
}

async function copyWhole(from: string, to: string): Promise<void> {
  const temporary = join(to, '..', `${TEMPORARY}${basename(to)}`);
  try {
    await copyFile(from, temporary, constants.COPYFILE_FICLONE);
    await rename(temporary, to);
  } catch (thrown) {
    throw writeFault(thrown, to);
  } finally {
    await rm(temporary, { force: true });
  }
}
