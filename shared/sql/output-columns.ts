import { codeTokens, type Token } from './lexer';
import { hasOpenColumn } from './open-columns';
import { tableName } from './references';
import { applyEdits, closingIndex, type Edit, identifierOf, splitAtCommas, stringOf } from './text';

/** Columns of a table by its name in lower case, without quotes; null where they are not known. */
export type ColumnsOf = (table: string) => readonly string[] | null;

/** A query whose stars are replaced by names as far as these are known, and the columns that it gives. */
export interface SpelledOut {
  readonly text: string;
  /** null where a star reads what is not known, or two columns have one name */
  readonly columns: readonly string[] | null;
}

/**
 * Spells out the stars of a query's select lists and names its columns, by its tokens alone. What comes from files, functions and
 * tables that `columnsOf` does not know counts as not known.
 */
export function spellOutStars(text: string, columnsOf: ColumnsOf): SpelledOut {
  const tokens = codeTokens(text);
  const edits: Edit[] = [];
  const found: Found = { open: false };
  const columns = queryColumns({ tokens, columnsOf, edits, ctes: new Map(), found }, 0, tokens.length);
  // Where some column is of nobody knows which table, nothing is named or spelled out.
  if (found.open && (edits.length > 0 || columns?.some((name) => UNNAMED.test(name))))
    return { text, columns: null };
  const names = columns && new Set(columns.map((name) => name.toLowerCase()));
  return { text: applyEdits(text, edits), columns: names?.size === columns?.length ? columns : null };
}

interface Reading {
  readonly tokens: readonly Token[];
  readonly columnsOf: ColumnsOf;
  readonly edits: Edit[];
  readonly ctes: ReadonlyMap<string, readonly string[] | null>;
  readonly found: Found;
}

/** What is seen on the way: a column that may be of a table whose columns are not known. */
interface Found {
  open: boolean;
}

const UNNAMED = /^_col_\d+$/;

type Columns = readonly string[] | null;

const SET_WORDS = new Set(['union', 'intersect', 'except']);
const LIST_ENDS = new Set([
  ...['from', 'where', 'group', 'having', 'window', 'qualify', 'order', 'limit', 'offset'],
  ...SET_WORDS,
]);
const FROM_ENDS = new Set([...LIST_ENDS, 'sample', 'select'].filter((word) => word !== 'from'));
const JOIN_WORDS = new Set(
  'join left right full inner outer cross natural asof positional semi anti lateral on using'.split(' '),
);

function queryColumns(reading: Reading, from: number, to: number): Columns {
  const { tokens } = reading;
  if (wordAt(tokens, from) !== 'with') return setColumns(reading, from, to);
  const ctes = new Map(reading.ctes);
  const recursive = wordAt(tokens, from + 1) === 'recursive';
  let at = from + (recursive ? 2 : 1);
  while (at < to) {
    const name = tokens[at] ? identifierOf(tokens[at] as Token).toLowerCase() : '';
    let next = at + 1;
    let given: Columns = null;
    if (tokens[next]?.text === '(') {
      const close = closingIndex(tokens, next);
      given = splitAtCommas(tokens.slice(next + 1, close)).map((part) => identifierOf(part[0] as Token));
      next = close + 1;
    }
    while (['as', 'not', 'materialized'].includes(wordAt(tokens, next))) next++;
    if (tokens[next]?.text !== '(') return null;
    const close = closingIndex(tokens, next);
    if (close < 0) return null;
    if (recursive) {
      const rough = { ...reading, ctes, edits: [], found: { open: false } };
      ctes.set(name, given ?? queryColumns(rough, next + 1, close));
    }
    const found = queryColumns({ ...reading, ctes }, next + 1, close);
    ctes.set(name, given ?? found);
    at = close + 1;
    if (tokens[at]?.text !== ',') break;
    at++;
  }
  return setColumns({ ...reading, ctes }, at, to);
}

/** The columns of a chain of queries: the first one's; the others are read for their stars. */
function setColumns(reading: Reading, from: number, to: number): Columns {
  let first: Columns | undefined;
  let start = from;
  for (let at = from; at <= to; at = skip(reading.tokens, at)) {
    if (at < to && !SET_WORDS.has(wordAt(reading.tokens, at))) continue;
    const found = coreColumns(reading, start, at);
    first = first === undefined ? found : first;
    start = at + 1;
    while (['all', 'distinct', 'by', 'name'].includes(wordAt(reading.tokens, start))) start++;
    if (at >= to) break;
  }
  return first ?? null;
}

function coreColumns(reading: Reading, from: number, to: number): Columns {
  const { tokens } = reading;
  if (tokens[from]?.text === '(') {
    const close = closingIndex(tokens, from);
    return close < 0 ? null : queryColumns(reading, from + 1, close);
  }
  if (wordAt(tokens, from) === 'with') return queryColumns(reading, from, to);
  const select = findWord(tokens, from, to, new Set(['select']));
  const list = findWord(tokens, from, to, new Set(['from']));
  const relations = list < to ? relationsOf(reading, list + 1, to) : [];
  if (select >= to) return wordAt(tokens, from) === 'from' ? allColumns(relations) : null;
  let start = select + 1;
  if (wordAt(tokens, start) === 'distinct') start++;
  if (wordAt(tokens, start) === 'on' && tokens[start + 1]?.text === '(')
    start = closingIndex(tokens, start + 1) + 1;
  const end = findWord(tokens, start, to, LIST_ENDS);
  return listColumns(reading, tokens.slice(start, end), relations);
}

interface Relation {
  readonly name: string;
  readonly columns: Columns;
}

function listColumns(reading: Reading, list: readonly Token[], relations: readonly Relation[]): Columns {
  let known = true;
  if (hasOpenColumn(list, relations)) reading.found.open = true;
  const names = splitAtCommas(list).flatMap((item, index) => {
    const star = starOf(item, relations);
    if (!star) return [nameOf(item) ?? `_col_${index}`];
    if (!star.columns) {
      known = false;
      return [];
    }
    const [first, last] = [item[0], item.at(-1)];
    const prefix = star.prefix ? `${star.prefix}.` : '';
    if (first && last)
      reading.edits.push({
        start: first.start,
        end: last.end,
        text: star.columns.map((name) => `${prefix}"${name.replaceAll('"', '""')}"`).join(', '),
      });
    return star.columns;
  });
  return known ? names : null;
}

function starOf(
  item: readonly Token[],
  relations: readonly Relation[],
): { prefix: string; columns: Columns } | undefined {
  const [first, second, third] = item;
  if (wordOf(first) === 'columns' && second?.text === '(') return { prefix: '', columns: null };
  const qualified = second?.text === '.' && third?.text === '*';
  if (first?.text !== '*' && !qualified) return undefined;
  const rest = item.slice(qualified ? 3 : 1);
  const prefix = qualified && first ? identifierOf(first) : '';
  const found = qualified
    ? (relations.find((relation) => relation.name === prefix.toLowerCase())?.columns ?? null)
    : allColumns(relations);
  if (rest.length === 0) return { prefix, columns: found };
  if (!['exclude', 'except'].includes(wordOf(rest[0])) || !found) return { prefix, columns: null };
  const inner = rest[1]?.text === '(' ? rest.slice(2, -1) : rest.slice(1);
  const without = new Set(
    splitAtCommas(inner).map((part) => identifierOf(part.at(-1) as Token).toLowerCase()),
  );
  return { prefix, columns: found.filter((name) => !without.has(name.toLowerCase())) };
}

function allColumns(relations: readonly Relation[]): Columns {
  if (relations.length === 0 || relations.some((relation) => !relation.columns)) return null;
  return relations.flatMap((relation) => relation.columns ?? []);
}

/** The name that an item gives its column: its alias, else the last part of a plain column. */
function nameOf(written: readonly Token[]): string | undefined {
  const item = withoutCasts(written);
  const literal = literalOf(written);
  if (literal !== undefined) return literal;
  const last = item.at(-1);
  const before = item.at(-2);
  const isName = last?.kind === 'word' || last?.kind === 'quoted';
  if (last && isName) {
    const plain = item.every((token, at) => (at % 2 === 0 ? isNameToken(token) : token.text === '.'));
    const aliased =
      wordOf(before) === 'as' || before?.kind !== 'symbol' || [')', ']', '}'].includes(before.text);
    if (plain || (aliased && item.length > 1 && wordOf(last) !== 'end')) return identifierOf(last);
  }
  return undefined;
}

/** A number or a text that stands alone, cast or not, is called as it reads. */
function literalOf(item: readonly Token[]): string | undefined {
  const [first, second] = item;
  const typed = wordOf(first) === 'date' || wordOf(first) === 'timestamp';
  if (typed && item.length === 2 && second) return stringOf(second);
  const type = item.slice(2);
  const cast = second?.text === '::' && (type.length === 1 || [')', ']'].includes(type.at(-1)?.text ?? ''));
  if (!first || (item.length > 1 && !cast)) return undefined;
  return first.kind === 'number' ? first.text : stringOf(first);
}

/** A plain column that is only cast keeps its name. */
function withoutCasts(item: readonly Token[]): readonly Token[] {
  const cast = item.findIndex((token) => token.text === '::');
  const plain = cast > 0 && item.slice(0, cast).every((token) => isNameToken(token) || token.text === '.');
  if (!plain || item.some((token) => wordOf(token) === 'as')) return item;
  const type = item.slice(cast);
  const alias = type.at(-1);
  const aliased =
    type.length > 2 && alias && isNameToken(alias) && [')', ']'].includes(type.at(-2)?.text ?? '');
  return aliased || (type.length === 3 && alias && isNameToken(alias)) ? item : item.slice(0, cast);
}

/** What a FROM clause brings, with the columns of each as far as known. */
function relationsOf(reading: Reading, from: number, to: number): readonly Relation[] {
  const { tokens } = reading;
  const end = findWord(tokens, from, to, FROM_ENDS);
  const relations: Relation[] = [];
  let expected = true;
  for (let at = from; at < end; at = skip(tokens, at)) {
    const token = tokens[at] as Token;
    const word = wordOf(token);
    if (token.text === ',' || word === 'join') expected = true;
    else if (expected && !JOIN_WORDS.has(word)) {
      expected = false;
      relations.push(relationAt(reading, at, end));
    }
  }
  return relations;
}

function relationAt(reading: Reading, at: number, end: number): Relation {
  const { tokens } = reading;
  if (tokens[at]?.text === '(') {
    const close = closingIndex(tokens, at);
    const isQuery = ['select', 'with', 'from', 'values'].includes(wordAt(tokens, at + 1));
    const columns = isQuery ? queryColumns(reading, at + 1, close) : null;
    const alias = aliasAt(tokens, close + 1, end);
    return { name: alias.name, columns: alias.columns ?? columns };
  }
  let last = at;
  while (tokens[last + 1]?.text === '.' && last + 2 < end) last += 2;
  const parts = tokens
    .slice(at, last + 1)
    .filter((token) => token.text !== '.')
    .map(identifierOf);
  const own = (parts.at(-1) ?? '').toLowerCase();
  if (tokens[last + 1]?.text === '(') {
    const alias = aliasAt(tokens, closingIndex(tokens, last + 1) + 1, end);
    return { name: alias.name || own, columns: alias.columns };
  }
  const alias = aliasAt(tokens, last + 1, end);
  const cte = parts.length === 1 ? reading.ctes.get(own) : undefined;
  const columns = cte === undefined ? reading.columnsOf(tableName(parts)) : cte;
  return { name: alias.name || own, columns: alias.columns ?? columns };
}

function aliasAt(tokens: readonly Token[], at: number, end: number): { name: string; columns: Columns } {
  const start = wordAt(tokens, at) === 'as' ? at + 1 : at;
  const token = start < end ? tokens[start] : undefined;
  if (!token || !isNameToken(token) || JOIN_WORDS.has(wordOf(token))) return { name: '', columns: null };
  const listed = tokens[start + 1]?.text === '(' && start + 1 < end;
  const columns = listed
    ? splitAtCommas(tokens.slice(start + 2, closingIndex(tokens, start + 1))).map((part) =>
        identifierOf(part[0] as Token),
      )
    : null;
  return { name: identifierOf(token).toLowerCase(), columns };
}

/** The first of some words outside of brackets, or `to`. */
function findWord(tokens: readonly Token[], from: number, to: number, words: ReadonlySet<string>): number {
  for (let at = from; at < to; at = skip(tokens, at)) {
    if (
      words.has(wordAt(tokens, at)) &&
      !(wordAt(tokens, at) === 'from' && wordAt(tokens, at - 1) === 'distinct')
    )
      return at;
  }
  return to;
}

function skip(tokens: readonly Token[], at: number): number {
  const text = tokens[at]?.text;
  if (text !== '(' && text !== '[' && text !== '{') return at + 1;
  const close = closingIndex(tokens, at);
  return close < 0 ? tokens.length : close + 1;
}

function isNameToken(token: Token): boolean {
  return token.kind === 'word' || token.kind === 'quoted';
}

function wordOf(token: Token | undefined): string {
  return token?.kind === 'word' ? token.text.toLowerCase() : '';
}

function wordAt(tokens: readonly Token[], at: number): string {
  return wordOf(tokens[at]);
}
