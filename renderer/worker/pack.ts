import { crc32 } from '../../shared/base/crc32';
import { localHeader, type StoredFile, zipEnd } from '../../shared/base/zip';
import { isSkippedFolder } from '../../shared/project/path-pattern';
import { calledOff } from './storage-faults';
import { filesBelow, piecesOf, type Tree } from './tree';

export interface PackRequest {
  readonly dir: string;
  readonly warehouse: boolean;
}

/**
 * A ZIP of a project as an address. It takes no room: it is made of the files where they lie, and is read when it is saved; a file
 * that changes before that fails the download, never gives a mixture.
 */
export async function packProject(
  tree: Tree,
  request: PackRequest,
  signal: AbortSignal,
): Promise<{ url: string; name: string; bytes: number }> {
  const { dir, warehouse } = request;
  const name = dir.replace(/^.*\//, '');
  const paths = await filesBelow(tree, dir, (folder) => warehouse || !isSkippedFolder(folder));
  const parts: BlobPart[] = [];
  const files: StoredFile[] = [];
  for (const path of paths) {
    const content = await tree.file(path);
    if (!content) continue;
    const file = {
      path: `${name}/${path.slice(dir.length + 1)}`,
      bytes: content.size,
      crc: await crcOf(content, signal),
    };
    files.push(file);
    parts.push(localHeader(file) as Uint8Array<ArrayBuffer>, content);
  }
  const zip = new Blob([...parts, zipEnd(files) as Uint8Array<ArrayBuffer>], { type: 'application/zip' });
  return { url: URL.createObjectURL(zip), name: `${name}.zip`, bytes: zip.size };
}

async function crcOf(file: File, signal: AbortSignal): Promise<number> {
  let crc = 0;
  for await (const piece of piecesOf(file)) {
    if (signal.aborted) throw calledOff(file.name);
    crc = crc32(crc, piece);
  }
  return crc;
}
