import { createHmac, randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { writeUnsynced } from './atomic-file';
import { makeOwnFolder } from './keep-file';

/** Whose cache is believed: the one that the very same program wrote for the same user. */
export interface CacheOwner {
  /** names the program's code, whichever version number it bears */
  readonly build: string;
  /** the folder of the user's own state, which holds the key of the seal */
  readonly state: string;
}

/** A text that only saves work: lost, harmed or written by somebody else it counts as not there. */
export interface ReadingCache {
  recall(): Promise<string | null>;
  retain(text: string): Promise<void>;
}

/** The cache of a project, `.teal/cache/reading`: a line with the seal, then the text. */
export function createReadingCache(dir: string, { build, state }: CacheOwner): ReadingCache {
  const file = join(dir, '.teal/cache/reading');
  const sealOf = (key: Buffer, text: string) =>
    createHmac('sha256', key).update(`${build}\n`).update(text).digest('hex');
  return {
    async recall() {
      const whole = await readFile(file, 'utf8').catch(() => '');
      const end = whole.indexOf('\n');
      const key = end < 0 ? null : readKey(state);
      if (key === null) return null;
      const text = whole.slice(end + 1);
      return whole.slice(0, end) === sealOf(key, text) ? text : null;
    },
    async retain(text) {
      const key = readKey(state) ?? (await makeKey(state));
      await makeOwnFolder(dir);
      await writeUnsynced(file, `${sealOf(key, text)}\n${text}`);
    },
  };
}

function keyFile(state: string): string {
  return join(state, 'cache-key');
}

function readKey(state: string): Buffer | null {
  try {
    const key = readFileSync(keyFile(state));
    return key.length === 32 ? key : null;
  } catch {
    return null;
  }
}

async function makeKey(state: string): Promise<Buffer> {
  await mkdir(state, { recursive: true, mode: 0o700 });
  const key = randomBytes(32);
  await writeFile(keyFile(state), key, { mode: 0o600 });
  return key;
}
