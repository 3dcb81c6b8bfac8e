import { type Dirent, statSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { isSkippedFolder, readPattern } from '../../shared/project/path-pattern';

/** Files under a folder whose relative path fits a pattern, as relative paths, sorted. */
export async function globFiles(dir: string, pattern: string): Promise<readonly string[]> {
  const { start, fits } = readPattern(pattern);
  const found = await filesUnder(dir, start);
  return found.filter((path) => fits(path)).toSorted((a, b) => (a < b ? -1 : 1));
}

/** All files below a folder of `dir`, as paths relative to `dir`; Teal's own, Git's and node_modules are left out. */
export async function filesUnder(dir: string, below: string): Promise<readonly string[]> {
  const found: string[] = [];
  const walk = async (folder: string): Promise<void> => {
    const entries = await entriesOf(join(dir, folder));
    for (const entry of entries) {
      const path = folder === '' ? entry.name : `${folder}/${entry.name}`;
      if (isFolder(entry, join(dir, path))) {
        if (!isSkippedFolder(entry.name) && !entry.isSymbolicLink()) await walk(path);
      } else found.push(path);
    }
  };
  await walk(below);
  return found;
}

async function entriesOf(folder: string): Promise<readonly Dirent[]> {
  try {
    return await readdir(folder, { withFileTypes: true });
  } catch (thrown) {
    if (isMissing(thrown)) return [];
    throw thrown;
  }
}

function isFolder(entry: Dirent, path: string): boolean {
  if (!entry.isSymbolicLink()) return entry.isDirectory();
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false;
}

/** Whether a failed call of the file system says that something is not there. */
export function isMissing(thrown: unknown): boolean {
  return codeOf(thrown) === 'ENOENT' || codeOf(thrown) === 'ENOTDIR';
}

/** The code of a failed call of the file system, such as `ENOSPC`; empty for other failures. */
export function codeOf(thrown: unknown): string {
  return thrown instanceof Error && 'code' in thrown ? String(thrown.code) : '';
}
