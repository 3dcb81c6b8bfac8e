import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

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
