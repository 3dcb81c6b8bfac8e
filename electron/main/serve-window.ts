import { readFile } from 'node:fs/promises';
import { join, normalize, sep } from 'node:path';
import { mediaType } from '../../shared/base/media-types';
import type { Electron } from './electron';
import { isOwnAddress, POLICY } from './policy';

/** Must be called before the app is ready. */
export function registerScheme({ protocol }: Electron): void {
  protocol.registerSchemesAsPrivileged([
    { scheme: 'app', privileges: { standard: true, secure: true, supportFetchAPI: true } },
  ]);
}

/** Serves the window's files over `app://`, each with the policy; a path that leads out of the folder does not exist. */
export function serveWindow({ protocol }: Electron, dir: string): void {
  protocol.handle('app', async (request) => {
    const file = fileOf(dir, request.url);
    const bytes = file === undefined ? null : await readFile(file).catch(() => null);
    if (file === undefined || bytes === null) return answer(404, 'text/plain; charset=utf-8', 'Not found.\n');
    return answer(200, mediaType(file), bytes);
  });
}

function answer(status: number, type: string, body: string | Buffer): Response {
  return new Response(body as BodyInit, {
    status,
    headers: {
      'content-type': type,
      'content-security-policy': POLICY,
      'x-content-type-options': 'nosniff',
    },
  });
}

function fileOf(dir: string, url: string): string | undefined {
  if (!isOwnAddress(url)) return undefined;
  try {
    const path = decodeURIComponent(new URL(url).pathname);
    const file = join(dir, normalize(path === '/' || path === '' ? '/index.html' : path));
    return file.startsWith(dir + sep) ? file : undefined;
  } catch (error) {
    if (error instanceof URIError) return undefined;
    throw error;
  }
}
