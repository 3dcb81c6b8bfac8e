import { lstatSync, readFileSync, realpathSync, type Stats, statSync } from 'node:fs';
import { realpath, rm, stat, statfs } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { fault } from '../../shared/base/errors';
import { isTextFile, LARGEST_TEXT, textFolders, textRoots } from '../../shared/project/folder-rules';
import { isPattern, noMatch } from '../../shared/project/path-pattern';
import type { ProjectFolder } from '../../shared/service/platform';
import { syncFolder, writeAtomic, writeFault } from './atomic-file';
import { bringIn } from './bring-in';
import { gitState } from './git';
import { filesUnder, globFiles, isMissing } from './glob';
import { hashFile } from './keep-file';
import { createFolderIndex } from './keep-index';
import { inside, resolveInside } from './paths';
import { type CacheOwner, createReadingCache } from './reading-cache';
import { type Stamp, stampOf, watchFolder } from './watch-folder';

/** Opens a folder on disk; what is no folder is a `project.not_found` fault. Only for an `owner` is anything cached in it. */
export async function openProjectFolder(path: string, owner?: CacheOwner): Promise<ProjectFolder> {
  const dir = await realpath(path).catch(() => null);
  if (dir === null || !(await stat(dir)).isDirectory()) {
    throw fault('project.not_found', `${path} is not a folder.`, {
      kept: 'Nothing was changed.',
      remedy: 'Open the folder that holds config.yaml.',
    });
  }
  const own = createOwnMarks(dir);
  const kept = createFolderIndex(dir);
  return {
    ...(owner ? createReadingCache(dir, owner) : {}),
    dir,
    name: basename(dir),
    readText: () => readText(dir),
    writeText: (file, text) => own.during(resolveInside(dir, file), (target) => writeAtomic(target, text)),
    remove: (file) => own.during(resolveInside(dir, file), removeFile),
    watch: (changed) => watchFolder(dir, own.has, changed),
    git: () => gitState(dir),
    match: (patterns) => matchFiles(dir, patterns),
    resolve: (file) => resolveInside(dir, file),
    async keep(file, signal) {
      const content = await kept.keep(file, signal);
      const real = await realpath(file);
      return { path: inside(dir, real) ?? file, ...content };
    },
    bringIn: (file, from) => bringIn(dir, file, from),
    saveIndex: () => kept.save(),
    async verify(path) {
      try {
        return await hashFile(resolveInside(dir, path));
      } catch (thrown) {
        if (isMissing(thrown)) return null;
        throw thrown;
      }
    },
    async freeBytes() {
      const disk = await statfs(dir);
      return disk.bavail * disk.bsize;
    },
  };
}

/** Knows which files are as this process left them, so that watching does not tell of them. */
function createOwnMarks(dir: string) {
  const stamps = new Map<string, Stamp>();
  const underWay = new Map<string, number>();
  return {
    has: (file: string) =>
      underWay.has(file) || (stamps.has(file) && stamps.get(file) === stampOf(join(dir, file))),
    async during(target: string, change: (target: string) => Promise<void>): Promise<void> {
      const file = inside(dir, target) ?? target;
      underWay.set(file, (underWay.get(file) ?? 0) + 1);
      try {
        await change(target);
        stamps.set(file, stampOf(target));
      } finally {
        const left = (underWay.get(file) ?? 1) - 1;
        if (left === 0) underWay.delete(file);
        else underWay.set(file, left);
      }
    },
  };
}

async function readText(dir: string): Promise<ReadonlyMap<string, string>> {
  const own = textFolders.filter((folder) => statsInside(dir, join(dir, folder)));
  const below = await Promise.all(own.map((folder) => filesUnder(dir, folder)));
  const paths = [...textRoots, ...below.flat().filter(isTextFile)];
  const texts = new Map<string, string>();
  // One after another and without waiting: small files are read faster than a call for each is passed about.
  for (const path of paths.toSorted((a, b) => (a < b ? -1 : 1))) {
    const text = readOne(dir, path);
    if (text !== null) texts.set(path, text);
  }
  return texts;
}

// A file may go while the folder is read; a link out of the project is not followed.
function readOne(dir: string, path: string): string | null {
  try {
    const file = join(dir, path);
    const found = statsInside(dir, file);
    if (!found?.isFile() || found.size > LARGEST_TEXT) return null;
    return readFileSync(file, 'utf8').replace(/^\uFEFF/, '');
  } catch (thrown) {
    if (isMissing(thrown)) return null;
    throw fault('project.invalid', `${path} cannot be read.`, {
      place: { file: path },
      remedy: 'Check that you may read the file.',
      cause: String(thrown),
    });
  }
}

/** What stands at a path, also over a link that stays in the project; undefined where nothing does. */
function statsInside(dir: string, path: string): Stats | undefined {
  const found = lstatSync(path, { throwIfNoEntry: false });
  if (!found?.isSymbolicLink()) return found;
  const real = realpathSync(path);
  return inside(dir, real) === null ? undefined : statSync(real);
}

async function removeFile(target: string): Promise<void> {
  try {
    await rm(target, { force: true });
    await syncFolder(join(target, '..'));
  } catch (thrown) {
    if (!isMissing(thrown)) throw writeFault(thrown, target);
  }
}

async function matchFiles(dir: string, patterns: readonly string[]): Promise<readonly string[]> {
  const found = new Set<string>();
  for (const written of patterns) {
    const pattern = written.replaceAll('\\', '/');
    const paths = isPattern(pattern) ? await globFiles(dir, pattern) : [pattern];
    const files = await Promise.all(paths.map((path) => fileAt(dir, path)));
    if (files.length === 0) throw noMatch(pattern, 'No file fits');
    for (const file of files) found.add(file);
  }
  return [...found].toSorted((a, b) => (a < b ? -1 : 1));
}

async function fileAt(dir: string, path: string): Promise<string> {
  const real = resolveInside(dir, path);
  const found = await stat(real).catch((thrown: unknown) => {
    throw isMissing(thrown) ? noMatch(path, 'There is no file') : thrown;
  });
  if (found.isDirectory()) throw noMatch(path, 'A folder, not a file:');
  return real;
}
