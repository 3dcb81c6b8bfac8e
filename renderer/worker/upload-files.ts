import type { UploadStore } from '../../shared/service/uploads';
import { isMissing, writeFault } from './storage-faults';
import { type Tree, writePiece } from './tree';

const DAY = 86_400_000;
const FOLDER = '/uploads';

/** Whether a path is of a file that came in pieces. */
export function isUpload(path: string): boolean {
  return path.startsWith(`${FOLDER}/`);
}

/** Keeps uploads in the browser's storage, each open for writing until it is whole. */
export function createUploadFiles(
  tree: Tree,
  room: { hasRoom(bytes: number): Promise<boolean>; now(): number },
): UploadStore {
  const open = new Map<string, FileSystemSyncAccessHandle>();
  return {
    // once by its hash, and once below raw/ under its own name
    needOfByte: 2,
    newId: () => `${room.now()}-${crypto.randomUUID()}`,
    hasRoom: room.hasRoom,
    async removeOld() {
      for (const { name } of await tree.list(FOLDER))
        if (Number(name.split('-')[0]) < room.now() - DAY) await removeUnlessOpen(tree, `${FOLDER}/${name}`);
    },
    async create(upload, name) {
      const path = `${FOLDER}/${upload}/${name}`;
      open.set(path, await tree.open(path));
      return path;
    },
    async writeAt(path, offset, data) {
      const handle = open.get(path);
      if (!handle) throw new Error(`${path} is not open.`);
      try {
        writePiece(handle, data, offset);
      } catch (thrown) {
        throw writeFault(thrown, path);
      }
    },
    async finish(path) {
      const handle = open.get(path);
      open.delete(path);
      handle?.flush();
      handle?.close();
    },
  };
}

/** Another tab may be sending it still. */
async function removeUnlessOpen(tree: Tree, path: string): Promise<void> {
  try {
    await tree.remove(path);
  } catch (thrown) {
    if (!isMissing(thrown) && !(thrown instanceof DOMException)) throw thrown;
  }
}
