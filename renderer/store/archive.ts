import { crc32 } from '../../shared/base/crc32';
import { localHeader, type StoredFile, zipEnd } from '../../shared/base/zip';
import { isSkippedFolder } from '../../shared/project/path-pattern';

/** A file of a folder that was dropped or chosen; its path begins with the folder's name. */
export interface FolderFile {
  readonly path: string;
  readonly file: File;
}

/** Whether these files are one project that was packed. */
export function isArchive(files: readonly File[]): boolean {
  return files.length === 1 && /\.zip$/i.test(files[0]?.name ?? '');
}

/** Whether a folder is a project: `config.yaml` lies at its top. */
export function isProjectFolder(files: readonly FolderFile[]): boolean {
  return files.some(({ path }) => /^[^/]+\/config\.ya?ml$/.test(path));
}

/** A folder as the ZIP that its own download would be; nothing is copied before it is read. */
export async function packFolder(files: readonly FolderFile[]): Promise<File> {
  const own = files.filter(({ path }) => !path.split('/').slice(0, -1).some(isSkippedFolder));
  const parts: BlobPart[] = [];
  const stored: StoredFile[] = [];
  for (const { path, file } of own) {
    const entry = { path, bytes: file.size, crc: await crcOf(file) };
    stored.push(entry);
    parts.push(localHeader(entry) as Uint8Array<ArrayBuffer>, file);
  }
  const name = own[0]?.path.split('/')[0] ?? 'project';
  return new File([...parts, zipEnd(stored) as Uint8Array<ArrayBuffer>], `${name}.zip`);
}

async function crcOf(file: File): Promise<number> {
  let crc = 0;
  const reader = file.stream().getReader();
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return crc;
    crc = crc32(crc, value);
  }
}
