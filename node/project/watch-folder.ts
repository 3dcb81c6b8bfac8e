import { type FSWatcher, readdirSync, type Stats, statSync, watch } from 'node:fs';
import { join } from 'node:path';
import { TEMPORARY } from './atomic-file';

const skipped = new Set(['.teal', '.git', 'node_modules', 'logs', '.cache']);
const quiet = 120;
const mostFolders = 4000;

/** What a path of the folder is now: time and size of a file, null where there is none. */
export type Stamp = string | null;

export function stampOf(path: string): Stamp {
  const found: Stats | undefined = statSync(path, { throwIfNoEntry: false });
  return found?.isFile() ? `${found.mtimeMs}:${found.size}:${found.ino}` : null;
}

/**
 * Calls after changes in a folder, once they have paused for 120 ms. One watcher a folder: the recursive one of Node 20 opens a
 * watcher for every single file on Linux. `isOwn` says whether a path is as the caller itself left it.
 */
export function watchFolder(dir: string, isOwn: (path: string) => boolean, changed: () => void): () => void {
  const watchers = new Map<string, FSWatcher>();
  let timer: NodeJS.Timeout | undefined;
  let ended = false;

  const drop = (folder: string) => {
    watchers.get(folder)?.close();
    watchers.delete(folder);
  };
  const noteChange = (path: string) => {
    if (isOwn(path)) return;
    clearTimeout(timer);
    timer = setTimeout(changed, quiet);
  };
  const seen = (folder: string, name: string | null) => {
    if (ended || name === null || skipped.has(name) || name.startsWith(TEMPORARY)) return;
    const path = folder === '' ? name : `${folder}/${name}`;
    const isFolder = statSync(join(dir, path), { throwIfNoEntry: false })?.isDirectory() ?? false;
    if (!isFolder && watchers.has(path)) drop(path);
    if (isFolder) addSafely(path, true);
    else noteChange(path);
  };
  const add = (folder: string, late: boolean): void => {
    if (ended || watchers.has(folder) || watchers.size >= mostFolders) return;
    const watcher = watch(join(dir, folder), { persistent: false }, (_, name) => seen(folder, name));
    watcher.on('error', () => drop(folder));
    watchers.set(folder, watcher);
    for (const entry of readdirSync(join(dir, folder), { withFileTypes: true })) {
      const path = folder === '' ? entry.name : `${folder}/${entry.name}`;
      if (entry.isDirectory() && !skipped.has(entry.name)) addSafely(path, late);
      else if (late && entry.isFile() && !entry.name.startsWith(TEMPORARY)) noteChange(path);
    }
  };
  // A folder may be gone again before it is looked into.
  const addSafely = (folder: string, late: boolean) => {
    try {
      add(folder, late);
    } catch {
      drop(folder);
    }
  };

  addSafely('', false);
  return () => {
    ended = true;
    clearTimeout(timer);
    for (const folder of [...watchers.keys()]) drop(folder);
  };
}
