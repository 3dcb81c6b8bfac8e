import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { crc32 } from '../../../shared/base/crc32';
import { createSha256, sha256OfText } from '../../../shared/base/sha256';

test.each([
  ['', 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855'],
  ['abc', 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad'],
])('the hash of %j is the published one', (text, hash) => {
  expect(sha256OfText(text)).toBe(hash);
});

test('in pieces of any size it is what Node makes of the whole', () => {
  fc.assert(
    fc.property(fc.array(fc.uint8Array({ maxLength: 300 }), { maxLength: 8 }), (pieces) => {
      const own = createSha256();
      for (const piece of pieces) own.update(piece);
      expect(own.digest()).toBe(createHash('sha256').update(Buffer.concat(pieces)).digest('hex'));
    }),
    { numRuns: 300 },
  );
});

test('a file of a gigabyte keeps its length', () => {
  const own = createSha256();
  const node = createHash('sha256');
  const piece = new Uint8Array(1 << 20).fill(7);
  for (let count = 0; count < 520; count++) {
    own.update(piece);
    node.update(piece);
  }
  expect(own.digest()).toBe(node.digest('hex'));
});

test('the checksum of ZIP files is the published one, also in pieces', () => {
  const text = new TextEncoder().encode('123456789');
  expect(crc32(0, text)).toBe(0xcbf43926);
  expect(crc32(crc32(0, text.subarray(0, 4)), text.subarray(4))).toBe(0xcbf43926);
});
