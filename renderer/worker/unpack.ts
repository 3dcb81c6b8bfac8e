import { crc32 } from '../../shared/base/crc32';
import { fault } from '../../shared/base/errors';
import { findZipList, localHeaderBytes, readZipList, ZIP_TAIL, type ZippedFile } from '../../shared/base/zip';
import { calledOff } from './storage-faults';
import { piecesOf, piecesOfStream, type Tree } from './tree';

const STORED = 0;
const DEFLATED = 8;

/** Writes the files of a ZIP below a folder. One that all its files lie in is left out, as archives of a folder have it. */
export async function unpackProject(
  tree: Tree,
  request: { readonly zip: string; readonly dir: string },
  signal: AbortSignal,
): Promise<void> {
  const zip = await tree.file(request.zip);
  if (!zip) throw notProject('The file is not there any more.');
  const files = await listFiles(zip);
  const root = rootOf(files);
  for (const file of files) {
    if (signal.aborted) throw calledOff(zip.name);
    const path = file.path.slice(root.length);
    await tree.pour(`${request.dir}/${path}`, checkedPieces(zip, file));
  }
}

async function listFiles(zip: File): Promise<readonly ZippedFile[]> {
  const list = findZipList(await bytesOf(zip, Math.max(0, zip.size - ZIP_TAIL), zip.size));
  const files = readZipList(await bytesOf(zip, list.at, list.at + list.bytes));
  for (const { path } of files) {
    if (path.startsWith('/') || /\\|\0|^[a-z]:/i.test(path) || path.split('/').includes('..'))
      throw notProject(`${path} would lie outside the project.`);
  }
  // what systems add of their own when they pack a folder
  return files.filter(({ path }) => !/(^|\/)(__MACOSX|\.DS_Store|Thumbs\.db)(\/|$)/.test(path));
}

/** The folder in which `config.yaml` lies, with a `/` at its end; empty where it lies at the top. */
function rootOf(files: readonly ZippedFile[]): string {
  const configs = files.filter(({ path }) => /(^|\/)config\.ya?ml$/.test(path));
  const nearest = configs.toSorted((a, b) => a.path.split('/').length - b.path.split('/').length)[0];
  const root = nearest?.path.replace(/[^/]*$/, '');
  if (root === undefined || !files.every(({ path }) => path.startsWith(root)))
    throw notProject('It holds no project: there is no config.yaml above all its files.');
  return root;
}

async function* checkedPieces(zip: File, file: ZippedFile): AsyncIterable<Uint8Array> {
  let crc = 0;
  for await (const piece of await contentOf(zip, file)) {
    crc = crc32(crc, piece);
    yield piece;
  }
  if (crc !== file.crc) throw notProject(`${file.path} was damaged on its way.`);
}

async function contentOf(zip: File, file: ZippedFile): Promise<AsyncIterable<Uint8Array>> {
  const start = file.at + localHeaderBytes(await bytesOf(zip, file.at, file.at + 30));
  const packed = zip.slice(start, start + file.packedBytes);
  if (file.method === STORED) return piecesOf(packed);
  if (file.method !== DEFLATED) throw notProject(`${file.path} is packed in a way that is not known here.`);
  return piecesOfStream(packed.stream().pipeThrough(new DecompressionStream('deflate-raw')));
}

async function bytesOf(zip: File, from: number, to: number): Promise<Uint8Array> {
  return new Uint8Array(await zip.slice(from, to).arrayBuffer());
}

function notProject(message: string) {
  return fault('project.invalid', message, {
    kept: 'No project was made.',
    remedy: 'Choose the ZIP of a project, as Teal or a system packs it.',
  });
}
