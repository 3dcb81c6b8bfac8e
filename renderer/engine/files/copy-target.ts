import type { Token } from '../../../shared/sql/lexer';
import { closingIndex, stringOf } from '../../../shared/sql/text';

/** A statement that writes rows into a file; `start` and `end` span the rows' query or table in the statement. */
export interface CopyTarget {
  readonly path: string;
  readonly format: 'parquet' | 'other';
  readonly start: number;
  readonly end: number;
  readonly tokens: readonly Token[];
}

/** Reads `COPY (query) TO 'path' (options)` and `COPY table TO 'path'`; undefined for every other statement. */
export function copyTarget(tokens: readonly Token[]): CopyTarget | undefined {
  const origin = tokens[0]?.start ?? 0;
  if (tokens[0]?.text.toLowerCase() !== 'copy') return undefined;
  const close = tokens[1]?.text === '(' ? closingIndex(tokens, 1) : -1;
  const to = tokens.findIndex((token, index) => index > close && token.text.toLowerCase() === 'to');
  const file = tokens[to + 1];
  const path = to < 0 || !file ? undefined : stringOf(file);
  if (path === undefined) return undefined;
  const rows = close < 0 ? tokens.slice(1, to) : tokens.slice(2, close);
  const query = close < 0 ? rows.slice(0, nameLength(rows)) : rows;
  const options = tokens.slice(to + 2).map((token) => token.text.toLowerCase());
  return {
    path,
    format:
      options.includes('parquet') || (isBare(options) && /\.parquet$/i.test(path)) ? 'parquet' : 'other',
    start: (query[0]?.start ?? origin) - origin,
    end: (query.at(-1)?.end ?? origin) - origin,
    tokens: query,
  };
}

function isBare(options: readonly string[]): boolean {
  return !options.includes('format');
}

function nameLength(tokens: readonly Token[]): number {
  const open = tokens.findIndex((token) => token.text === '(');
  return open < 0 ? tokens.length : open;
}
