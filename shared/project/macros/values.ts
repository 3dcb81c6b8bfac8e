import { NoValue } from './faults';

/** A name or an expression of names, which only the engine can compute. */
export interface Unbound {
  readonly sql: string;
}

/** A day or a moment, as ISO text: `2025-02-01` or `2025-02-01 06:30:00`. */
export interface Moment {
  readonly at: string;
}

/** What an expression of a macro comes to. Whole numbers are bigint, all others number. */
export type Value = null | boolean | bigint | number | string | Moment | Unbound | readonly Value[];

export type Thunk = () => Value;

export function isUnbound(value: Value): value is Unbound {
  return typeof value === 'object' && value !== null && 'sql' in value;
}

export function isMoment(value: Value): value is Moment {
  return typeof value === 'object' && value !== null && 'at' in value;
}

/** Python's truth, which SQLMesh's conditions go by: nothing, zero, the empty text and the empty list are false. */
export function isTrue(value: Value): boolean {
  if (Array.isArray(value)) return value.length > 0;
  return typeof value === 'bigint' ? value !== 0n : Boolean(value);
}

/** A value as Python prints it. */
export function printed(value: Value): string {
  if (value === null) return 'None';
  if (typeof value === 'boolean') return value ? 'True' : 'False';
  if (typeof value === 'number') return printedFloat(value);
  if (typeof value === 'string' || typeof value === 'bigint') return String(value);
  if (isUnbound(value)) return value.sql;
  if (isMoment(value)) return value.at;
  return `[${value.map(printed).join(', ')}]`;
}

function printedFloat(value: number): string {
  const size = Math.abs(value);
  if (!Number.isFinite(value)) return String(value).replace('Infinity', 'inf').toLowerCase();
  if (size !== 0 && (size >= 1e16 || size < 1e-4))
    return value.toExponential().replace(/e([+-])(\d)$/, 'e$10$2');
  return Number.isInteger(value) ? `${value}.0` : String(value);
}

/** Whether two values are the same; those of different sorts never are. */
export function isSame(a: Value, b: Value): boolean {
  const left = plainNumber(a);
  const right = plainNumber(b);
  // biome-ignore lint/suspicious/noDoubleEquals: 1n == 1.0 holds as in Python
  if (left !== undefined && right !== undefined) return left == right;
  if (Array.isArray(a) && Array.isArray(b))
    return a.length === b.length && a.every((item, index) => isSame(item, b[index] ?? null));
  if (isUnbound(a) && isUnbound(b)) return a.sql.toLowerCase() === b.sql.toLowerCase();
  if (isMoment(a) && isMoment(b)) return a.at === b.at;
  return a === b;
}

/** Below zero, zero or above it as `a` is before, at or after `b`. */
export function order(a: Value, b: Value): number {
  const left = plainNumber(a);
  const right = plainNumber(b);
  if (left !== undefined && right !== undefined) return left < right ? -1 : left > right ? 1 : 0;
  if (typeof a === 'string' && typeof b === 'string') return a < b ? -1 : a > b ? 1 : 0;
  if (isMoment(a) && isMoment(b) && a.at.length > 10 === b.at.length > 10)
    return a.at < b.at ? -1 : a.at > b.at ? 1 : 0;
  throw new NoValue(`${shown(a)} and ${shown(b)} cannot be compared.`);
}

/** A number for arithmetic: truth counts as 1 and 0. */
export function plainNumber(value: Value): bigint | number | undefined {
  if (typeof value === 'boolean') return value ? 1n : 0n;
  return typeof value === 'bigint' || typeof value === 'number' ? value : undefined;
}

/** A value as a person would write it. */
export function shown(value: Value): string {
  return typeof value === 'string' ? `'${value}'` : printed(value);
}
