/** A value of Thrift's compact protocol; whole numbers past 2^53 lose digits, which no schema has. */
export type ThriftValue = boolean | number | Uint8Array | readonly ThriftValue[] | ThriftStruct;

/** Fields by their number. */
export type ThriftStruct = ReadonlyMap<number, ThriftValue>;

const STOP = 0;
const TRUE = 1;
const FALSE = 2;
const BYTE = 3;
const DOUBLE = 7;
const BINARY = 8;
const LIST = 9;
const SET = 10;
const MAP = 11;
const STRUCT = 12;

/** Reads Thrift's compact protocol (thrift.apache.org, "Thrift Compact protocol"); bytes cut short throw a RangeError. */
export function createThriftReader(bytes: Uint8Array): { struct(): ThriftStruct } {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let at = 0;

  const byte = (): number => {
    const value = view.getUint8(at);
    at += 1;
    return value;
  };
  const unsigned = (): number => {
    let value = 0;
    for (let scale = 1; ; scale *= 128) {
      const next = byte();
      value += (next & 0x7f) * scale;
      if (next < 0x80) return value;
    }
  };
  const signed = (): number => {
    const value = unsigned();
    return value % 2 === 0 ? value / 2 : -(value + 1) / 2;
  };
  const binary = (): Uint8Array => {
    const length = unsigned();
    if (at + length > bytes.length) throw new RangeError('The footer is cut off.');
    at += length;
    return bytes.subarray(at - length, at);
  };
  const list = (): readonly ThriftValue[] => {
    const head = byte();
    const short = head >> 4;
    const length = short === 15 ? unsigned() : short;
    return Array.from({ length }, () => element(head & 15));
  };
  const map = (): readonly ThriftValue[] => {
    const length = unsigned();
    const types = length === 0 ? 0 : byte();
    return Array.from({ length }, () => [value(types >> 4), value(types & 15)]);
  };
  const double = (): number => {
    at += 8;
    return view.getFloat64(at - 8, true);
  };
  const readers: Readonly<Record<number, () => ThriftValue>> = {
    [TRUE]: () => true,
    [FALSE]: () => false,
    [BYTE]: byte,
    [DOUBLE]: double,
    [BINARY]: binary,
    [LIST]: list,
    [SET]: list,
    [MAP]: map,
    [STRUCT]: () => struct(),
  };
  // In lists a boolean takes a byte of its own; as a field it is the type itself.
  const element = (type: number): ThriftValue =>
    type === TRUE || type === FALSE ? byte() === 1 : value(type);
  const value = (type: number): ThriftValue => (readers[type] ?? signed)();
  const struct = (): ThriftStruct => {
    const fields = new Map<number, ThriftValue>();
    for (let id = 0, head = byte(); head !== STOP; head = byte()) {
      id = head >> 4 === 0 ? signed() : id + (head >> 4);
      fields.set(id, value(head & 15));
    }
    return fields;
  };
  return { struct };
}
