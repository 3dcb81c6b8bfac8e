import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

declare const TEAL_BUILD: string | undefined;

/** Names the code of this program as it was built; empty where it runs from its sources. */
export const build: string = typeof TEAL_BUILD === 'undefined' ? '' : TEAL_BUILD;

/** The version of this program, from the nearest package.json above it. */
export const version: string = readVersion(dirname(fileURLToPath(import.meta.url)));

function readVersion(dir: string): string {
  try {
    const { version: found } = JSON.parse(readFileSync(join(dir, 'package.json'), 'utf8')) as {
      version: string;
    };
    return found;
  } catch (error) {
    const isTop = dirname(dir) === dir;
    if (isTop || (error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
    return readVersion(dirname(dir));
  }
}
