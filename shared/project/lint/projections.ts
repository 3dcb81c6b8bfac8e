import { CLAUSES_AFTER_FROM, SET_OPERATORS } from '../../sql/clauses';
import { codeTokens, type Token } from '../../sql/lexer';
import { closingIndex, identifierOf, splitAtCommas } from '../../sql/text';

/** One column of a query's outermost SELECT: its name where it has one that can be told, and where it stands. */
export interface Projection {
  readonly name: string | null;
  readonly star: boolean;
  readonly start: number;
  readonly end: number;
}

const ENDS = new Set(['from', ...CLAUSES_AFTER_FROM, ...SET_OPERATORS, 'using']);
const NO_ALIAS = new Set(['end', 'null', 'true', 'false', 'from', 'asc', 'desc']);
/** Words before a name that is not an alias. */
const GOES_ON = new Set([
  'and',
  'or',
  'not',
  'is',
  'in',
  'like',
  'ilike',
  'between',
  'case',
  'when',
  'then',
  'else',
  'distinct',
  'as',
  'over',
  'filter',
  'escape',
  'collate',
  'glob',
  'similar',
  'to',
]);

/**
 * The columns of each SELECT that a query's rows come from: one list, or one for each side of a UNION. A query that begins with FROM
 * and has no SELECT is all columns.
 */
export function outerSelects(text: string): readonly (readonly Projection[])[] {
  return selectsOf(codeTokens(text));
}

/** Where a query selects all columns of something, on any level. */
export function stars(text: string): readonly number[] {
  const tokens = codeTokens(text);
  return tokens.flatMap((token, index) => {
    const before = tokens[index - 1]?.text.toLowerCase() ?? '';
    const isStar = token.text === '*' && ['select', 'distinct', ',', '.', ')'].includes(before);
    // `sum(a) * b` has a star behind brackets too, `DISTINCT ON (a) *` is the only such that selects.
    return isStar && (before !== ')' || isDistinctOn(tokens, index)) ? [token.start] : [];
  });
}

function isDistinctOn(tokens: readonly Token[], index: number): boolean {
  const open = tokens.findLastIndex((token, at) => at < index && token.text === '(');
  return isWord(tokens[open - 1], 'on') && isWord(tokens[open - 2], 'distinct');
}

function selectsOf(tokens: readonly Token[]): readonly (readonly Projection[])[] {
  const found: (readonly Projection[])[] = [];
  for (let i = 0; i < tokens.length; i++) {
    const token = tokens[i] as Token;
    if (opens(token)) {
      const close = closingIndex(tokens, i);
      if (close < 0) return found;
      if (isSide(tokens, i)) found.push(...selectsOf(tokens.slice(i + 1, close)));
      i = close;
    } else if (isWord(token, 'select')) {
      const end = selectEnd(tokens, i + 1);
      found.push(projectionsOf(tokens.slice(i + 1, end)));
      i = end - 1;
    }
  }
  const first = tokens[0];
  if (found.length === 0 && first && isWord(first, 'from'))
    return [[{ name: null, star: true, start: first.start, end: first.end }]];
  return found;
}

// Brackets are a side of a query where a query can begin: at its start, or after UNION and the like.
function isSide(tokens: readonly Token[], index: number): boolean {
  const before = tokens[index - 1]?.text.toLowerCase();
  return before === undefined || ['union', 'all', 'except', 'intersect', 'distinct', 'name'].includes(before);
}

function selectEnd(tokens: readonly Token[], from: number): number {
  for (let i = from; i < tokens.length; i++) {
    const token = tokens[i] as Token;
    if (opens(token)) {
      const close = closingIndex(tokens, i);
      if (close < 0) return tokens.length;
      i = close;
    } else if (token.kind === 'word' && ENDS.has(token.text.toLowerCase()) && tokens[i - 1]?.text !== '.') {
      if (isWord(token, 'from') && isWord(tokens[i - 1], 'distinct') && i - 1 > from) continue;
      return i;
    }
  }
  return tokens.length;
}

function projectionsOf(tokens: readonly Token[]): readonly Projection[] {
  return splitAtCommas(withoutDistinct(tokens)).map((item) => ({
    name: nameOf(item),
    star: isStar(item),
    start: item[0]?.start ?? 0,
    end: item.at(-1)?.end ?? 0,
  }));
}

function withoutDistinct(tokens: readonly Token[]): readonly Token[] {
  if (isWord(tokens[0], 'all')) return tokens.slice(1);
  if (!isWord(tokens[0], 'distinct')) return tokens;
  if (!isWord(tokens[1], 'on')) return tokens.slice(1);
  return tokens.slice(closingIndex(tokens, 2) + 1);
}

function isStar(item: readonly Token[]): boolean {
  if (item[0]?.text === '*') return true;
  const at = item.findIndex((token) => token.text === '*');
  return at > 1 && item[at - 1]?.text === '.' && item.slice(0, at).every(isNamePart);
}

function nameOf(item: readonly Token[]): string | null {
  const last = item.at(-1);
  const before = item.at(-2);
  if (!last) return null;
  const isName = last.kind === 'quoted' || (last.kind === 'word' && !NO_ALIAS.has(last.text.toLowerCase()));
  if (isName && isWord(before, 'as')) return identifierOf(last);
  const cast = item.findIndex((token) => token.text === '::');
  if (cast > 0) {
    const after = item[cast + 1];
    if (
      after &&
      item.slice(cast + 1).every((token) => token !== last || token === after || token.text === ')')
    )
      return nameOf(item.slice(0, cast));
  }
  if (isName && isPath(item)) return identifierOf(last);
  const castCall = castInside(item);
  if (castCall) return nameOf(castCall);
  return isName && before && isOperandEnd(before) ? identifierOf(last) : null;
}

/** What `CAST(x AS type)` casts, where an item is that and nothing else. */
function castInside(item: readonly Token[]): readonly Token[] | undefined {
  if (!isWord(item[0], 'cast') && !isWord(item[0], 'try_cast')) return undefined;
  if (closingIndex(item, 1) !== item.length - 1) return undefined;
  const as = item.findIndex((token) => isWord(token, 'as'));
  return as > 2 ? item.slice(2, as) : undefined;
}

function isOperandEnd(token: Token): boolean {
  if (token.kind === 'symbol') return [')', ']', '}'].includes(token.text);
  return !(token.kind === 'word' && GOES_ON.has(token.text.toLowerCase()));
}

/** `a`, `t.a`, `s.t.a` */
function isPath(item: readonly Token[]): boolean {
  return item.every((token, index) => (index % 2 === 1) === (token.text === '.') && isNamePart(token));
}

function isNamePart(token: Token): boolean {
  return token.kind === 'word' || token.kind === 'quoted' || token.text === '.';
}

function isWord(token: Token | undefined, word: string): boolean {
  return token?.kind === 'word' && token.text.toLowerCase() === word;
}

function opens(token: Token): boolean {
  return token.kind === 'symbol' && ['(', '[', '{'].includes(token.text);
}
