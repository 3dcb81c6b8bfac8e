import type { ColumnType } from '../release/types';
import { familyOf, type TypeFamily } from './column-type';
import type { CsvDialect } from './csv-reader';
import type { QuarantinedLine } from './quarantine';
import { fieldSpans } from './split-line';

/** What the CSV reader says of one line: its first trouble, columns counted from 1. */
export interface Reject {
  readonly file: string;
  readonly line: number;
  readonly kind: string;
  /** the first column in trouble; for a line that is too long the last one */
  readonly column: number;
  /** the highest column that was found */
  readonly last: number;
  readonly raw: string;
}

const castWords: Readonly<Record<TypeFamily, string>> = {
  number: 'Not a number',
  moment: 'Not a time',
  date: 'Not a date',
  boolean: 'Not true or false',
  text: 'Not a text',
  other: 'Not of its type',
};

/** A value that does not fit its column's type, in words. */
export function castReason(type: string, value: string): string {
  const family = familyOf(type);
  if (family === 'number' && /^\s*[+-]?\d+(\.\d*)?(e\d+)?\s*$/i.test(value)) return 'Number out of range';
  return family === 'other' ? `Not a ${type}` : castWords[family];
}

/** One line that could not be loaded: why, and which part of it is bad. `columns` are those of its file, in order. */
export function toQuarantined(
  reject: Reject,
  columns: readonly ColumnType[],
  dialect: CsvDialect,
): QuarantinedLine {
  const raw = reject.raw.replace(/^[\r\n]+/, '').replace(/[\r\n]+$/, '');
  const spans = fieldSpans(raw, dialect);
  const at = { file: reject.file, line: reject.line, raw };
  const column = columns[reject.column - 1];
  const span = spans[reject.column - 1] ?? { start: raw.length, end: raw.length };
  const named = column?.name ?? '';
  switch (reject.kind) {
    case 'MISSING COLUMNS':
      return {
        ...at,
        column: '',
        reason: `${reject.column} of ${columns.length} columns`,
        start: raw.length,
        end: raw.length,
      };
    case 'TOO MANY COLUMNS':
      return {
        ...at,
        column: '',
        reason: `${reject.last} of ${columns.length} columns`,
        start: spans[columns.length]?.start ?? 0,
        end: raw.length,
      };
    case 'UNQUOTED VALUE':
      return { ...at, column: named, reason: 'Quote not closed', ...span };
    case 'LINE SIZE OVER MAXIMUM':
      return { ...at, column: '', reason: 'Line too long', start: 0, end: raw.length };
    case 'INVALID ENCODING':
      return { ...at, column: named, reason: `Not text in ${dialect.encoding.toUpperCase()}`, ...span };
    default:
      return {
        ...at,
        column: named,
        reason: castReason(column?.type ?? '', raw.slice(span.start, span.end)),
        ...span,
      };
  }
}
