import { readWith } from './ctes';
import { codeTokens, type Token } from './lexer';
import { closingIndex, identifierOf, splitAtCommas } from './text';

/** A column that a query names; the type where the query's text alone tells it. */
export interface NamedColumn {
  readonly name: string;
  readonly type: string | undefined;
}

/**
 * The columns of a query as far as its text tells: a cast or a literal says the type, a plain column takes that of the CTE it comes
 * from, or of the table whose columns are `given`. Undefined where not even the names are there to read.
 */
export function selectedColumns(text: string, given?: Known): readonly NamedColumn[] | undefined {
  const known = new Map<string, readonly NamedColumn[]>(given);
  const clause = readWith(text);
  for (const cte of clause?.ctes ?? []) {
    const columns = columnsOfSelect(text.slice(cte.bodyStart, cte.bodyEnd), known);
    if (columns) known.set(cte.name, columns);
  }
  return columnsOfSelect(text.slice(clause?.end ?? 0), known);
}

type Known = ReadonlyMap<string, readonly NamedColumn[]>;

function columnsOfSelect(text: string, known: Known): readonly NamedColumn[] | undefined {
  const tokens = codeTokens(text);
  if (!isWord(tokens[0], 'select')) return undefined;
  const first = isWord(tokens[1], 'distinct') ? 2 : 1;
  if (isWord(tokens[first], 'on')) return undefined;
  const end = topIndex(tokens, ['from', 'union', 'intersect', 'except', 'where', 'order', 'limit'], first);
  const sources = fromSources(tokens, end);
  const columns: NamedColumn[] = [];
  for (const item of splitAtCommas(tokens.slice(first, end < 0 ? undefined : end))) {
    const found =
      item.length === 1 && item[0]?.text === '*'
        ? starColumns(sources, known)
        : [columnOf(item, text, { sources, known })];
    if (!found || found.some((column) => column === undefined)) return undefined;
    columns.push(...found.filter((column) => column !== undefined));
  }
  return columns;
}

interface Scope {
  readonly sources: readonly string[];
  readonly known: Known;
}

function columnOf(item: readonly Token[], text: string, scope: Scope): NamedColumn | undefined {
  const as = topIndex(item, ['as'], 0);
  const last = item.at(-1);
  if (!last) return undefined;
  if (as > 0 && as === item.length - 2)
    return { name: identifierOf(last), type: typeOf(item.slice(0, as), text, scope) };
  const plain = item.every((token, index) => (index % 2 === 0 ? isName(token) : token.text === '.'));
  if (plain) return { name: identifierOf(last), type: typeOf(item, text, scope) };
  const cast = item.findIndex((token) => token.text === '::');
  // `a::INT` is called a; sums and calls without a name are called as the engine likes.
  if (
    cast > 0 &&
    castTypes(item.slice(cast + 1)).every(isType) &&
    item.slice(0, cast).every((token, index) => (index % 2 === 0 ? isName(token) : token.text === '.'))
  )
    return { name: identifierOf(item[cast - 1] ?? last), type: typeOf(item, text, scope) };
  return undefined;
}

function typeOf(item: readonly Token[], text: string, scope: Scope): string | undefined {
  const cast = lastTop(item, '::');
  if (cast > 0) {
    const type = item.slice(cast + 1);
    return isPrimary(item.slice(0, cast)) && isType(type) ? slice(type, text) : undefined;
  }
  const [first] = item;
  if ((isWord(first, 'cast') || isWord(first, 'try_cast')) && closingIndex(item, 1) === item.length - 1) {
    const inner = item.slice(2, -1);
    const as = topIndex(inner, ['as'], 0);
    return as > 0 ? slice(inner.slice(as + 1), text) : undefined;
  }
  if (isWord(first, 'count') && closingIndex(item, 1) === item.length - 1) return 'BIGINT';
  const column = item.at(-1);
  if (item.length === 1 && first?.kind === 'string') return 'VARCHAR';
  if (item.length === 1 && first?.kind === 'number') return /^\d+$/.test(first.text) ? 'INTEGER' : undefined;
  if (item.length === 1 && (isWord(first, 'true') || isWord(first, 'false'))) return 'BOOLEAN';
  if (!column || !item.every((token, index) => (index % 2 === 0 ? isName(token) : token.text === '.')))
    return undefined;
  const name = identifierOf(column);
  const types = scope.sources.map(
    (source) => scope.known.get(source)?.find((one) => one.name === name)?.type,
  );
  return types.find((type) => type !== undefined);
}

function starColumns(sources: readonly string[], known: Known): readonly NamedColumn[] | undefined {
  const [only] = sources;
  return sources.length === 1 && only !== undefined ? known.get(only) : undefined;
}

/** The names that stand right behind FROM and JOIN at the top. */
function fromSources(tokens: readonly Token[], from: number): readonly string[] {
  if (from < 0) return [];
  return tokens.flatMap((token, index) => {
    const before = tokens[index - 1];
    if (index <= from || !isName(token) || !(isWord(before, 'from') || isWord(before, 'join'))) return [];
    let last = index;
    while (tokens[last + 1]?.text === '.') last += 2;
    const parts = tokens.slice(index, last + 1).filter((part) => part.text !== '.');
    return [parts.map((part) => identifierOf(part).toLowerCase()).join('.')];
  });
}

const TYPE_WORDS = new Set(['with', 'without', 'time', 'zone', 'local', 'precision', 'varying']);

/** The types of casts one after the other: what stands between their signs. */
function castTypes(tokens: readonly Token[]): readonly (readonly Token[])[] {
  const next = tokens.findIndex(({ text }) => text === '::');
  return next < 0 ? [tokens] : [tokens.slice(0, next), ...castTypes(tokens.slice(next + 1))];
}

/** Whether all that follows a cast is its type: a name, what stands in brackets behind it, and words such as WITH TIME ZONE. */
function isType([name, ...rest]: readonly Token[]): boolean {
  if (!name || !isName(name)) return false;
  let depth = 0;
  return rest.every((token) => {
    const opens = depthOf(token);
    const inside = depth > 0 || opens !== 0;
    depth += opens;
    return inside || (token.kind === 'word' && TYPE_WORDS.has(token.text.toLowerCase()));
  });
}

function isPrimary(item: readonly Token[]): boolean {
  if (item.length === 1) return true;
  if (item[0]?.text === '(') return closingIndex(item, 0) === item.length - 1;
  if (item[1]?.text === '(') return closingIndex(item, 1) === item.length - 1;
  const cast = lastTop(item, '::');
  if (cast > 0) return isPrimary(item.slice(0, cast));
  return (
    item.every((token, index) => (index % 2 === 0 ? isName(token) : token.text === '.')) ||
    (item.length === 2 && item[1]?.kind === 'string')
  );
}

function topIndex(tokens: readonly Token[], words: readonly string[], from: number): number {
  let depth = 0;
  return tokens.findIndex((token, index) => {
    depth += depthOf(token);
    return depth === 0 && index >= from && token.kind === 'word' && words.includes(token.text.toLowerCase());
  });
}

function lastTop(tokens: readonly Token[], symbol: string): number {
  let depth = 0;
  let found = -1;
  for (const [index, token] of tokens.entries()) {
    depth += depthOf(token);
    if (depth === 0 && token.text === symbol) found = index;
  }
  return found;
}

function depthOf(token: Token): number {
  if (token.kind !== 'symbol') return 0;
  if ('([{'.includes(token.text)) return 1;
  return ')]}'.includes(token.text) ? -1 : 0;
}

function slice(tokens: readonly Token[], text: string): string | undefined {
  const [first, last] = [tokens[0], tokens.at(-1)];
  return first && last ? text.slice(first.start, last.end) : undefined;
}

function isName(token: Token | undefined): boolean {
  return token?.kind === 'word' || token?.kind === 'quoted';
}

function isWord(token: Token | undefined, word: string): boolean {
  return token?.kind === 'word' && token.text.toLowerCase() === word;
}
