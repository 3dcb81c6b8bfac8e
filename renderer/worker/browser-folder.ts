import { fault } from '../../shared/base/errors';
import {
  firstFree,
  isTextFile,
  keptPath,
  LARGEST_TEXT,
  textFolders,
  textRoots,
} from '../../shared/project/folder-rules';
import {
  isPattern,
  isSkippedFolder,
  noMatch,
  outsideProject,
  readPattern,
} from '../../shared/project/path-pattern';
import { createKeepIndex } from '../../shared/service/keep-index';
import type { KeptFile, ProjectFolder } from '../../shared/service/platform';
import { hashFile, keepFile } from './keep-file';
import { filesBelow, type Tree } from './tree';

export interface FolderPlace {
  readonly tree: Tree;
  readonly dir: string;
  /** whether a path is of a file that was sent here and stands in no project yet */
  isUpload(path: string): boolean;
  freeBytes(): Promise<number>;
}

/** Opens a project in the browser's storage; what is no folder there is a `project.not_found` fault. */
export async function openBrowserFolder(place: FolderPlace): Promise<ProjectFolder> {
  const { tree, dir } = place;
  if ((await tree.list(dir)).length === 0)
    throw fault('project.not_found', `There is no project ${dir} in this browser.`, {
      kept: 'Nothing was changed.',
      remedy: 'Choose one of the projects in this browser, or open a downloaded one.',
    });
  const kept = indexOf(place);
  return {
    dir,
    name: dir.replace(/^.*\//, ''),
    readText: () => readText(tree, dir),
    writeText: (path, text) => tree.write(resolveInside(dir, path), text),
    remove: (path) => tree.remove(resolveInside(dir, path)),
    // nobody but this worker writes here
    watch: () => () => undefined,
    git: async () => null,
    match: (patterns) => matchFiles(tree, dir, patterns),
    resolve: (path) => resolveInside(dir, path),
    keep: async (path, signal) => ({
      path: insidePath(dir, path) ?? path,
      ...(await kept.keep(path, signal)),
    }),
    bringIn: (file, from) => bringIn(place, file, from),
    saveIndex: () => kept.save(),
    verify: (path) => hashFile(tree, resolveInside(dir, path)),
    freeBytes: place.freeBytes,
  };
}

function indexOf({ tree, dir, isUpload }: FolderPlace) {
  const path = `${dir}/.teal/raw-index.json`;
  return createKeepIndex({
    keep: (file, signal) => keepFile(tree, { dir, path: file, isUpload: isUpload(file) }, signal),
    async stampOf(file) {
      const found = isUpload(file) ? null : await tree.file(file);
      return found && `${found.size}:${found.lastModified}`;
    },
    isKept: async (kept) => (await tree.file(`${dir}/${kept}`)) !== null,
    load: () => tree.text(path),
    save: (text) => tree.write(path, text),
  });
}

async function readText(tree: Tree, dir: string): Promise<ReadonlyMap<string, string>> {
  const below = await Promise.all(
    textFolders.map((folder) => filesBelow(tree, `${dir}/${folder}`, isEntered)),
  );
  const paths = [...textRoots.map((name) => `${dir}/${name}`), ...below.flat().filter(isTextFile)];
  const texts = await Promise.all(paths.toSorted().map((path) => readOne(tree, dir, path)));
  return new Map(texts.filter((entry) => entry !== null));
}

async function readOne(tree: Tree, dir: string, path: string): Promise<[string, string] | null> {
  const file = await tree.file(path);
  if (!file || file.size > LARGEST_TEXT) return null;
  const text = await tree.text(path);
  return text === null ? null : [path.slice(dir.length + 1), text.replace(/^\uFEFF/, '')];
}

async function matchFiles(tree: Tree, dir: string, patterns: readonly string[]): Promise<readonly string[]> {
  const found = new Set<string>();
  for (const written of patterns) {
    const pattern = written.replaceAll('\\', '/');
    const files = isPattern(pattern)
      ? await globFiles(tree, dir, pattern)
      : [await fileAt(tree, resolveInside(dir, pattern), pattern)];
    if (files.length === 0) throw noMatch(pattern, 'No file fits');
    for (const file of files) found.add(file);
  }
  return [...found].toSorted();
}

async function globFiles(tree: Tree, dir: string, pattern: string): Promise<readonly string[]> {
  const { start, fits } = readPattern(pattern);
  const files = await filesBelow(tree, resolveInside(dir, start), isEntered);
  return files.filter((path) => fits(path.slice(dir.length + 1)));
}

async function fileAt(tree: Tree, path: string, pattern: string): Promise<string> {
  if (await tree.file(path)) return path;
  const isFolder = (await tree.list(path)).length > 0;
  throw noMatch(pattern, isFolder ? 'A folder, not a file:' : 'There is no file');
}

/** Copies a kept file into the project's `raw/` folder, unless it stands in the project already; gives its path there. */
async function bringIn(
  { tree, dir }: FolderPlace,
  file: KeptFile,
  from: string,
): Promise<{ path: string; isNew: boolean }> {
  if (!file.path.startsWith('/')) return { path: file.path, isNew: false };
  const wanted = from.replace(/^.*\//, '');
  let isNew = true;
  const name = await firstFree(wanted, /\.[^.]*$/.exec(wanted)?.[0] ?? '', async (candidate) => {
    const held = await hashFile(tree, `${dir}/raw/${candidate}`);
    isNew = held === null;
    return held === null || held === file.sha256;
  });
  const kept = await tree.file(`${dir}/${keptPath(file.sha256, file.kept)}`);
  if (isNew && kept) await tree.write(`${dir}/raw/${name}`, kept);
  return { path: `raw/${name}`, isNew };
}

function resolveInside(dir: string, path: string): string {
  const parts: string[] = [];
  const whole = path.startsWith('/') ? path : `${dir}/${path}`;
  for (const part of whole.split('/')) {
    if (part === '..') parts.pop();
    else if (part !== '' && part !== '.') parts.push(part);
  }
  const clean = `/${parts.join('/')}`;
  if (path.includes('\0') || (clean !== dir && insidePath(dir, clean) === null)) throw outsideProject(path);
  return clean;
}

function insidePath(dir: string, path: string): string | null {
  return path.startsWith(`${dir}/`) ? path.slice(dir.length + 1) : null;
}

function isEntered(name: string): boolean {
  return !isSkippedFolder(name);
}
