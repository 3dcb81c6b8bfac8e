import { TestMoment, type TestRow, type TestValue } from './test-values';

/** What came of a query: columns with their types, rows as the engine's JSON converters give them. */
export interface ActualRows {
  readonly columns: readonly { readonly name: string; readonly type: string }[];
  readonly rows: readonly (readonly unknown[])[];
}

/** Rows that stand on one side only. */
interface RowDifference {
  readonly side: 'missing' | 'unexpected';
  readonly values: readonly (string | null)[];
}

/** How expected and actual rows differ; undefined where they do not. */
export interface Difference {
  readonly columns: readonly string[];
  readonly expectedRows: number;
  readonly actualRows: number;
  readonly rows: readonly RowDifference[];
}

interface Comparing {
  /** only columns that an expected row names */
  readonly partial: boolean;
  /** rows must come in this order */
  readonly ordered: boolean;
}

/** A cell in one spelling, so that equal ones are equal whatever side they come from. */
type Cell = null | boolean | number | bigint | string | { readonly odd: string };

/** How many differing rows are told. */
const TOLD = 100;

/**
 * Compares as SQLMesh does: values that are expected are read as the type of what came, floats may differ by 1e-5 relative, NaN is
 * NULL, a column that no row names is expected to be NULL, and the order of rows counts only where the query states one.
 */
export function compareRows(
  expected: readonly TestRow[],
  actual: ActualRows,
  how: Comparing,
): Difference | undefined {
  const named = new Set(expected.flatMap((row) => Object.keys(row)));
  const shown = actual.columns
    .map((column, index) => ({ ...column, index, key: column.name.toLowerCase() }))
    .filter((column) => !how.partial || named.size === 0 || named.has(column.key));
  const wanted = expected.map((row) => shown.map(({ key, type }) => expectedCell(row[key] ?? null, type)));
  const came = actual.rows.map((row) => shown.map(({ index, type }) => actualCell(row[index], type)));
  const rows = how.ordered ? inOrder(wanted, came) : inAnyOrder(wanted, came);
  if (rows.length === 0) return undefined;
  return {
    columns: shown.map((column) => column.name),
    expectedRows: wanted.length,
    actualRows: came.length,
    rows: rows.slice(0, TOLD),
  };
}

/** Columns that expected rows name and a query does not give. */
export function unknownColumns(
  expected: readonly TestRow[],
  columns: readonly { readonly name: string }[],
): readonly string[] {
  const known = new Set(columns.map((column) => column.name.toLowerCase()));
  return [...new Set(expected.flatMap((row) => Object.keys(row)))].filter((name) => !known.has(name));
}

type Cells = readonly Cell[];

function inOrder(wanted: readonly Cells[], came: readonly Cells[]): readonly RowDifference[] {
  const length = Math.max(wanted.length, came.length);
  return Array.from({ length }, (_, index) => [wanted[index], came[index]] as const).flatMap(
    ([one, other]) =>
      one && other && sameRow(one, other)
        ? []
        : [...(one ? [told('missing', one)] : []), ...(other ? [told('unexpected', other)] : [])],
  );
}

function inAnyOrder(wanted: readonly Cells[], came: readonly Cells[]): readonly RowDifference[] {
  const left = new Map<string, Cells[]>();
  for (const row of came) left.set(keyOf(row), [...(left.get(keyOf(row)) ?? []), row]);
  const missing = wanted.filter((row) => left.get(keyOf(row))?.pop() === undefined);
  const rest = [...left.values()].flat();
  const unmet = missing.filter((row) => {
    const near = rest.findIndex((other) => sameRow(row, other));
    if (near >= 0) rest.splice(near, 1);
    return near < 0;
  });
  return [...unmet.map((row) => told('missing', row)), ...rest.map((row) => told('unexpected', row))];
}

function told(side: RowDifference['side'], row: Cells): RowDifference {
  return {
    side,
    values: row.map((cell) => (cell === null ? null : typeof cell === 'object' ? cell.odd : String(cell))),
  };
}

function keyOf(row: Cells): string {
  return JSON.stringify(row.map((cell) => (typeof cell === 'bigint' ? `${cell}n` : cell)));
}

function sameRow(one: Cells, other: Cells): boolean {
  return one.every((cell, index) => sameCell(cell, other[index] ?? null));
}

function sameCell(one: Cell, other: Cell): boolean {
  if (typeof one === 'number' && typeof other === 'number') return isNear(one, other);
  if (one !== null && typeof one === 'object')
    return other !== null && typeof other === 'object' && one.odd === other.odd;
  return one === other;
}

function isNear(one: number, other: number): boolean {
  return (
    one === other || Math.abs(one - other) <= Math.max(1e-5 * Math.max(Math.abs(one), Math.abs(other)), 1e-8)
  );
}

type Family = 'whole' | 'number' | 'boolean' | 'date' | 'timestamp' | 'nested' | 'text';

function familyOf(type: string): Family {
  const name = type.toUpperCase();
  if (/\]$|^(STRUCT|MAP|UNION)\b/.test(name)) return 'nested';
  if (/^U?(TINY|SMALL|BIG)?INT(EGER)?$/.test(name)) return 'whole';
  if (/^(U?HUGEINT|DECIMAL|NUMERIC|DOUBLE|FLOAT|REAL)\b/.test(name)) return 'number';
  if (name === 'BOOLEAN') return 'boolean';
  if (name === 'DATE') return 'date';
  return name.startsWith('TIMESTAMP') ? 'timestamp' : 'text';
}

function actualCell(value: unknown, type: string): Cell {
  if (value === null || value === undefined) return null;
  const family = familyOf(type);
  if (family === 'nested') return nestedText(value as TestValue);
  if (family === 'whole') return BigInt(String(value));
  if (family === 'number') return Number.isNaN(Number(value)) ? null : Number(value);
  if (family === 'boolean') return value === true || value === 'true';
  if (family === 'date' || family === 'timestamp') return momentText(String(value), family) ?? String(value);
  return String(value);
}

function expectedCell(value: TestValue, type: string): Cell {
  if (value === null || Number.isNaN(value)) return null;
  const family = familyOf(type);
  if (family === 'nested') return nestedText(value);
  if (family === 'date' || family === 'timestamp') {
    const text = value instanceof TestMoment ? value.text : String(value);
    return momentText(text, family) ?? { odd: text };
  }
  if (value instanceof TestMoment) return family === 'text' ? value.text : { odd: value.text };
  if (typeof value === 'object') return { odd: nestedText(value) };
  if (family === 'whole') return wholeOf(value);
  if (family === 'number') return Number.isNaN(Number(value)) ? { odd: String(value) } : Number(value);
  if (family === 'boolean') return typeof value === 'string' ? { odd: value } : Boolean(value);
  return typeof value === 'string' ? value : { odd: String(value) };
}

function wholeOf(value: boolean | number | bigint | string): Cell {
  if (typeof value === 'bigint') return value;
  if (typeof value === 'boolean') return value ? 1n : 0n;
  return /^\s*[+-]?\d+(\.0*)?\s*$/.test(String(value))
    ? BigInt(
        String(value)
          .trim()
          .replace(/^\+|\.0*$/g, ''),
      )
    : { odd: String(value) };
}

const MOMENT =
  /^(\d{4,})-(\d{1,2})-(\d{1,2})(?:[T ](\d{1,2}):(\d{2})(?::(\d{2})(?:\.(\d+))?)?)?\s*(Z|[+-]\d{2}(?::?\d{2})?)?$/;

/** A moment in one spelling: `2024-01-01`, or `2024-01-01 06:00:00.5` in UTC. */
function momentText(text: string, family: 'date' | 'timestamp'): string | undefined {
  const match = MOMENT.exec(text.trim());
  if (!match) return undefined;
  const [
    ,
    year = '',
    month = '',
    day = '',
    hour = '0',
    minute = '0',
    second = '0',
    fraction = '',
    zone = 'Z',
  ] = match;
  const [hours = 0, minutes = 0] =
    zone === 'Z' ? [] : [Number(zone.slice(0, 3)), Number(zone.slice(-2)) * (zone.length > 3 ? 1 : 0)];
  const shift = hours * 60 + Math.sign(hours || 1) * minutes;
  const time = new Date(0);
  time.setUTCFullYear(Number(year), Number(month) - 1, Number(day));
  time.setUTCHours(Number(hour), Number(minute) - shift, Number(second));
  if (Number.isNaN(time.getTime())) return undefined;
  const iso = time.toISOString();
  if (family === 'date') return iso.slice(0, iso.indexOf('T'));
  const rest = fraction.replace(/0+$/, '');
  return `${iso.slice(0, -5).replace('T', ' ')}${rest === '' ? '' : `.${rest}`}`;
}

/** A nested value as text: fields by name, numbers in one spelling. */
function nestedText(value: unknown): string {
  return JSON.stringify(plain(value));
}

function plain(value: unknown): unknown {
  if (value === null || value === undefined) return null;
  if (value instanceof TestMoment) return value.text;
  if (Array.isArray(value)) {
    const entries = value.every((one) => isEntry(one)) && value.length > 0;
    return entries
      ? plain(Object.fromEntries(value.map((one) => [String(one.key), one.value])))
      : value.map(plain);
  }
  if (typeof value === 'object') {
    const fields = Object.entries(value).map(([name, field]) => [name, plain(field)] as const);
    return Object.fromEntries(fields.toSorted(([a], [b]) => (a < b ? -1 : 1)));
  }
  if (typeof value === 'boolean') return value;
  const number = Number(value);
  return String(value).trim() !== '' && !Number.isNaN(number) ? number : String(value);
}

// The engine gives a map as a list of its entries.
function isEntry(value: unknown): value is { key: unknown; value: unknown } {
  return typeof value === 'object' && value !== null && Object.keys(value).sort().join() === 'key,value';
}
