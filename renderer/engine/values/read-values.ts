import { type Data, DataType, type Field, TimeUnit } from 'apache-arrow';
import { extensionName } from './column-types';
import { dateText, timestampText, timeText, timeZoneText } from './moments';

/** Reads one value of a column by its row. */
type Read = (row: number) => unknown;

const PER_SECOND: Readonly<Record<number, bigint>> = {
  [TimeUnit.SECOND]: 1n,
  [TimeUnit.MILLISECOND]: 1000n,
  [TimeUnit.MICROSECOND]: 1_000_000n,
  [TimeUnit.NANOSECOND]: 1_000_000_000n,
};

/**
 * The reader of a column's values as the engine contract has them: wide integers, decimals, moments, UUID, BLOB and BIT are text;
 * numbers without a value the texts `NaN` and `Infinity`; LIST an array, STRUCT an object, MAP a list of `{ key, value }`.
 */
export function readerOf(data: Data, field: Field): Read {
  const read = valueReader(data, field);
  return data.nullCount === 0 ? read : (row) => (data.getValid(row) ? read(row) : null);
}

function valueReader(data: Data, field: Field): Read {
  const type: DataType = data.type;
  const own = extensionName(field);
  if (own !== undefined) return extensionReader(data, own);
  if (DataType.isInt(type)) {
    const { values } = data;
    return type.bitWidth === 64 ? (row) => String(values[row]) : (row) => values[row];
  }
  if (DataType.isFloat(type)) return (row) => numberOf(data.values[row]);
  if (DataType.isUtf8(type)) return textReader(data);
  if (DataType.isBool(type))
    return (row) => (((data.values[(data.offset + row) >> 3] ?? 0) >> ((data.offset + row) & 7)) & 1) === 1;
  if (DataType.isDecimal(type)) {
    const { scale } = type;
    return (row) => decimalText(wideInteger(data.values, row, true), scale);
  }
  if (DataType.isBinary(type)) return (row) => blobText(bytesAt(data, row));
  if (DataType.isFixedSizeBinary(type)) return (row) => blobText(fixedBytes(data, type.byteWidth, row));
  return momentReader(data, type) ?? nestedReader(data, type) ?? unknownType(field);
}

function extensionReader(data: Data, name: string): Read {
  if (name === 'BOOLEAN') return (row) => data.values[row] !== 0;
  if (name === 'HUGEINT' || name === 'UHUGEINT') {
    const words = new Uint32Array(data.values.buffer, data.values.byteOffset, data.values.byteLength >> 2);
    return (row) => String(wideInteger(words, row, name === 'HUGEINT'));
  }
  if (name === 'UUID') return (row) => uuidText(fixedBytes(data, 16, row));
  if (name === 'BIT') return (row) => bitText(bytesAt(data, row));
  if (name === 'TIME WITH TIME ZONE') {
    const view = new DataView(data.values.buffer, data.values.byteOffset, data.values.byteLength);
    return (row) => timeZoneText(view.getBigUint64(row * 8, true));
  }
  if (name === 'JSON' || DataType.isUtf8(data.type)) return textReader(data);
  throw new Error(`The engine gives a column of type ${name}, which cannot be shown.`);
}

function momentReader(data: Data, type: DataType): Read | undefined {
  if (DataType.isDate(type)) return (row) => dateText(data.values[row]);
  if (DataType.isTime(type)) {
    const perSecond = PER_SECOND[type.unit] ?? 1n;
    return (row) => timeText(BigInt(data.values[row]), perSecond);
  }
  if (DataType.isTimestamp(type)) {
    const perSecond = PER_SECOND[type.unit] ?? 1n;
    const zone = type.timezone ? '+00' : '';
    return (row) => {
      const text = timestampText(BigInt(data.values[row]), perSecond);
      return text.endsWith('infinity') ? text : text + zone;
    };
  }
  return DataType.isInterval(type) ? intervalReader(data) : undefined;
}

// Arrow's own reader takes 8 bytes a value here; there are 16: months, days, nanoseconds.
function intervalReader(data: Data): Read {
  const view = new DataView(data.values.buffer, data.values.byteOffset, data.values.byteLength);
  return (row) => ({
    months: view.getInt32(row * 16, true),
    days: view.getInt32(row * 16 + 4, true),
    micros: String(view.getBigInt64(row * 16 + 8, true) / 1000n),
  });
}

function nestedReader(data: Data, type: DataType): Read | undefined {
  const children = (type.children ?? []).map((field: Field, index: number) => {
    const child = data.children[index];
    return { name: field.name, read: child ? readerOf(child, field) : () => null };
  });
  const first = children[0]?.read ?? (() => null);
  const slice = (from: number, to: number) => Array.from({ length: to - from }, (_, at) => first(from + at));
  const offsets = data.valueOffsets;
  if (DataType.isList(type) || DataType.isMap(type))
    return (row) => slice(Number(offsets[row]), Number(offsets[row + 1]));
  if (DataType.isFixedSizeList(type)) return (row) => slice(row * type.listSize, (row + 1) * type.listSize);
  if (DataType.isStruct(type))
    return (row) => Object.fromEntries(children.map(({ name, read }) => [name, read(row)]));
  if (!DataType.isUnion(type)) return undefined;
  return (row) => {
    const chosen = children[type.typeIdToChildIndex[data.typeIds[row] ?? 0] ?? 0];
    return { tag: chosen?.name ?? '', value: chosen?.read(row) ?? null };
  };
}

function unknownType(field: Field): never {
  throw new Error(`The engine gives ${field.name} as ${String(field.type)}, which cannot be shown.`);
}

function textReader(data: Data): Read {
  const decoder = new TextDecoder();
  return (row) => decoder.decode(bytesAt(data, row));
}

function bytesAt(data: Data, row: number): Uint8Array {
  return data.values.subarray(Number(data.valueOffsets[row]), Number(data.valueOffsets[row + 1]));
}

function fixedBytes(data: Data, width: number, row: number): Uint8Array {
  return data.values.subarray(row * width, (row + 1) * width);
}

/** The whole number of 128 bits in four words of 32, the lowest first. */
function wideInteger(words: Uint32Array, row: number, isSigned: boolean): bigint {
  let value = 0n;
  for (let word = 3; word >= 0; word -= 1) value = (value << 32n) | BigInt(words[row * 4 + word] ?? 0);
  return isSigned ? BigInt.asIntN(128, value) : value;
}

function decimalText(value: bigint, scale: number): string {
  if (scale === 0) return String(value);
  const digits = String(value < 0n ? -value : value).padStart(scale + 1, '0');
  return `${value < 0n ? '-' : ''}${digits.slice(0, -scale)}.${digits.slice(-scale)}`;
}

function numberOf(value: number): number | string {
  return Number.isFinite(value) ? value : String(value);
}

function uuidText(bytes: Uint8Array): string {
  const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('');
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');
}

// The first byte says how many leading bits of the second do not count.
function bitText(bytes: Uint8Array): string {
  const bits = [...bytes.subarray(1)].map((byte) => byte.toString(2).padStart(8, '0')).join('');
  return bits.slice(bytes[0] ?? 0);
}

function blobText(bytes: Uint8Array): string {
  let text = '';
  for (const byte of bytes) {
    const plain = byte > 0x1f && byte < 0x7f && byte !== 0x22 && byte !== 0x27;
    text += plain ? String.fromCharCode(byte) : `\\x${byte.toString(16).toUpperCase().padStart(2, '0')}`;
  }
  return text;
}
