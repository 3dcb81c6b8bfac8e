import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { crc32 } from '../../../shared/base/crc32';
import { Fault } from '../../../shared/base/errors';
import {
  findZipList,
  localHeader,
  localHeaderBytes,
  readZipList,
  type StoredFile,
  zipEnd,
} from '../../../shared/base/zip';

const TEXTS = { 'config.yaml': 'project: p\n', 'docs/größe.md': '# Größe\n', 'raw/empty.csv': '' };

function packed(texts: Readonly<Record<string, string>>): { files: StoredFile[]; bytes: Buffer } {
  const contents = Object.entries(texts).map(([path, text]) => ({ path, data: Buffer.from(text) }));
  const files = contents.map(({ path, data }) => ({ path, bytes: data.length, crc: crc32(0, data) }));
  const parts = contents.flatMap(({ data }, index) => [
    localHeader(files[index] ?? { path: '', bytes: 0, crc: 0 }),
    data,
  ]);
  return { files, bytes: Buffer.concat([...parts, zipEnd(files)]) };
}

test('what was packed is found again, byte for byte', () => {
  const { files, bytes } = packed(TEXTS);
  const list = findZipList(bytes);
  const found = readZipList(bytes.subarray(list.at, list.at + list.bytes));
  expect(found).toMatchObject(files);
  for (const file of found) {
    const start = file.at + localHeaderBytes(bytes.subarray(file.at, file.at + 30));
    expect(bytes.subarray(start, start + file.bytes).toString()).toBe(TEXTS[file.path as keyof typeof TEXTS]);
  }
});

test('Python, another reader of the format, reads it and finds no fault', () => {
  const dir = mkdtempSync(join(tmpdir(), 'teal-zip-'));
  const file = join(dir, 'project.zip');
  writeFileSync(file, packed(TEXTS).bytes);
  const program =
    'import sys, zipfile, json; z = zipfile.ZipFile(sys.argv[1]); assert z.testzip() is None; ' +
    'json.dump({n: z.read(n).decode() for n in z.namelist()}, sys.stdout)';
  expect(JSON.parse(execFileSync('python3', ['-c', program, file], { encoding: 'utf8' }))).toEqual(TEXTS);
  rmSync(dir, { recursive: true });
});

test('what is no ZIP file, or was cut short, is said plainly', () => {
  const { bytes } = packed(TEXTS);
  expect(() => findZipList(readFileSync('package.json'))).toThrow(Fault);
  expect(() => findZipList(bytes.subarray(0, bytes.length - 30))).toThrow(/no ZIP file/);
  expect(() => findZipList(new Uint8Array(3))).toThrow(/no ZIP file/);
});

test('more than four gigabytes are refused before anything is written', () => {
  const huge = { path: 'warehouse', bytes: 3 * 1024 ** 3, crc: 1 };
  expect(() => zipEnd([huge, huge])).toThrow(/more than 4 GB/);
});
