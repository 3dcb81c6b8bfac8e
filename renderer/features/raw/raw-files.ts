import type { RawInput } from '../../store/raw-input';
import { getFilePicker } from '../../store/shell';

const READABLE = /\.(parquet|parq|pq|csv|tsv|txt|json|jsonl|ndjson)(\.(gz|gzip|zst))?$/i;
const ACCEPTED = '.parquet,.parq,.pq,.csv,.tsv,.txt,.json,.jsonl,.ndjson,.gz,.gzip,.zst';

/** Whether a file found in a folder looks like raw data; hidden ones do not. */
export function isRawFile(name: string): boolean {
  return !name.startsWith('.') && READABLE.test(name);
}

/** Asks for files, or for a folder of which the raw files are taken; empty when nothing was chosen. */
export async function pickFiles(from: 'files' | 'folder'): Promise<readonly RawInput[]> {
  const pick = getFilePicker();
  if (!pick) return pickInPage(from);
  const paths = await pick(from);
  return from === 'folder' ? paths.filter((path) => isRawFile(path.replace(/^.*[\\/]/, ''))) : paths;
}

function pickInPage(from: 'files' | 'folder'): Promise<File[]> {
  const input = document.createElement('input');
  input.type = 'file';
  if (from === 'folder') input.webkitdirectory = true;
  else Object.assign(input, { multiple: true, accept: ACCEPTED });
  return new Promise((resolve) => {
    input.addEventListener('cancel', () => resolve([]));
    input.addEventListener('change', () => {
      const chosen = [...(input.files ?? [])];
      resolve(from === 'folder' ? chosen.filter(({ name }) => isRawFile(name)) : chosen);
    });
    input.click();
  });
}

/** The files of a drop; folders in it are walked and give their raw files. Call it at once: the browser forgets the drop. */
export function droppedFiles(transfer: DataTransfer): Promise<File[]> {
  const found = [...transfer.items].map((item): Promise<File[]> => {
    const entry = item.webkitGetAsEntry();
    // What does not come from a disk, as a picture out of a page, is a file without an entry.
    const file = entry ? null : item.getAsFile();
    return entry ? filesOf(entry) : Promise.resolve(file ? [file] : []);
  });
  return Promise.all(found).then((files) => files.flat());
}

async function filesOf(entry: FileSystemEntry, isInFolder = false): Promise<File[]> {
  if (isFile(entry)) {
    if (isInFolder && !isRawFile(entry.name)) return [];
    return [await new Promise<File>((resolve, reject) => entry.file(resolve, reject))];
  }
  if (!isFolder(entry)) return [];
  const reader = entry.createReader();
  const files: File[] = [];
  // A reader gives a hundred at a time, and an empty list at the end.
  for (let read = await readSome(reader); read.length > 0; read = await readSome(reader)) {
    for (const child of read) files.push(...(await filesOf(child, true)));
  }
  return files;
}

function readSome(reader: FileSystemDirectoryReader): Promise<FileSystemEntry[]> {
  return new Promise((resolve, reject) => reader.readEntries(resolve, reject));
}

function isFile(entry: FileSystemEntry): entry is FileSystemFileEntry {
  return entry.isFile;
}

function isFolder(entry: FileSystemEntry): entry is FileSystemDirectoryEntry {
  return entry.isDirectory;
}
