import { CLAUSES_AFTER_FROM, SET_OPERATORS } from './clauses';
import { codeTokens, type Token } from './lexer';
import { closingIndex, type Edit, identifierOf, stringOf } from './text';

/** A table that a query reads by name; `start`/`end` span the name in the text. */
export interface TableReference {
  readonly parts: readonly string[];
  readonly start: number;
  readonly end: number;
  /** whether an alias follows, so that a replaced name needs none */
  readonly aliased: boolean;
}

/** A file that a query reads by a literal path; `start`/`end` span the string. */
export interface FileReference {
  readonly path: string;
  readonly reader: 'csv' | 'parquet' | 'json' | 'text' | 'auto';
  readonly start: number;
  readonly end: number;
}

export interface References {
  readonly tables: readonly TableReference[];
  readonly files: readonly FileReference[];
}

/** The name that stands for a table wherever models are named: `schema.table` in lower case, without a catalog. */
export function tableName(parts: readonly string[]): string {
  const [schema, table] = parts.length === 1 ? [NO_SCHEMA, parts[0]] : parts.slice(-2);
  return `${schema}.${table}`.toLowerCase();
}

/** The same of a name as a person writes it, quoted or not. */
export function tableNameOf(name: string): string {
  return tableName(name.replaceAll('"', '').split('.'));
}

/** Edits that take the catalog off the names of tables: all tables of a project lie in one. */
export function catalogEdits(text: string): readonly Edit[] {
  return findReferences(text).tables.flatMap(({ parts, start, end }) => {
    if (parts.length < 3 || KEPT_CATALOGS.has(parts[0]?.toLowerCase() ?? '')) return [];
    const schema = codeTokens(text.slice(start, end)).at(-3);
    return schema ? [{ start, end: start + schema.start, text: '' }] : [];
  });
}

/** The schema that holds models whose names give none. */
export const NO_SCHEMA = 'default';
const KEPT_CATALOGS = new Set(['system', 'temp']);

const CLAUSE_ENDS = new Set([...CLAUSES_AFTER_FROM, ...SET_OPERATORS, 'select', 'sample', 'tablesample']);
const NOT_ALIAS = new Set([
  ...CLAUSE_ENDS,
  'on',
  'using',
  'join',
  'left',
  'right',
  'full',
  'inner',
  'outer',
  'cross',
  'natural',
  'asof',
  'positional',
  'semi',
  'anti',
  'lateral',
  'pivot',
  'unpivot',
  'set',
  'when',
  'at',
]);
const READERS: Readonly<Record<string, FileReference['reader']>> = {
  read_csv: 'csv',
  read_csv_auto: 'csv',
  read_parquet: 'parquet',
  parquet_scan: 'parquet',
  read_json: 'json',
  read_json_auto: 'json',
  read_text: 'text',
};

interface Frame {
  /** a FROM here is a clause, not part of `extract(year FROM ts)` */
  query: boolean;
  /** inside the FROM clause, where a comma brings another table */
  from: boolean;
}

/**
 * Finds the tables and files that a query reads by walking its tokens: what follows FROM, JOIN and the commas of a FROM
 * clause, less the names of common table expressions. Knows nothing of columns.
 */
export function findReferences(text: string): References {
  const tokens = codeTokens(text);
  const ctes = cteNames(tokens);
  const found = walkTables(tokens);
  const files = [...found.files, ...readerCalls(tokens)];
  const tables = found.tables.filter(
    (table) => !(table.parts.length === 1 && ctes.has(table.parts[0] ?? '')),
  );
  return { tables, files };
}

function cteNames(tokens: readonly Token[]): ReadonlySet<string> {
  const names = new Set<string>();
  tokens.forEach((token, index) => {
    if (token.kind !== 'word' || token.text.toLowerCase() !== 'as') return;
    let open = index + 1;
    while (['not', 'materialized'].includes(tokens[open]?.text.toLowerCase() ?? '')) open++;
    if (tokens[open]?.text !== '(' || !startsQuery(tokens[open + 1])) return;
    let name = index - 1;
    if (tokens[name]?.text === ')') name = openingIndex(tokens, name) - 1;
    const owner = tokens[name];
    if (owner && (owner.kind === 'word' || owner.kind === 'quoted')) names.add(identifierOf(owner));
  });
  return names;
}

function walkTables(tokens: readonly Token[]): { tables: TableReference[]; files: FileReference[] } {
  const tables: TableReference[] = [];
  const files: FileReference[] = [];
  const frames: Frame[] = [{ query: true, from: false }];
  let expectTable = false;
  for (let i = 0; i < tokens.length; i++) {
    const token = tokens[i] as Token;
    const word = token.kind === 'word' ? token.text.toLowerCase() : '';
    const frame = frames.at(-1) ?? { query: true, from: false };
    if (expectTable && word === 'lateral') continue;
    if (expectTable && isName(token) && !(word && startsQuery(token))) {
      const last = nameEnd(tokens, i);
      if (tokens[last + 1]?.text !== '(') tables.push(tableAt(tokens, i, last));
      i = last;
      expectTable = false;
      continue;
    }
    if (expectTable && stringOf(token) !== undefined) {
      files.push({ path: stringOf(token) ?? '', reader: 'auto', start: token.start, end: token.end });
    }
    if (token.text === '(' && token.kind === 'symbol') {
      const inJoin: boolean = expectTable && !startsQuery(tokens[i + 1]);
      frames.push({ query: inJoin || startsQuery(tokens[i + 1]), from: inJoin });
      expectTable = inJoin;
      continue;
    }
    expectTable = false;
    if (token.text === ')' && token.kind === 'symbol') frames.length > 1 && frames.pop();
    else if (token.text === ',' && frame.from) expectTable = true;
    else if (word === 'from' && frame.query && !isDistinctFrom(tokens, i)) {
      frame.from = true;
      expectTable = true;
    } else if (word === 'join' || ((word === 'pivot' || word === 'unpivot') && !frame.from)) {
      frame.from = true;
      expectTable = true;
    } else if (CLAUSE_ENDS.has(word)) frame.from = false;
  }
  return { tables, files };
}

function tableAt(tokens: readonly Token[], first: number, last: number): TableReference {
  const parts: string[] = [];
  for (let i = first; i <= last; i += 2) parts.push(identifierOf(tokens[i] as Token));
  const next = tokens[last + 1];
  const word = next?.kind === 'word' ? next.text.toLowerCase() : '';
  const aliased = next?.kind === 'quoted' || (word !== '' && !NOT_ALIAS.has(word));
  return { parts, start: tokens[first]?.start ?? 0, end: tokens[last]?.end ?? 0, aliased };
}

function readerCalls(tokens: readonly Token[]): FileReference[] {
  return tokens.flatMap((token, index) => {
    const reader = token.kind === 'word' ? READERS[token.text.toLowerCase()] : undefined;
    if (!reader || tokens[index + 1]?.text !== '(') return [];
    const close = closingIndex(tokens, index + 1);
    const listed = tokens[index + 2]?.text === '[' ? closingIndex(tokens, index + 2) : index + 2;
    return tokens
      .slice(index + 2, Math.min(close < 0 ? tokens.length : close, listed + 1))
      .filter((argument) => stringOf(argument) !== undefined)
      .map((argument) => ({
        path: stringOf(argument) ?? '',
        reader,
        start: argument.start,
        end: argument.end,
      }));
  });
}

function nameEnd(tokens: readonly Token[], first: number): number {
  let last = first;
  while (tokens[last + 1]?.text === '.' && isName(tokens[last + 2])) last += 2;
  return last;
}

function isName(token: Token | undefined): boolean {
  return token?.kind === 'word' || token?.kind === 'quoted';
}

function startsQuery(token: Token | undefined): boolean {
  return (
    token?.kind === 'word' &&
    ['select', 'with', 'from', 'values', 'pivot', 'unpivot', 'table', 'describe', 'summarize'].includes(
      token.text.toLowerCase(),
    )
  );
}

function isDistinctFrom(tokens: readonly Token[], from: number): boolean {
  const before = (steps: number) => tokens[from - steps]?.text.toLowerCase();
  return before(1) === 'distinct' && (before(2) === 'is' || before(2) === 'not');
}

function openingIndex(tokens: readonly Token[], close: number): number {
  let depth = 0;
  for (let i = close; i >= 0; i--) {
    if (tokens[i]?.text === ')') depth++;
    if (tokens[i]?.text === '(') depth--;
    if (depth === 0) return i;
  }
  return 0;
}
