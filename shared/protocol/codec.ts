import { fault } from '../base/errors';

const MARK = '$bytes';
const HEAD = 4;

/**
 * One message as bytes: a little-endian length, that many bytes of JSON, then the binary parts that the JSON refers to,
 * each with its own length before it.
 */
export function encodeMessage(message: unknown): Uint8Array {
  const parts: Uint8Array[] = [];
  const head = new TextEncoder().encode(
    JSON.stringify(message, (_key, value: unknown) => {
      if (!(value instanceof Uint8Array)) return typeof value === 'bigint' ? value.toString() : value;
      parts.push(value);
      return { [MARK]: parts.length - 1 };
    }),
  );
  const frames = [head, ...parts];
  const out = new Uint8Array(frames.reduce((sum, frame) => sum + HEAD + frame.length, 0));
  const view = new DataView(out.buffer);
  let at = 0;
  for (const frame of frames) {
    view.setUint32(at, frame.length, true);
    out.set(frame, at + HEAD);
    at += HEAD + frame.length;
  }
  return out;
}

/** The inverse of `encodeMessage`; a message cut short or not JSON is a `wire.invalid` fault. */
export function decodeMessage(bytes: Uint8Array): unknown {
  const [head, ...parts] = readFrames(bytes);
  if (!head) throw fault('wire.invalid', 'An empty message.');
  try {
    return JSON.parse(new TextDecoder().decode(head), (_key, value: unknown) => {
      const index = isMark(value) ? value[MARK] : undefined;
      return index === undefined ? value : parts[index];
    });
  } catch (error) {
    throw fault('wire.invalid', 'A message is not JSON.', { cause: String(error) });
  }
}

function readFrames(bytes: Uint8Array): Uint8Array[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const frames: Uint8Array[] = [];
  for (let at = 0; at < bytes.length; ) {
    const length = at + HEAD <= bytes.length ? view.getUint32(at, true) : -1;
    if (length < 0 || at + HEAD + length > bytes.length)
      throw fault('wire.invalid', 'A message was cut short.');
    frames.push(bytes.subarray(at + HEAD, at + HEAD + length));
    at += HEAD + length;
  }
  return frames;
}

function isMark(value: unknown): value is { [MARK]: number } {
  return typeof value === 'object' && value !== null && MARK in value && typeof value[MARK] === 'number';
}
