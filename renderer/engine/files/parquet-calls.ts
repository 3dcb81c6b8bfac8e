import { codeTokens, type Token } from '../../../shared/sql/lexer';
import { findReferences } from '../../../shared/sql/references';
import { closingIndex, splitAtCommas, stringOf } from '../../../shared/sql/text';

/** A place in a query that reads Parquet files by literal paths; `start` and `end` span it. */
export interface ParquetCall {
  readonly paths: readonly string[];
  readonly start: number;
  readonly end: number;
  readonly unionByName: boolean;
  /** name of the column that gives each row's file; null without one */
  readonly filename: string | null;
}

/** A call that cannot be done here, and why. */
export interface RefusedCall {
  readonly start: number;
  readonly reason: string;
}

const READERS = new Set(['read_parquet', 'parquet_scan']);
const HARMLESS = new Set(['hive_partitioning', 'file_row_number', 'hive_types_autocast']);

/** The Parquet files that a statement reads: calls of `read_parquet`, and quoted names of Parquet files in a FROM clause. */
export function findParquet(text: string): readonly (ParquetCall | RefusedCall)[] {
  const tokens = codeTokens(text);
  const calls = tokens.flatMap((token, index) => {
    if (token.kind !== 'word' || !READERS.has(token.text.toLowerCase())) return [];
    if (tokens[index + 1]?.text !== '(') return [];
    const close = closingIndex(tokens, index + 1);
    if (close < 0) return [];
    const call = readCall(tokens.slice(index + 2, close), text);
    return call === null ? [] : [{ ...call, start: token.start, end: tokens[close]?.end ?? token.end }];
  });
  const named = findReferences(text)
    .files.filter((file) => file.reader === 'auto' && /\.parquet$/i.test(file.path))
    .map((file) => ({
      paths: [file.path],
      start: file.start,
      end: file.end,
      unionByName: false,
      filename: null,
    }));
  return [...calls, ...named];
}

type Options = Pick<ParquetCall, 'paths' | 'unionByName' | 'filename'>;

function readCall(tokens: readonly Token[], text: string): Options | { reason: string } | null {
  const [first = [], ...rest] = splitAtCommas(tokens);
  const paths = literalPaths(first);
  if (paths === null) return null;
  let options: Options = { paths, unionByName: false, filename: null };
  for (const argument of rest) {
    const name = argument[0]?.text.toLowerCase() ?? '';
    const value = argument.slice(2);
    const said = text.slice(value[0]?.start, value.at(-1)?.end).toLowerCase();
    if (name === 'union_by_name') options = { ...options, unionByName: said === 'true' || said === '1' };
    else if (name === 'filename')
      options = { ...options, filename: said === 'false' ? null : filenameOf(value[0]) };
    else if (!(HARMLESS.has(name) && said === 'false'))
      return { reason: `read_parquet with ${name} is not possible in the browser.` };
  }
  return options;
}

function filenameOf(token: Token | undefined): string {
  return (token && stringOf(token)) ?? 'filename';
}

function literalPaths(tokens: readonly Token[]): readonly string[] | null {
  const listed = tokens[0]?.text === '[' ? tokens.slice(1, -1) : tokens;
  const items = splitAtCommas(listed);
  const paths = items.map((item) => (item.length === 1 && item[0] ? stringOf(item[0]) : undefined));
  return paths.length > 0 && paths.every((path) => path !== undefined) ? paths : null;
}
