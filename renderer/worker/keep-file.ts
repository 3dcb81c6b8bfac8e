import { createSha256 } from '../../shared/base/sha256';
import { keptPath } from '../../shared/project/folder-rules';
import type { KeptContent } from '../../shared/service/keep-index';
import { calledOff, fileMissing } from './storage-faults';
import { piecesOf, type Tree, temporaryBeside } from './tree';

/** SHA-256 of a file as 64 hex digits, read by pieces; null where it is gone. */
export async function hashFile(tree: Tree, path: string, signal?: AbortSignal): Promise<string | null> {
  const file = await tree.file(path);
  if (!file) return null;
  const hash = createSha256();
  for await (const piece of piecesOf(file)) {
    if (signal?.aborted) throw calledOff(path);
    hash.update(piece);
  }
  return hash.digest();
}

/**
 * Keeps a file below `.teal/raw/` by its hash. An upload is moved there, since nobody else has it; anything else is copied, and
 * the hash is of what is kept. Nothing is left behind by a copy that fails or is called off.
 */
export async function keepFile(
  tree: Tree,
  request: { readonly dir: string; readonly path: string; readonly isUpload: boolean },
  signal?: AbortSignal,
): Promise<KeptContent> {
  const { dir, path, isUpload } = request;
  if (signal?.aborted) throw calledOff(path);
  const file = await tree.file(path);
  if (!file) throw fileMissing(path, 'is not there');
  const temporary = temporaryBeside(`${dir}/.teal/raw/file`);
  try {
    const sha256 = isUpload
      ? await hashFile(tree, path, signal)
      : await copyHashed(tree, { file, path, to: temporary }, signal);
    if (sha256 === null) throw fileMissing(path, 'is not there any more');
    const kept = keptPath(sha256, path);
    const before = await tree.file(`${dir}/${kept}`);
    if (before?.size !== file.size) await tree.move(isUpload ? path : temporary, `${dir}/${kept}`);
    else if (isUpload) await tree.remove(path);
    return { kept, sha256, bytes: file.size };
  } finally {
    await tree.remove(temporary);
  }
}

async function copyHashed(
  tree: Tree,
  copy: { readonly file: File; readonly path: string; readonly to: string },
  signal?: AbortSignal,
): Promise<string> {
  const hash = createSha256();
  async function* hashed(): AsyncIterable<Uint8Array> {
    for await (const piece of piecesOf(copy.file)) {
      if (signal?.aborted) throw calledOff(copy.path);
      hash.update(piece);
      yield piece;
    }
  }
  await tree.pour(copy.to, hashed());
  return hash.digest();
}
