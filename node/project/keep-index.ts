import { existsSync } from 'node:fs';
import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { createKeepIndex } from '../../shared/service/keep-index';
import { writeAtomic } from './atomic-file';
import { codeOf } from './glob';
import { keepFile, makeOwnFolder } from './keep-file';

/** Keeps files of a folder on disk, and remembers which were kept. */
export function createFolderIndex(dir: string) {
  const path = join(dir, '.teal', 'raw-index.json');
  return createKeepIndex({
    keep: (file, signal) => keepFile(dir, file, signal),
    stampOf,
    isKept: async (kept) => existsSync(join(dir, kept)),
    load: () => unlessMissing(() => readFile(path, 'utf8')),
    async save(text) {
      await makeOwnFolder(dir);
      await writeAtomic(path, text);
    },
  });
}

function stampOf(file: string): Promise<string | null> {
  return unlessMissing(async () => {
    const { size, mtimeNs, ctimeNs, ino } = await stat(file, { bigint: true });
    return [size, mtimeNs, ctimeNs, ino].join(':');
  });
}

async function unlessMissing<T>(read: () => Promise<T>): Promise<T | null> {
  try {
    return await read();
  } catch (thrown) {
    if (codeOf(thrown) === 'ENOENT') return null;
    throw thrown;
  }
}
