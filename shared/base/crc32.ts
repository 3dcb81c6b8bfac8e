const table = Int32Array.from({ length: 256 }, (_, byte) => {
  let value = byte;
  for (let bit = 0; bit < 8; bit++) value = value & 1 ? (value >>> 1) ^ 0xedb88320 : value >>> 1;
  return value;
});

/** The CRC-32 of ZIP files over one more piece; begin with 0. */
export function crc32(before: number, piece: Uint8Array): number {
  let value = ~before;
  for (let at = 0; at < piece.length; at++)
    value = (table[(value ^ (piece[at] ?? 0)) & 0xff] ?? 0) ^ (value >>> 8);
  return ~value >>> 0;
}
