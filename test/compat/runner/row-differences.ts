// The rules of the comparison of tables: columns in their order, families of types, rows as a multiset, doubles within a tolerance.
import type { Cell, Column, Row, Rows } from './rows';

const RELATIVE = 1e-9;
const ABSOLUTE = 1e-12;
const SHOWN = 5;

/** What differs, a line each; none where the two are equal. */
export function rowDifferences(expected: Rows, given: Rows): string[] {
  const actual = asStored(given, expected);
  const [left, right] = [columnsText(expected.columns), columnsText(actual.columns)];
  if (left !== right) return [`columns: expected ${left}, got ${right}`];
  const { missing, extra } = oddRows(expected.rows, actual.rows);
  if (missing.length === 0 && extra.length === 0) return [];
  const lines: string[] = [];
  if (expected.rows.length !== actual.rows.length)
    lines.push(`expected ${expected.rows.length} rows, got ${actual.rows.length}`);
  lines.push(...missing.slice(0, SHOWN).map((row) => `missing row ${rowText(row)}`));
  lines.push(...extra.slice(0, SHOWN).map((row) => `unexpected row ${rowText(row)}`));
  if (missing.length > SHOWN || extra.length > SHOWN)
    lines.push(`${missing.length} missing and ${extra.length} unexpected rows in all`);
  return lines;
}

/** The widest integers as doubles where that is what they were stored as. */
function asStored(rows: Rows, expected: Rows): Rows {
  const wide = (rows.wide ?? []).filter((at) => expected.columns[at]?.[1] === 'double');
  if (wide.length === 0) return rows;
  const cell = (value: Cell, at: number): Cell =>
    wide.includes(at) && typeof value === 'string' ? Number(value.split(' ')[1]) : value;
  return {
    columns: rows.columns.map(([name, family], at) => [name, wide.includes(at) ? 'double' : family] as const),
    rows: rows.rows.map((row) => row.map(cell)),
  };
}

function columnsText(columns: readonly Column[]): string {
  return columns.map(([name, family]) => `${name.toLowerCase()} ${family}`).join(', ');
}

/** The rows that only one side has, duplicates counted. */
function oddRows(expected: readonly Row[], actual: readonly Row[]): { missing: Row[]; extra: Row[] } {
  const unmatched = new Map<string, Row[]>();
  for (const row of actual) {
    const key = exactKey(row);
    const same = unmatched.get(key);
    if (same) same.push(row);
    else unmatched.set(key, [row]);
  }
  const open: Row[] = [];
  for (const row of expected) if (!unmatched.get(exactKey(row))?.pop()) open.push(row);
  return closest(open, [...unmatched.values()].flat());
}

/** Matches what is not equal to the last digit: near-equal rows stand near each other once the rest of the row groups them. */
function closest(expected: readonly Row[], actual: readonly Row[]): { missing: Row[]; extra: Row[] } {
  const groups = new Map<string, Row[]>();
  for (const row of actual) {
    const key = keyWithoutDoubles(row);
    const group = groups.get(key);
    if (group) group.push(row);
    else groups.set(key, [row]);
  }
  const missing: Row[] = [];
  for (const row of expected) {
    const group = groups.get(keyWithoutDoubles(row)) ?? [];
    const hit = group.findIndex((other) => isClose(row, other));
    if (hit < 0) missing.push(row);
    else group.splice(hit, 1);
  }
  return { missing, extra: [...groups.values()].flat() };
}

function isClose(a: Cell, b: Cell): boolean {
  if (Array.isArray(a) && Array.isArray(b))
    return a.length === b.length && a.every((item: Cell, index) => isClose(item, b[index] as Cell));
  if (typeof a !== 'number' || typeof b !== 'number') return a === b;
  if (Number.isNaN(a) || Number.isNaN(b)) return Number.isNaN(a) && Number.isNaN(b);
  return a === b || Math.abs(a - b) <= Math.max(ABSOLUTE, RELATIVE * Math.max(Math.abs(a), Math.abs(b)));
}

const exactKey = (row: Row): string =>
  JSON.stringify(row, (_, value: unknown) =>
    typeof value === 'number'
      ? Object.is(value, -0)
        ? 0
        : Number.isFinite(value)
          ? value
          : { not: String(value) }
      : value,
  );

const keyWithoutDoubles = (row: Row): string =>
  JSON.stringify(row, (_, value: unknown) => (typeof value === 'number' ? { any: 'double' } : value));

/** A row as a person reads it: values without the names of their kinds. */
export function rowText(row: Row): string {
  return `(${row.map(cellText).join(', ')})`;
}

function cellText(cell: Cell): string {
  if (cell === null) return 'NULL';
  if (typeof cell === 'number') return String(cell);
  if (typeof cell !== 'string') {
    const items = cell.slice(1).map(cellText);
    if (cell[0] === 'entry') return items.join(': ');
    return cell[0] === 'list' ? `[${items.join(', ')}]` : `{${items.join(', ')}}`;
  }
  const at = cell.indexOf(' ');
  const [kind, value] = [cell.slice(0, at), cell.slice(at + 1)];
  if (kind === 'timestamp' || kind === 'timestamptz') return momentText(BigInt(value));
  return kind === 'text' ? `'${value}'` : value;
}

function momentText(micros: bigint): string {
  const millis = Number(micros / 1000n);
  if (Math.abs(millis) > 8.64e15) return `${micros} µs`;
  const rest = String(micros % 1_000_000n).padStart(6, '0');
  return `${new Date(millis).toISOString().slice(0, 19).replace('T', ' ')}${rest === '000000' ? '' : `.${rest}`}`;
}
