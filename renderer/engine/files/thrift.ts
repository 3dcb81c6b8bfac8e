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
export class ThriftReader {
  private readonly view: DataView;
  private at = 0;

  constructor(private readonly bytes: Uint8Array) {
    this.view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  struct(): ThriftStruct {
    const fields = new Map<number, ThriftValue>();
    let id = 0;
    for (let head = this.byte(); head !== STOP; head = this.byte()) {
      id = head >> 4 === 0 ? this.signed() : id + (head >> 4);
      fields.set(id, this.value(head & 15));
    }
    return fields;
  }

  private value(type: number): ThriftValue {
    switch (type) {
      case TRUE:
      case FALSE:
        return type === TRUE;
      case BYTE:
        return this.byte();
      case DOUBLE:
        return this.double();
      case BINARY:
        return this.binary();
      case LIST:
      case SET:
        return this.list();
      case MAP:
        return this.map();
      case STRUCT:
        return this.struct();
      default:
        return this.signed();
    }
  }

  // In lists a boolean takes a byte of its own; as a field it is the type itself.
  private element(type: number): ThriftValue {
    return type === TRUE || type === FALSE ? this.byte() === 1 : this.value(type);
  }

  private list(): readonly ThriftValue[] {
    const head = this.byte();
    const length = head >> 4 === 15 ? this.unsigned() : head >> 4;
    return Array.from({ length }, () => this.element(head & 15));
  }

  private map(): readonly ThriftValue[] {
    const length = this.unsigned();
    const types = length === 0 ? 0 : this.byte();
    return Array.from({ length }, () => [this.value(types >> 4), this.value(types & 15)]);
  }

  private binary(): Uint8Array {
    const length = this.unsigned();
    if (this.at + length > this.bytes.length) throw new RangeError('The footer is cut off.');
    this.at += length;
    return this.bytes.subarray(this.at - length, this.at);
  }

  private double(): number {
    this.at += 8;
    return this.view.getFloat64(this.at - 8, true);
  }

  private signed(): number {
    const value = this.unsigned();
    return value % 2 === 0 ? value / 2 : -(value + 1) / 2;
  }

  private unsigned(): number {
    let value = 0;
    for (let scale = 1; ; scale *= 128) {
      const next = this.byte();
      value += (next & 0x7f) * scale;
      if (next < 0x80) return value;
    }
  }

  private byte(): number {
    this.at += 1;
    return this.view.getUint8(this.at - 1);
  }
}
