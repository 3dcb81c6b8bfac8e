import { fault } from './errors';

/** A file of a ZIP that is stored as it is. */
export interface StoredFile {
  /** relative, with `/` */
  readonly path: string;
  readonly bytes: number;
  readonly crc: number;
}

/** A file as the directory of a ZIP names it; `method` is 0 for stored and 8 for deflated. */
export interface ZippedFile extends StoredFile {
  readonly method: number;
  readonly packedBytes: number;
  /** where its own header begins */
  readonly at: number;
}

/** Where the list of files of a ZIP lies. */
export interface ZipList {
  readonly at: number;
  readonly bytes: number;
}

/** As much of a ZIP's end as must be read to find its list. */
export const ZIP_TAIL = 22 + 0xffff;

const LOCAL = 0x04034b50;
const LISTED = 0x02014b50;
const END = 0x06054b50;
const UTF8 = 0x0800;
const VERSION = 20;
const FIRST_OF_JANUARY_1980 = 0x21;
const MOST = 0xffffffff;

/** What stands before a file's bytes. */
export function localHeader(file: StoredFile): Uint8Array {
  return record(LOCAL, file, (put) => {
    put.head();
    put.u16(0);
  });
}

/** What stands after the last file: the list of all, in the order in which they were written, and the end. */
export function zipEnd(files: readonly StoredFile[]): Uint8Array {
  let at = 0;
  const list = files.map((file) => {
    const start = at;
    at += localHeader(file).length + file.bytes;
    return record(LISTED, file, (put) => {
      put.u16(VERSION);
      put.head();
      for (const _ of ['extra', 'comment', 'disk', 'kind']) put.u16(0);
      put.u32(0);
      put.u32(start);
    });
  });
  const bytes = list.reduce((sum, entry) => sum + entry.length, 0);
  if (at + bytes > MOST || files.length >= 0xffff) throw tooLarge();
  const end = new Uint8Array(22);
  const view = new DataView(end.buffer);
  view.setUint32(0, END, true);
  view.setUint16(8, files.length, true);
  view.setUint16(10, files.length, true);
  view.setUint32(12, bytes, true);
  view.setUint32(16, at, true);
  return joined([...list, end]);
}

/** Finds the list in the last `ZIP_TAIL` bytes of a ZIP, or in all of it where it is shorter. */
export function findZipList(tail: Uint8Array): ZipList {
  const view = viewOf(tail);
  for (let at = tail.length - 22; at >= 0; at--) {
    if (view.getUint32(at, true) !== END) continue;
    const list = { bytes: view.getUint32(at + 12, true), at: view.getUint32(at + 16, true) };
    if (list.at === MOST) throw tooLarge();
    return list;
  }
  throw fault('usage.invalid', 'This is no ZIP file, or its end is missing.', {
    kept: 'Nothing was unpacked.',
    remedy: 'Download it again.',
  });
}

/** The files that the list of a ZIP names; folders are left out. */
export function readZipList(list: Uint8Array): readonly ZippedFile[] {
  const view = viewOf(list);
  const files: ZippedFile[] = [];
  for (let at = 0; at + 46 <= list.length && view.getUint32(at, true) === LISTED; ) {
    const nameLength = view.getUint16(at + 28, true);
    const path = new TextDecoder().decode(list.subarray(at + 46, at + 46 + nameLength));
    if (!path.endsWith('/'))
      files.push({
        path,
        method: view.getUint16(at + 10, true),
        crc: view.getUint32(at + 16, true),
        packedBytes: view.getUint32(at + 20, true),
        bytes: view.getUint32(at + 24, true),
        at: view.getUint32(at + 42, true),
      });
    at += 46 + nameLength + view.getUint16(at + 30, true) + view.getUint16(at + 32, true);
  }
  return files;
}

/** How long a file's own header is, from its first 30 bytes. */
export function localHeaderBytes(start: Uint8Array): number {
  const view = viewOf(start);
  return 30 + view.getUint16(26, true) + view.getUint16(28, true);
}

interface Put {
  u16(value: number): void;
  u32(value: number): void;
  /** what both kinds of header say of a file */
  head(): void;
}

function record(mark: number, file: StoredFile, fill: (put: Put) => void): Uint8Array {
  const name = new TextEncoder().encode(file.path);
  const bytes: number[] = [];
  const u16 = (value: number): void => void bytes.push(value & 0xff, (value >>> 8) & 0xff);
  const u32 = (value: number): void => {
    u16(value);
    u16(value >>> 16);
  };
  const head = (): void => {
    for (const value of [VERSION, UTF8, 0, 0, FIRST_OF_JANUARY_1980]) u16(value);
    for (const value of [file.crc, file.bytes, file.bytes]) u32(value);
    u16(name.length);
  };
  u32(mark);
  fill({ u16, u32, head });
  return joined([Uint8Array.from(bytes), name]);
}

function joined(parts: readonly Uint8Array[]): Uint8Array {
  const out = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    out.set(part, at);
    at += part.length;
  }
  return out;
}

function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

function tooLarge() {
  return fault('usage.invalid', 'A ZIP file of more than 4 GB or 65,534 files cannot be used here.', {
    kept: 'The project stays as it is.',
    remedy: 'Leave the warehouse out; a plan fills it again.',
  });
}
