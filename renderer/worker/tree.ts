import { isMissing, isReplaced, unlessMissing, writeFault } from './storage-faults';

/** How the names of files begin that are still being written; browsers end theirs with `.crswap`. */
const TEMPORARY = '.teal-new-';
/** how often a reader begins again that writers overtake */
const READS = 20;

/**
 * The browser's private storage as a tree of absolute paths with `/`. Whole files are written so that a reader, and the next start
 * after a crash, sees the old or the new one.
 */
export interface Tree {
  /** the bytes at a path, null where there is no file */
  file(path: string): Promise<File | null>;
  text(path: string): Promise<string | null>;
  write(path: string, content: string | Blob): Promise<void>;
  /** takes the pieces in order; nothing is at the path until all are there */
  pour(path: string, pieces: AsyncIterable<Uint8Array>): Promise<void>;
  /** over whatever is there */
  move(from: string, to: string): Promise<void>;
  remove(path: string): Promise<void>;
  /** names of what lies in a folder, sorted; none where there is no folder */
  list(path: string): Promise<readonly TreeEntry[]>;
  /** an empty file, open for writing at any place until it is closed */
  open(path: string): Promise<FileSystemSyncAccessHandle>;
}

export interface TreeEntry {
  readonly name: string;
  readonly isFolder: boolean;
}

export function createTree(root: FileSystemDirectoryHandle): Tree {
  const fileAt = (path: string, create: boolean) => findFile(root, path, create);
  const move: Tree['move'] = async (from, to) => {
    const { folder, name } = await placeOf(root, to, true);
    await (await fileAt(from, false)).move(folder, name);
  };
  // Moved into place at the end: a file that is new would be there empty before its content.
  const pour: Tree['pour'] = async (path, pieces) => {
    const temporary = TEMPORARY + crypto.randomUUID();
    try {
      const { folder, name } = await placeOf(root, path, true);
      await pourInto({ folder, name, temporary }, pieces);
    } catch (thrown) {
      throw writeFault(thrown, path);
    }
  };
  const file: Tree['file'] = (path) => unlessMissing(async () => (await fileAt(path, false)).getFile());
  return {
    file,
    pour,
    text: (path) => readWhole(() => file(path)),
    write: (path, content) => pour(path, piecesOf(content)),
    move,
    remove: (path) => removeAt(root, path),
    list: async (path) =>
      (await unlessMissing(async () => entriesOf(await findFolder(root, partsOf(path), false)))) ?? [],
    async open(path) {
      return (await fileAt(path, true)).createSyncAccessHandle();
    },
  };
}

/** All files below a folder, as absolute paths; `enter` says of a folder's name whether it is looked into. */
export async function filesBelow(
  tree: Tree,
  folder: string,
  enter: (name: string) => boolean = () => true,
): Promise<readonly string[]> {
  const found: string[] = [];
  for (const { name, isFolder } of await tree.list(folder)) {
    const path = `${folder}/${name}`;
    if (!isFolder) found.push(path);
    else if (enter(name)) found.push(...(await filesBelow(tree, path, enter)));
  }
  return found;
}

/** A path for a file that is still being written, in the folder of what it will be. */
export function temporaryBeside(path: string): string {
  return `${path.replace(/[^/]*$/, '')}${TEMPORARY}${crypto.randomUUID()}`;
}

/** The bytes of a file, as fast as they are taken. */
export function piecesOf(content: string | Blob): AsyncIterable<Uint8Array> {
  return piecesOfStream(new Blob([content]).stream());
}

export async function* piecesOfStream(stream: ReadableStream<Uint8Array>): AsyncIterable<Uint8Array> {
  const reader = stream.getReader();
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return;
    yield value;
  }
}

/** A file that is replaced while it is read is gone for its reader, who then reads the new one. */
async function readWhole(find: () => Promise<File | null>): Promise<string | null> {
  for (let left = READS; ; left--) {
    const file = await find();
    if (!file) return null;
    try {
      return await file.text();
    } catch (thrown) {
      if (left === 0 || !isReplaced(thrown)) throw thrown;
    }
  }
}

async function pourInto(
  place: { readonly folder: FileSystemDirectoryHandle; readonly name: string; readonly temporary: string },
  pieces: AsyncIterable<Uint8Array>,
): Promise<void> {
  const { folder, name, temporary } = place;
  const handle = await folder.getFileHandle(temporary, { create: true });
  try {
    await writePieces(handle, pieces);
    await handle.move(folder, name);
  } catch (thrown) {
    await unlessMissing(() => folder.removeEntry(temporary));
    throw thrown;
  }
}

async function writePieces(handle: FileSystemFileHandle, pieces: AsyncIterable<Uint8Array>): Promise<void> {
  const out = await handle.createSyncAccessHandle();
  try {
    let at = 0;
    for await (const piece of pieces) {
      writePiece(out, piece, at);
      at += piece.length;
    }
    out.flush();
  } finally {
    out.close();
  }
}

/** Writes all of a piece or throws: at the end of the room some browsers give an error's number as the bytes written. */
export function writePiece(handle: FileSystemSyncAccessHandle, piece: Uint8Array, at: number): void {
  if (handle.write(piece, { at }) !== piece.length)
    throw new DOMException('Not all was written.', 'QuotaExceededError');
}

async function removeAt(root: FileSystemDirectoryHandle, path: string): Promise<void> {
  await unlessMissing(async () => {
    const { folder, name } = await placeOf(root, path, false);
    await folder.removeEntry(name, { recursive: true });
  });
}

async function entriesOf(folder: FileSystemDirectoryHandle): Promise<readonly TreeEntry[]> {
  const found: TreeEntry[] = [];
  for await (const [name, handle] of folder.entries()) {
    if (name.endsWith('.crswap') || name.startsWith(TEMPORARY)) continue;
    found.push({ name, isFolder: handle.kind === 'directory' });
  }
  return found.toSorted((a, b) => (a.name < b.name ? -1 : 1));
}

async function findFile(root: FileSystemDirectoryHandle, path: string, create: boolean) {
  const { folder, name } = await placeOf(root, path, create);
  try {
    return await folder.getFileHandle(name, { create });
  } catch (thrown) {
    throw create && !isMissing(thrown) ? writeFault(thrown, path) : thrown;
  }
}

async function placeOf(root: FileSystemDirectoryHandle, path: string, create: boolean) {
  const parts = partsOf(path);
  const name = parts.pop();
  if (name === undefined) throw new DOMException('The root is no file.', 'TypeMismatchError');
  return { folder: await findFolder(root, parts, create), name };
}

async function findFolder(
  root: FileSystemDirectoryHandle,
  parts: readonly string[],
  create: boolean,
): Promise<FileSystemDirectoryHandle> {
  let folder = root;
  for (const part of parts) folder = await folder.getDirectoryHandle(part, { create });
  return folder;
}

function partsOf(path: string): string[] {
  return path.split('/').filter((part) => part !== '');
}
