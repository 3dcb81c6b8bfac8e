/** A SHA-256 taken piece by piece (FIPS 180-4), for places whose own can only take a whole file in memory. */
export interface Sha256 {
  update(piece: Uint8Array): void;
  /** 64 hex digits; ends the hash */
  digest(): string;
}

const BLOCK = 64;
const roundWords = primes(64).map((prime) => fraction(Math.cbrt(prime)));
const startWords = primes(8).map((prime) => fraction(Math.sqrt(prime)));
const rounds = Int32Array.from(roundWords);

export function createSha256(): Sha256 {
  const state = Int32Array.from(startWords);
  const words = new Int32Array(BLOCK);
  const rest = new Uint8Array(BLOCK);
  let length = 0;
  const update = (piece: Uint8Array): void => {
    let at = 0;
    const held = length % BLOCK;
    length += piece.length;
    if (held > 0) {
      at = Math.min(BLOCK - held, piece.length);
      rest.set(piece.subarray(0, at), held);
      if (held + at < BLOCK) return;
      mix(state, words, rest, 0);
    }
    for (; at + BLOCK <= piece.length; at += BLOCK) mix(state, words, piece, at);
    rest.set(piece.subarray(at));
  };
  return {
    update,
    digest() {
      const bits = length * 8;
      const end = new Uint8Array(BLOCK * (length % BLOCK < BLOCK - 8 ? 1 : 2) - (length % BLOCK));
      end[0] = 0x80;
      const view = new DataView(end.buffer);
      view.setUint32(end.length - 8, Math.floor(bits / 2 ** 32));
      view.setUint32(end.length - 4, bits % 2 ** 32);
      update(end);
      return [...state].map((word) => (word >>> 0).toString(16).padStart(8, '0')).join('');
    },
  };
}

/** SHA-256 of a text in UTF-8, as 64 hex digits. */
export function sha256OfText(text: string): string {
  const hash = createSha256();
  hash.update(new TextEncoder().encode(text));
  return hash.digest();
}

function mix(state: Int32Array, words: Int32Array, bytes: Uint8Array, at: number): void {
  spread(words, bytes, at);
  let a = state[0] as number;
  let b = state[1] as number;
  let c = state[2] as number;
  let d = state[3] as number;
  let e = state[4] as number;
  let f = state[5] as number;
  let g = state[6] as number;
  let h = state[7] as number;
  for (let i = 0; i < BLOCK; i++) {
    const one = turn(e, 6) ^ turn(e, 11) ^ turn(e, 25);
    const first = (h + one + ((e & f) ^ (~e & g)) + (rounds[i] as number) + (words[i] as number)) | 0;
    const two = turn(a, 2) ^ turn(a, 13) ^ turn(a, 22);
    const second = (two + ((a & b) ^ (a & c) ^ (b & c))) | 0;
    h = g;
    g = f;
    f = e;
    e = (d + first) | 0;
    d = c;
    c = b;
    b = a;
    a = (first + second) | 0;
  }
  const after = [a, b, c, d, e, f, g, h];
  for (let i = 0; i < 8; i++) state[i] = ((state[i] as number) + (after[i] as number)) | 0;
}

/** The 16 words of a block as the 64 that the rounds take. */
function spread(words: Int32Array, bytes: Uint8Array, at: number): void {
  for (let i = 0, from = at; i < 16; i++, from += 4)
    words[i] =
      ((bytes[from] as number) << 24) |
      ((bytes[from + 1] as number) << 16) |
      ((bytes[from + 2] as number) << 8) |
      (bytes[from + 3] as number);
  for (let i = 16; i < BLOCK; i++) {
    const w15 = words[i - 15] as number;
    const w2 = words[i - 2] as number;
    const low = turn(w15, 7) ^ turn(w15, 18) ^ (w15 >>> 3);
    const high = turn(w2, 17) ^ turn(w2, 19) ^ (w2 >>> 10);
    words[i] = ((words[i - 16] as number) + low + (words[i - 7] as number) + high) | 0;
  }
}

function turn(word: number, bits: number): number {
  return (word >>> bits) | (word << (32 - bits));
}

function primes(count: number): readonly number[] {
  const found: number[] = [];
  for (let candidate = 2; found.length < count; candidate++)
    if (found.every((prime) => candidate % prime !== 0)) found.push(candidate);
  return found;
}

function fraction(value: number): number {
  return Math.floor((value - Math.floor(value)) * 2 ** 32) | 0;
}
