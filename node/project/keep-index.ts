import { existsSync } from 'node:fs';
import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { writeAtomic } from './atomic-file';
import { codeOf } from './glob';
import { type KeptContent, keepFile, makeOwnFolder } from './keep-file';

/** A file as it was when it was kept: any write to it changes one of these. */
interface Entry extends KeptContent {
  readonly stamp: string;
}

/** Keeps files, and remembers which were kept as they are, so that a file that did not change is not read again. */
export function createKeepIndex(dir: string) {
  const path = join(dir, '.teal', 'raw-index.json');
  let loaded: Promise<Map<string, Entry>> | undefined;
  let dirty = false;
  return {
    async keep(file: string, signal?: AbortSignal): Promise<KeptContent> {
      loaded ??= load(path);
      const entries = await loaded;
      const known = entries.get(file);
      const before = await stampOf(file);
      if (known && before !== null && known.stamp === before && existsSync(join(dir, known.kept)))
        return known;
      const { kept, sha256, bytes } = await keepFile(dir, file, signal);
      const after = await stampOf(file);
      if (before !== null && before === after) {
        entries.set(file, { kept, sha256, bytes, stamp: before });
        dirty = true;
      }
      return { kept, sha256, bytes };
    },
    /** writes down what was learned; losing it costs time only */
    async save(): Promise<void> {
      if (!dirty || !loaded) return;
      dirty = false;
      await makeOwnFolder(dir);
      await writeAtomic(path, JSON.stringify([...(await loaded)]));
    },
  };
}

async function stampOf(file: string): Promise<string | null> {
  try {
    const { size, mtimeNs, ctimeNs, ino } = await stat(file, { bigint: true });
    return [size, mtimeNs, ctimeNs, ino].join(':');
  } catch (thrown) {
    if (codeOf(thrown) === 'ENOENT') return null;
    throw thrown;
  }
}

async function load(path: string): Promise<Map<string, Entry>> {
  try {
    return new Map(JSON.parse(await readFile(path, 'utf8')) as [string, Entry][]);
  } catch (thrown) {
    if (codeOf(thrown) === 'ENOENT' || thrown instanceof SyntaxError) return new Map();
    throw thrown;
  }
}
