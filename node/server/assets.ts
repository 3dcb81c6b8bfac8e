import { createReadStream, existsSync, statSync } from 'node:fs';
import type { ServerResponse } from 'node:http';
import { dirname, join, normalize, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { mediaType } from '../../shared/base/media-types';

/** A folder of built files to serve. */
export interface Assets {
  readonly dir: string;
}

/** The built window beside this program, or null where it was not built. */
export function findWindow(): Assets | null {
  const here = dirname(fileURLToPath(import.meta.url));
  const dir = ['../renderer', '../../renderer', '../../dist/renderer']
    .map((way) => join(here, way))
    .find((one) => existsSync(join(one, 'index.html')));
  return dir === undefined ? null : { dir };
}

const HEADERS = {
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'x-frame-options': 'DENY',
  'cross-origin-opener-policy': 'same-origin',
};

/** Answers with one file of the folder; a path that leads out of it does not exist. */
export function sendAsset(assets: Assets, path: string, response: ServerResponse): void {
  const file = fileOf(assets, path);
  if (!file) {
    response.writeHead(404, { ...HEADERS, 'content-type': 'text/plain' }).end('Not found.\n');
    return;
  }
  const cache = file.includes(`${sep}assets${sep}`) ? 'max-age=31536000, immutable' : 'no-cache';
  response.writeHead(200, {
    ...HEADERS,
    'content-type': mediaType(file),
    'cache-control': cache,
  });
  createReadStream(file).pipe(response);
}

function fileOf(assets: Assets, path: string): string | undefined {
  const decoded = decodePath(path);
  if (decoded === undefined) return undefined;
  const file = join(assets.dir, normalize(decoded === '/' ? '/index.html' : decoded));
  const inside = file.startsWith(assets.dir.endsWith(sep) ? assets.dir : assets.dir + sep);
  return inside && existsSync(file) && statSync(file).isFile() ? file : undefined;
}

function decodePath(path: string): string | undefined {
  try {
    return decodeURIComponent(path);
  } catch (error) {
    if (error instanceof URIError) return undefined;
    throw error;
  }
}
