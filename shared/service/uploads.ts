import { type Fault, fault } from '../base/errors';
import { safeName } from '../project/folder-rules';

/** Files that come in pieces, each in a place of its own until it is used. */
export interface Uploads {
  begin(name: string, bytes: number, ahead?: number): Promise<string>;
  /** gives the bytes received so far; a piece that was received already may come again */
  write(upload: string, offset: number, data: Uint8Array): Promise<number>;
  /** path of a whole upload, under its own name */
  path(upload: string): Promise<string>;
}

/** Where a platform puts uploads. */
export interface UploadStore {
  newId(): string;
  /** removes uploads of more than a day ago, whose senders are gone */
  removeOld(): Promise<void>;
  hasRoom(bytes: number): Promise<boolean>;
  /** how much room a file takes, for each byte of it, until it is in a project */
  readonly needOfByte: number;
  /** makes an empty file and gives its path */
  create(upload: string, name: string): Promise<string>;
  writeAt(path: string, offset: number, data: Uint8Array): Promise<void>;
  /** the file is whole, and will be read by its path */
  finish(path: string): Promise<void>;
}

interface Upload {
  readonly file: string;
  readonly bytes: number;
  received: number;
}

/** Takes in files by pieces, within what was announced and within the room there is. */
export function createUploads(store: UploadStore): Uploads {
  const uploads = new Map<string, Upload>();
  const find = (upload: string): Upload => {
    const found = uploads.get(upload);
    if (!found) throw refused('There is no such upload.');
    return found;
  };
  return {
    async begin(name, bytes, ahead = 0) {
      if (![bytes, ahead].every((count) => Number.isSafeInteger(count) && count >= 0))
        throw refused('The size of an upload is a number of bytes.');
      await store.removeOld();
      if (!(await store.hasRoom((bytes + ahead) * store.needOfByte))) throw noRoom(safeName(name));
      const upload = store.newId();
      uploads.set(upload, { file: await store.create(upload, safeName(name)), bytes, received: 0 });
      return upload;
    },
    async write(upload, offset, data) {
      const found = find(upload);
      if (offset < 0 || offset > found.received)
        throw refused(`The next piece begins at ${found.received}, not at ${offset}.`);
      if (offset + data.length > found.bytes)
        throw refused(`The upload was announced with ${found.bytes} bytes.`);
      await store.writeAt(found.file, offset, data);
      found.received = Math.max(found.received, offset + data.length);
      return found.received;
    },
    async path(upload) {
      const found = find(upload);
      if (found.received !== found.bytes)
        throw refused(`${found.received} of ${found.bytes} bytes have come.`);
      await store.finish(found.file);
      return found.file;
    },
  };
}

function noRoom(name: string): Fault {
  return fault('engine.disk_full', `There is no room for ${name}.`, {
    kept: 'Nothing was written.',
    remedy: 'Free space, then try again.',
  });
}

function refused(message: string): Fault {
  return fault('usage.invalid', message, {
    kept: 'What was received stays.',
    remedy: 'Begin the upload again.',
  });
}
