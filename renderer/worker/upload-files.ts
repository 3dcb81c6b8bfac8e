import type { UploadStore } from '../../shared/service/uploads';
import { isMissing, writeFault } from './storage-faults';
import type { Tree } from './tree';

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
      // at the end of the room some browsers throw, and some give an error's number as the bytes written
      if (writeWhole(handle, data, offset) !== data.length)
        throw writeFault(new DOMException('Not all was written.', 'QuotaExceededError'), path);
    },
    async finish(path) {
      const handle = open.get(path);
      open.delete(path);
      handle?.flush();
      handle?.close();
    },
  };
}

function writeWhole(handle: FileSystemSyncAccessHandle, data: Uint8Array, offset: number): number {
  try {
    return handle.write(data, { at: offset });
  } catch (thrown) {
    throw writeFault(thrown, 'the file');
  }
}

/** Another tab may be sending it still. */
async function removeUnlessOpen(tree: Tree, path: string): Promise<void> {
  try {
    await tree.remove(path);
  } catch (thrown) {
    if (!isMissing(thrown) && !(thrown instanceof DOMException)) throw thrown;
  }
}
