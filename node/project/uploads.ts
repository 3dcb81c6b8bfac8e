import { randomUUID } from 'node:crypto';
import { mkdir, open, readdir, rm, stat, statfs } from 'node:fs/promises';
import { join } from 'node:path';
import type { UploadStore } from '../../shared/service/uploads';
import { writeFault } from './atomic-file';

const day = 86_400_000;

/** Keeps uploads below a folder; those of more than a day ago are removed when the next one begins. */
export function createUploadFolder(folder: string, now: () => number): UploadStore {
  return {
    needOfByte: 1,
    newId: randomUUID,
    async removeOld() {
      await mkdir(folder, { recursive: true, mode: 0o700 });
      await removeOld(folder, now() - day);
    },
    async hasRoom(bytes) {
      const disk = await statfs(folder);
      return disk.bavail * disk.bsize > bytes;
    },
    async create(upload, name) {
      const file = join(folder, upload, name);
      await mkdir(join(folder, upload), { mode: 0o700 });
      await (await open(file, 'wx', 0o600)).close();
      return file;
    },
    writeAt,
    // every piece is on disk when its write ends
    finish: async () => undefined,
  };
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

async function removeOld(folder: string, before: number): Promise<void> {
  for (const name of await readdir(folder)) {
    const found = await stat(join(folder, name)).catch(() => null);
    if (found && found.mtimeMs < before) await rm(join(folder, name), { recursive: true, force: true });
  }
}
