import { expect, test } from 'vitest';
import { isArchive, isProjectFolder, packFolder } from '../../../renderer/store/archive';
import { findZipList, readZipList } from '../../../shared/base/zip';

const file = (path: string, text = path) => ({ path, file: new File([text], path.replace(/^.*\//, '')) });

test('a ZIP by itself is an archive, among others it is not', () => {
  expect(isArchive([new File([], 'sushi.ZIP')])).toBe(true);
  expect(isArchive([new File([], 'a.zip'), new File([], 'b.csv')])).toBe(false);
  expect(isArchive([new File([], 'a.csv')])).toBe(false);
  expect(isArchive([])).toBe(false);
});

test('a folder is a project where its config lies at its top', () => {
  expect(isProjectFolder([file('shop/raw/a.csv'), file('shop/config.yml')])).toBe(true);
  expect(isProjectFolder([file('shop/deep/config.yaml')])).toBe(false);
});

test("a folder is packed under its name, without Git's, Node's and Teal's own", async () => {
  const packed = await packFolder([
    file('shop/config.yaml'),
    file('shop/.git/HEAD'),
    file('shop/.teal/warehouse.duckdb'),
    file('shop/x/node_modules/y.js'),
    file('shop/raw/a.csv', 'a\n1\n'),
  ]);
  expect(packed.name).toBe('shop.zip');
  const bytes = new Uint8Array(await packed.arrayBuffer());
  const list = findZipList(bytes);
  const names = readZipList(bytes.subarray(list.at, list.at + list.bytes)).map(({ path }) => path);
  expect(names).toEqual(['shop/config.yaml', 'shop/raw/a.csv']);
});
