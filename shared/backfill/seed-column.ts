import { authored, id, type Sql, sql } from '../sql/sql';
import type { CsvSettings } from './seed-csv';

/** What pandas takes a column of a CSV file for; `flags` is truth values with gaps, which it keeps as objects. */
export type Guess = 'integer' | 'float' | 'boolean' | 'flags' | 'text';

/** A column of a SEED with its cells as SQLMesh hands them over. */
export interface SeedColumn {
  readonly guess: Guess;
  readonly cells: readonly (string | null)[];
}

// What pandas reads as missing (its documentation of read_csv, "na_values").
const DEFAULT_NA =
  '|#N/A|#N/A N/A|#NA|-1.#IND|-1.#QNAN|-NaN|-nan|1.#IND|1.#QNAN|<NA>|N/A|NA|NULL|NaN|None|n/a|nan|null'.split(
    '|',
  );
const INTEGER = /^\s*[+-]?\d+\s*$/;
const FLOAT = /^\s*[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?\s*$/i;
const INFINITE = /^\s*[+-]?inf(inity)?\s*$/i;
const BOOLEAN = /^(true|false|True|False|TRUE|FALSE)$/;
const FORMATS = [
  '%m/%d/%Y',
  '%m/%d/%Y %H:%M:%S',
  '%m/%d/%Y %H:%M',
  '%m-%d-%Y',
  '%Y/%m/%d',
  '%Y%m%d',
  '%d %b %Y',
  '%b %d, %Y',
  '%B %d, %Y',
  '%d %B %Y',
  '%d-%b-%Y',
  '%d.%m.%Y',
];

/** Reads a column as pandas does: which cells are missing, and what the others are taken for. */
export function guessColumn(
  name: string,
  raw: readonly (string | null)[],
  settings: CsvSettings,
): SeedColumn {
  const missing = new Set([
    ...(settings.keepDefaultNa ? DEFAULT_NA : []),
    ...settings.na,
    ...(settings.naByColumn[name] ?? []),
  ]);
  const numbers = new Set([...missing].filter((text) => FLOAT.test(text)).map(Number));
  const cells = raw.map((cell) => (cell === null || missing.has(cell) ? null : cell));
  const full = cells.filter((cell) => cell !== null);
  const numeric = full.length > 0 && full.every((cell) => FLOAT.test(cell) || INFINITE.test(cell));
  const kept = numeric
    ? cells.map((cell) => (cell !== null && numbers.has(Number(cell)) ? null : cell))
    : cells;
  const guess = guessOf(kept);
  return { guess, cells: kept.map((cell) => (cell === null ? null : written(cell, guess))) };
}

function guessOf(cells: readonly (string | null)[]): Guess {
  const full = cells.filter((cell) => cell !== null);
  if (cells.length === 0) return 'text';
  const gaps = full.length < cells.length;
  if (full.every((cell) => INTEGER.test(cell)))
    return gaps ? 'float' : full.every(fitsInteger) ? 'integer' : 'text';
  if (full.every((cell) => FLOAT.test(cell) || INFINITE.test(cell))) return 'float';
  if (full.every((cell) => BOOLEAN.test(cell))) return gaps ? 'flags' : 'boolean';
  return 'text';
}

function fitsInteger(cell: string): boolean {
  const value = BigInt(cell.trim().replace(/^\+/, ''));
  return value >= -(2n ** 63n) && value < 2n ** 63n;
}

/** A cell as Python writes the value that it was taken for. */
function written(cell: string, guess: Guess): string {
  if (guess === 'integer') return BigInt(cell.trim().replace(/^\+/, '')).toString();
  if (guess === 'float') return pythonFloat(cell.trim());
  if (guess === 'boolean' || guess === 'flags') return cell.toLowerCase() === 'true' ? 'True' : 'False';
  return cell;
}

function pythonFloat(cell: string): string {
  if (INFINITE.test(cell)) return cell.startsWith('-') ? '-inf' : 'inf';
  const value = Number(cell);
  if (Object.is(value, -0)) return '-0.0';
  const size = Math.abs(value);
  if (value !== 0 && (size < 1e-4 || size >= 1e16))
    return value.toExponential().replace(/e([+-])(\d)$/, 'e$10$2');
  const text = String(value);
  return text.includes('.') ? text : `${text}.0`;
}

/** The type of a column that the model does not declare. */
export function guessedType(guess: Guess): string {
  return { integer: 'BIGINT', float: 'DOUBLE', boolean: 'BOOLEAN', flags: 'VARCHAR', text: 'VARCHAR' }[guess];
}

/** A column's value under its type, from its cells as texts. */
export function seedValue(name: string, guess: Guess, type: string): Sql {
  const cell = id(name);
  const plain = type.toUpperCase();
  const typed = authored(type);
  if (/^(VARCHAR|TEXT|STRING|CHAR|BPCHAR|NVARCHAR)\b/.test(plain)) return cell;
  if (/^BOOL/.test(plain))
    return sql`CAST(lower(${cell}) IN ('true', '1', 't', 'y', 'yes', 'on') AS ${typed})`;
  if (/^(DATE|TIMESTAMP|DATETIME)/.test(plain))
    return sql`CAST(coalesce(TRY_CAST(${cell} AS ${typed}), TRY_CAST(TRY_CAST(${cell} AS TIMESTAMP) AS ${typed}), TRY_CAST(try_strptime(${cell}, ${FORMATS}) AS ${typed}), CAST(${cell} AS ${typed})) AS ${typed})`;
  if (guess === 'float') return sql`CAST(CAST(${cell} AS DOUBLE) AS ${typed})`;
  if (guess === 'boolean' || guess === 'flags') return sql`CAST(CAST(${cell} AS BOOLEAN) AS ${typed})`;
  return sql`CAST(${cell} AS ${typed})`;
}
