type TokenKind = 'word' | 'quoted' | 'string' | 'number' | 'symbol' | 'macro' | 'comment' | 'broken';

/** A piece of SQL; `start` and `end` are UTF-16 offsets into the text, whitespace is between tokens. */
export interface Token {
  readonly kind: TokenKind;
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

// Longest first, so that `->>` is not read as `->` and `>`.
const OPERATORS = [
  '->>',
  '<=>',
  '!~*',
  '::',
  ':=',
  '||',
  '<=',
  '>=',
  '<>',
  '!=',
  '==',
  '->',
  '=>',
  '//',
  '**',
  '<<',
  '>>',
  '~*',
  '!~',
  '~~',
  '^@',
  '&&',
  '@>',
  '<@',
];

/** No operator of several characters begins with these. */
const ALONE = new Set([...'(),;.[]{}']);
const PUNCTUATION = new Set([...ALONE, ...'@$-+*/<>=!~:|&^%#?']);

const SPACE = /\s+/y;
const LINE_COMMENT = /--[^\n]*/y;
const NUMBER = /0[xX][0-9a-fA-F_]+|(?:\d[\d_]*\.?[\d_]*|\.\d[\d_]*)(?:[eE][+-]?\d+)?/y;
const WORD = /[\p{L}_][\p{L}\p{N}_$]*/uy;
const MACRO = /@@?(?:[\p{L}_][\p{L}\p{N}_]*|\{[^}\n]*\})/uy;
const PARAMETER = /\$(?:\d+|[\p{L}_][\p{L}\p{N}_]*)(?!\$)/uy;
const DOLLAR_TAG = /\$(?:[\p{L}_][\p{L}\p{N}_]*)?\$/uy;

/**
 * Splits any text into tokens; never fails and never loops: what cannot be read (an open string or comment) becomes one
 * `broken` token to the end. Follows DuckDB's lexer: nested block comments, `''` and `E'\''` strings, dollar quotes.
 */
export function tokenize(text: string): readonly Token[] {
  const tokens: Token[] = [];
  for (let at = 0; at < text.length; ) {
    const code = text.charCodeAt(at);
    const space = code <= 32 || code > 127 ? matchAt(SPACE, text, at) : at;
    if (space > at) {
      at = space;
      continue;
    }
    const token = readToken(text, at);
    tokens.push(token);
    at = token.end;
  }
  return tokens;
}

/** Tokens without comments. */
export function codeTokens(text: string): readonly Token[] {
  return tokenize(text).filter((token) => token.kind !== 'comment');
}

/** One spelling of a token for fingerprints: unquoted words and macros in lower case, all else as written. */
export function canonicalToken(token: Token): string {
  return token.kind === 'word' || token.kind === 'macro' ? token.text.toLowerCase() : token.text;
}

/** The whole text in one spelling: no comments, no layout, unquoted words in lower case. */
export function canonicalText(text: string): string {
  return codeTokens(text).map(canonicalToken).join('\u0001');
}

function readToken(text: string, at: number): Token {
  const make = (kind: TokenKind, end: number): Token => ({ kind, text: text.slice(at, end), start: at, end });
  const first = text[at] ?? '';
  if (first === "'") return closed(make, 'string', quoteEnd(text, at, "'"), text);
  if (first === '"') return closed(make, 'quoted', quoteEnd(text, at, '"'), text);
  if ((first === 'e' || first === 'E') && text[at + 1] === "'")
    return closed(make, 'string', escapeStringEnd(text, at + 1), text);
  if (!PUNCTUATION.has(first)) {
    const number = first >= '0' && first <= '9' ? matchAt(NUMBER, text, at) : at;
    if (number > at) return make('number', number);
    const word = matchAt(WORD, text, at);
    if (word > at) return make('word', word);
  }
  if (text.startsWith('--', at)) return make('comment', matchAt(LINE_COMMENT, text, at));
  if (text.startsWith('/*', at)) return closed(make, 'comment', blockCommentEnd(text, at), text);
  const dollar = readDollar(text, at);
  if (dollar) return closed(make, dollar.kind, dollar.end, text);
  const number = first === '.' ? matchAt(NUMBER, text, at) : at;
  if (number > at) return make('number', number);
  const macro = first === '@' ? matchAt(MACRO, text, at) : at;
  if (macro > at) return make('macro', macro);
  const operator = ALONE.has(first)
    ? undefined
    : OPERATORS.find((candidate) => text.startsWith(candidate, at));
  return make('symbol', at + (operator?.length ?? String.fromCodePoint(text.codePointAt(at) ?? 0).length));
}

function readDollar(text: string, at: number): { kind: TokenKind; end: number } | undefined {
  if (text[at] !== '$') return undefined;
  const tagEnd = matchAt(DOLLAR_TAG, text, at);
  if (tagEnd === at) {
    const parameter = matchAt(PARAMETER, text, at);
    return parameter > at ? { kind: 'symbol', end: parameter } : undefined;
  }
  const tag = text.slice(at, tagEnd);
  const close = text.indexOf(tag, tagEnd);
  return { kind: 'string', end: close < 0 ? -1 : close + tag.length };
}

function closed(
  make: (kind: TokenKind, end: number) => Token,
  kind: TokenKind,
  end: number,
  text: string,
): Token {
  return end < 0 ? make('broken', text.length) : make(kind, end);
}

function quoteEnd(text: string, at: number, quote: string): number {
  for (let i = at + 1; i < text.length; i++) {
    if (text[i] !== quote) continue;
    if (text[i + 1] !== quote) return i + 1;
    i++;
  }
  return -1;
}

function escapeStringEnd(text: string, at: number): number {
  for (let i = at + 1; i < text.length; i++) {
    if (text[i] === '\\') i++;
    else if (text[i] === "'" && text[i + 1] === "'") i++;
    else if (text[i] === "'") return i + 1;
  }
  return -1;
}

function blockCommentEnd(text: string, at: number): number {
  let depth = 0;
  for (let i = at; i < text.length; i++) {
    if (text.startsWith('/*', i)) {
      depth++;
      i++;
    } else if (text.startsWith('*/', i)) {
      depth--;
      i++;
      if (depth === 0) return i + 1;
    }
  }
  return -1;
}

function matchAt(pattern: RegExp, text: string, at: number): number {
  pattern.lastIndex = at;
  return pattern.test(text) ? pattern.lastIndex : at;
}
