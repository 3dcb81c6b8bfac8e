import { NoValue } from './faults';
import { isMoment, isTrue, type Moment, plainNumber, printed, type Value } from './values';

type Function = (...args: Value[]) => Value;

/** The functions that SQLMesh's macros can compute, by name in lower case; those of `STRICT` give nothing for nothing. */
const STRICT: Readonly<Record<string, Function>> = {
  abs: (value) => {
    const number = numeric(value);
    return number < 0 ? -number : number;
  },
  concat: (...parts) => parts.map(text).join(''),
  concat_ws: (separator, ...parts) => parts.map(text).join(text(separator)),
  day: (value) => datePart(value, 8, 10),
  left: (value, count) => text(value).slice(0, whole(count)),
  lower: (value) => text(value).toLowerCase(),
  mod: (a, b) => modulo(numeric(a), numeric(b)),
  month: (value) => datePart(value, 5, 7),
  ord: (value) => BigInt(text(value).codePointAt(0) ?? 0),
  pow: (a, b) => power(numeric(a), numeric(b)),
  right: (value, count) => text(value).slice(-whole(count)),
  round: (value, digits) => round(numeric(value), digits === undefined ? undefined : whole(digits)),
  strpos: (value, part) => BigInt(text(value).indexOf(text(part)) + 1),
  substring: (value, start, length) => substring(text(value), start, length),
  trim: (value, marks) => trim(text(value), marks === undefined ? undefined : text(marks)),
  upper: (value) => text(value).toUpperCase(),
  year: (value) => datePart(value, 0, 4),
};

const LENIENT: Readonly<Record<string, Function>> = {
  coalesce: (...args) => args.find((value) => value !== null) ?? null,
  if: (test = null, yes = null, no = null) => (isTrue(test) ? yes : no),
};

const ALIASES: Readonly<Record<string, string>> = {
  power: 'pow',
  substr: 'substring',
  instr: 'strpos',
  ucase: 'upper',
  lcase: 'lower',
  ifnull: 'coalesce',
};

/** The value of a function, or undefined where macros have no function of that name. */
export function callFunction(name: string, args: readonly Value[]): Value | undefined {
  const key = ALIASES[name] ?? name;
  const lenient = Object.hasOwn(LENIENT, key) ? LENIENT[key] : undefined;
  if (lenient) return lenient(...args);
  const strict = Object.hasOwn(STRICT, key) ? STRICT[key] : undefined;
  if (!strict) return undefined;
  if (args.length === 0) throw new NoValue(`${name.toUpperCase()} needs arguments.`);
  return args.includes(null) ? null : strict(...args);
}

/** The value as a type; `type` is its name in lower case. */
export function castTo(value: Value, type: string): Value {
  if (value === null) return null;
  if (/char|text|string/.test(type)) return printed(value);
  if (/^bool/.test(type)) return isTrue(value);
  if (/^(float|double|real)/.test(type)) return Number(number(value, type));
  if (/int|decimal|numeric|^(long|short|signed|hugeint)/.test(type)) return wholeNumber(value, type);
  if (type === 'date') return { at: momentText(value).slice(0, 10) };
  if (/^(timestamp|datetime)/.test(type)) return timestamp(momentText(value));
  throw new NoValue(`${type.toUpperCase()} is not a type that macros can cast to.`);
}

/** `a ** b`: whole where both are and `b` is not below zero. */
export function power(a: bigint | number, b: bigint | number): Value {
  if (typeof a !== 'bigint' || typeof b !== 'bigint' || b < 0n) return Number(a) ** Number(b);
  if (b > 4096n || a.toString(16).length * Number(b) > 50_000) throw new NoValue('The power is too large.');
  return a ** b;
}

/** `a % b` with the sign of `b`, as in Python. */
export function modulo(a: bigint | number, b: bigint | number): Value {
  if (Number(b) === 0) throw new NoValue('A division by zero.');
  if (typeof a === 'bigint' && typeof b === 'bigint') return ((a % b) + b) % b;
  return ((Number(a) % Number(b)) + Number(b)) % Number(b);
}

function numeric(value: Value | undefined): bigint | number {
  const number = plainNumber(value ?? null);
  if (number === undefined) throw new NoValue(`${printed(value ?? null)} is not a number.`);
  return number;
}

function text(value: Value | undefined): string {
  if (typeof value !== 'string') throw new NoValue(`${printed(value ?? null)} is not a text.`);
  return value;
}

function whole(value: Value | undefined): number {
  return Number(numeric(value));
}

function round(value: bigint | number, digits: number | undefined): Value {
  if (typeof value === 'bigint') return value;
  const scaled = value * 10 ** (digits ?? 0);
  const below = Math.floor(scaled);
  const half = scaled - below === 0.5;
  const rounded = half ? (below % 2 === 0 ? below : below + 1) : Math.round(scaled);
  if (digits === undefined) return BigInt(rounded);
  return digits >= 0 && digits <= 20 && !half ? Number(value.toFixed(digits)) : rounded / 10 ** digits;
}

function substring(value: string, start: Value | undefined, length: Value | undefined): Value {
  if (start === undefined) return value;
  const at = whole(start);
  if (at === 0) return '';
  const from = at < 0 ? value.length + at : at - 1;
  return value.slice(from, length === undefined ? undefined : from + whole(length));
}

function trim(value: string, marks: string | undefined): string {
  if (marks === undefined) return value.trim();
  let from = 0;
  let to = value.length;
  while (from < to && marks.includes(value[from] ?? '')) from++;
  while (to > from && marks.includes(value[to - 1] ?? '')) to--;
  return value.slice(from, to);
}

function datePart(value: Value | undefined, from: number, to: number): Value {
  if (value === undefined || !isMoment(value)) throw new NoValue(`${printed(value ?? null)} is not a date.`);
  return BigInt(value.at.slice(from, to));
}

function momentText(value: Value): string {
  if (isMoment(value)) return value.at;
  if (typeof value === 'string' && /^\d{4}-\d\d-\d\d/.test(value)) return value;
  throw new NoValue(`${printed(value)} is not a date.`);
}

function timestamp(value: string): Moment {
  return { at: value.length > 10 ? value.replace('T', ' ').replace(/\+00:00$/, '') : `${value} 00:00:00` };
}

function number(value: Value, type: string): bigint | number {
  const known = plainNumber(value);
  if (known !== undefined) return known;
  const read = typeof value === 'string' && value.trim() !== '' ? Number(value) : Number.NaN;
  if (Number.isNaN(read)) throw new NoValue(`${printed(value)} is not of the type ${type.toUpperCase()}.`);
  return read;
}

function wholeNumber(value: Value, type: string): bigint {
  if (typeof value === 'string' && /^\s*[+-]?\d+\s*$/.test(value))
    return BigInt(value.trim().replace(/^\+/, ''));
  const known = plainNumber(value);
  if (known === undefined) throw new NoValue(`${printed(value)} is not of the type ${type.toUpperCase()}.`);
  return typeof known === 'bigint' ? known : BigInt(Math.trunc(known));
}
