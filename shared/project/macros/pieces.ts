import { codeTokens, type Token } from '../../sql/lexer';
import { id, sql } from '../../sql/sql';
import { closingIndex, identifierOf, splitAtCommas, stringOf } from '../../sql/text';

/** Whether a piece keeps its meaning when an operator is set behind it: one token, a name, a call or a bracket. */
export function isAtomic(text: string): boolean {
  const tokens = codeTokens(text);
  if (tokens.length < 2) return true;
  const open = tokens.findIndex((token) => isSymbol(token, '(') || isSymbol(token, '['));
  const head = tokens.slice(0, open < 0 ? tokens.length : open);
  const isName = head.every((token, index) =>
    index % 2 === 0 ? token.kind === 'word' || token.kind === 'quoted' : isSymbol(token, '.'),
  );
  return isName && (open < 0 || closingIndex(tokens, open) === tokens.length - 1);
}

/** A piece as an operand: in brackets where it is more than a name, a value or a call. */
export function operand(text: string): string {
  return isAtomic(text) ? text : `(${text})`;
}

/** A piece as an operand of AND or OR: in brackets where it holds one itself. */
export function condition(text: string): string {
  let depth = 0;
  let between = 0;
  for (const token of codeTokens(text)) {
    if (isSymbol(token, '(') || isSymbol(token, '[') || isWord(token, 'case')) depth++;
    if (isSymbol(token, ')') || isSymbol(token, ']') || isWord(token, 'end')) depth--;
    if (depth !== 0) continue;
    if (isWord(token, 'between')) between++;
    else if (isWord(token, 'or') || (isWord(token, 'and') && between-- <= 0)) return `(${text})`;
  }
  return text;
}

/** The items of `[a, b]`, `(a, b)` or `ARRAY[a, b]`; undefined for any other piece. */
export function listItems(text: string): readonly string[] | undefined {
  const all = codeTokens(text);
  const tokens = all[0] && isWord(all[0], 'array') ? all.slice(1) : all;
  const [first, second] = tokens;
  if (!first || !(isSymbol(first, '[') || isSymbol(first, '('))) return undefined;
  if (second && (isWord(second, 'select') || isWord(second, 'with'))) return undefined;
  if (closingIndex(tokens, 0) !== tokens.length - 1) return undefined;
  return splitAtCommas(tokens.slice(1, -1)).map((part) => sliceOf(text, part));
}

/** What a piece is called where only its name counts: a string's text, a number, the last part of a name; else nothing. */
export function nameOf(text: string): string {
  const tokens = codeTokens(text);
  const [first, second] = tokens;
  if (!first) return '';
  if (tokens.length === 1) return first.kind === 'string' ? (stringOf(first) ?? text) : nameToken(first);
  if (isSymbol(first, '-') && second?.kind === 'number') return second.text;
  const cast = tokens.findLastIndex((token) => isSymbol(token, '::'));
  if (cast > 0) return nameOf(text.slice(0, tokens[cast]?.start));
  const isPath = tokens.every((token, index) => index % 2 === 0 || isSymbol(token, '.'));
  const last = tokens.at(-1);
  return isPath && last ? nameToken(last) : '';
}

function nameToken(token: Token): string {
  return token.kind === 'quoted' ? identifierOf(token) : token.text;
}

/** A piece as text inside a name or a string: strings and plain names without quotes, all else as it is. */
export function plainText(text: string): string {
  const [only, more] = codeTokens(text);
  if (!only || more) return text;
  if (only.kind === 'string') return stringOf(only) ?? text;
  return only.kind === 'quoted' ? identifierOf(only) : only.text;
}

/** The text of a string literal, or undefined for any other piece. */
export function literalText(text: string): string | undefined {
  const [only, more] = codeTokens(text);
  return only && !more ? stringOf(only) : undefined;
}

/** A text as a string literal. */
export function quoteString(text: string): string {
  return sql`${text}`.text;
}

/** A text as a name: quoted only where it must be. */
export function nameText(text: string): string {
  return /^[\p{L}_][\p{L}\p{N}_]*$/u.test(text) ? text : id(text).text;
}

/** The text from the first token to the last. */
function sliceOf(text: string, tokens: readonly Token[]): string {
  return text.slice(tokens[0]?.start ?? 0, tokens.at(-1)?.end ?? 0);
}

export function isSymbol(token: Token | undefined, symbol: string): boolean {
  return token?.kind === 'symbol' && token.text === symbol;
}

export function isWord(token: Token | undefined, word: string): boolean {
  return token?.kind === 'word' && token.text.toLowerCase() === word;
}
