import { expect, test } from 'vitest';
import { Fault } from '../../../shared/base/errors';
import { createUploads, type UploadStore } from '../../../shared/service/uploads';

function storeOf(room: number): UploadStore & { readonly created: string[] } {
  const created: string[] = [];
  return {
    created,
    needOfByte: 2,
    newId: () => String(created.length),
    hasRoom: async (bytes) => bytes < room,
    removeOld: async () => undefined,
    async create(_upload, name) {
      created.push(name);
      return name;
    },
    writeAt: async () => undefined,
    finish: async () => undefined,
  };
}

test('files that have no room together are refused before the first of them is sent', async () => {
  const store = storeOf(1000);
  const uploads = createUploads(store);
  await expect(uploads.begin('a.csv', 200, 400)).rejects.toThrow(Fault);
  await expect(uploads.begin('a.csv', 600)).rejects.toThrow('There is no room for a.csv.');
  expect(store.created).toEqual([]);
  await uploads.begin('a.csv', 200, 200);
  expect(store.created).toEqual(['a.csv']);
});

test('what follows must be a number of bytes', async () => {
  const uploads = createUploads(storeOf(1000));
  for (const ahead of [-1, 0.5, Number.NaN])
    await expect(uploads.begin('a.csv', 1, ahead)).rejects.toThrow('number of bytes');
});
