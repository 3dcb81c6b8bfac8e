import { randomUUID } from 'node:crypto';
import { mkdir, open, readdir, rm, stat, statfs } from 'node:fs/promises';
import { join } from 'node:path';
import { type Fault, fault } from '../../shared/base/errors';
import { writeFault } from './atomic-file';

/** Files that come in pieces, each in a folder of its own until it is used. */
export interface Uploads {
  begin(name: string, bytes: number): Promise<string>;
  /** gives the bytes received so far; a piece that was received already may come again */
  write(upload: string, offset: number, data: Uint8Array): Promise<number>;
  /** path of a whole upload, under its own name */
  path(upload: string): Promise<string>;
}

interface Upload {
  readonly file: string;
  readonly bytes: number;
  received: number;
}

const day = 86_400_000;

/** Keeps uploads below a folder; those of more than a day ago are removed when the next one begins. */
export function createUploads(folder: string, now: () => number): Uploads {
  const uploads = new Map<string, Upload>();
  const find = (upload: string): Upload => {
    const found = uploads.get(upload);
    if (!found) throw refused('There is no such upload.');
    return found;
  };
  return {
    async begin(name, bytes) {
      if (!Number.isSafeInteger(bytes) || bytes < 0)
        throw refused('The size of an upload is a number of bytes.');
      await mkdir(folder, { recursive: true, mode: 0o700 });
      await removeOld(folder, now() - day);
      await checkRoom(folder, name, bytes);
      const upload = randomUUID();
      const file = join(folder, upload, safeName(name));
      await mkdir(join(folder, upload), { mode: 0o700 });
      await (await open(file, 'wx', 0o600)).close();
      uploads.set(upload, { file, bytes, received: 0 });
      return upload;
    },
    async write(upload, offset, data) {
      const found = find(upload);
      if (offset < 0 || offset > found.received)
        throw refused(`The next piece begins at ${found.received}, not at ${offset}.`);
      if (offset + data.length > found.bytes)
        throw refused(`The upload was announced with ${found.bytes} bytes.`);
      await writeAt(found.file, offset, data);
      found.received = Math.max(found.received, offset + data.length);
      return found.received;
    },
    async path(upload) {
      const found = find(upload);
      if (found.received === found.bytes) return found.file;
      throw refused(`${found.received} of ${found.bytes} bytes have come.`);
    },
  };
}

/** The last part of a name without what some disk refuses; never empty, never a folder, at most 120 characters. */
export function safeName(name: string): string {
  const last = name.split(/[/\\]/).at(-1) ?? '';
  const clean = last
    .replace(/[\p{Cc}<>:"|?*]/gu, '_')
    .replace(/^\.+/, '')
    .replace(/[. ]+$/, '');
  const cut = clean.length > 120 ? clean.slice(-120) : clean;
  return /^(con|prn|aux|nul|com\d|lpt\d)(\.|$)/i.test(cut) ? `_${cut}` : cut || 'file';
}

async function writeAt(path: string, offset: number, data: Uint8Array): Promise<void> {
  const file = await open(path, 'r+');
  try {
    await file.write(data, 0, data.length, offset);
  } catch (thrown) {
    throw writeFault(thrown, path);
  } finally {
    await file.close();
  }
}

async function checkRoom(folder: string, name: string, bytes: number): Promise<void> {
  const disk = await statfs(folder);
  if (disk.bavail * disk.bsize > bytes) return;
  throw fault('engine.disk_full', `The disk has no room for ${safeName(name)}.`, {
    kept: 'Nothing was written.',
    remedy: 'Free space on the disk, then try again.',
  });
}

async function removeOld(folder: string, before: number): Promise<void> {
  for (const name of await readdir(folder)) {
    const found = await stat(join(folder, name)).catch(() => null);
    if (found && found.mtimeMs < before) await rm(join(folder, name), { recursive: true, force: true });
  }
}

function refused(message: string): Fault {
  return fault('usage.invalid', message, {
    kept: 'What was received stays.',
    remedy: 'Begin the upload again.',
  });
}
