import { type Token, tokenize } from './lexer';

/** A replacement of the text from `start` to `end` (UTF-16 offsets). */
export interface Edit {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/** Applies edits that do not overlap; everything else stays byte for byte. */
export function applyEdits(text: string, edits: readonly Edit[]): string {
  let out = '';
  let at = 0;
  for (const edit of edits.toSorted((a, b) => a.start - b.start)) {
    out += text.slice(at, edit.start) + edit.text;
    at = edit.end;
  }
  return out + text.slice(at);
}

/** The offset in the author's text of an offset in the expanded one; inside a replacement it is the macro's start. */
export function sourceOffset(edits: readonly Edit[], offset: number): number {
  let shift = 0;
  for (const edit of edits.toSorted((a, b) => a.start - b.start)) {
    const start = edit.start + shift;
    if (offset < start) break;
    if (offset < start + edit.text.length) return edit.start;
    shift += edit.text.length - (edit.end - edit.start);
  }
  return offset - shift;
}

/** Line and column of an offset, both from 1. */
export function positionOf(text: string, offset: number): { line: number; column: number } {
  const before = text.slice(0, offset);
  const lineStart = before.lastIndexOf('\n') + 1;
  return { line: before.split('\n').length, column: before.length - lineStart + 1 };
}

/** One statement of a text; `start` and `end` leave out the semicolon. */
export interface StatementSpan {
  readonly start: number;
  readonly end: number;
  readonly tokens: readonly Token[];
}

/** Cuts a text at its top-level semicolons; pieces of comments and space alone are left out. */
export function splitStatements(text: string): readonly StatementSpan[] {
  return cutStatements(tokenize(text));
}

/** Cuts tokens at the semicolons among them. */
export function cutStatements(tokens: readonly Token[]): readonly StatementSpan[] {
  const statements: StatementSpan[] = [];
  let current: Token[] = [];
  const flush = () => {
    const [first] = current;
    const last = current.at(-1);
    if (first && last) statements.push({ start: first.start, end: last.end, tokens: current });
    current = [];
  };
  for (const token of tokens) {
    if (token.kind === 'symbol' && token.text === ';') flush();
    else if (token.kind !== 'comment') current.push(token);
  }
  flush();
  return statements;
}

/** The name that an identifier token stands for: quotes removed, unquoted words in lower case. */
export function identifierOf(token: Token): string {
  return token.kind === 'quoted' ? token.text.slice(1, -1).replaceAll('""', '"') : token.text.toLowerCase();
}

/** The value of a string token, or undefined where it is written with escapes or dollar quotes. */
export function stringOf(token: Token): string | undefined {
  if (token.kind !== 'string' || !token.text.startsWith("'")) return undefined;
  return token.text.slice(1, -1).replaceAll("''", "'");
}

/** Index of the token that closes the bracket at `open`, or -1. */
export function closingIndex(tokens: readonly Token[], open: number): number {
  let depth = 0;
  for (let i = open; i < tokens.length; i++) {
    const text = tokens[i]?.kind === 'symbol' ? tokens[i]?.text : '';
    if (text === '(' || text === '[' || text === '{') depth++;
    if (text === ')' || text === ']' || text === '}') depth--;
    if (depth === 0) return i;
  }
  return -1;
}

/** Cuts tokens at the commas outside of any bracket. */
export function splitAtCommas(tokens: readonly Token[]): readonly (readonly Token[])[] {
  const parts: Token[][] = [[]];
  let depth = 0;
  for (const token of tokens) {
    const text = token.kind === 'symbol' ? token.text : '';
    if (text === '(' || text === '[' || text === '{') depth++;
    if (text === ')' || text === ']' || text === '}') depth--;
    if (text === ',' && depth === 0) parts.push([]);
    else parts.at(-1)?.push(token);
  }
  return parts.filter((part) => part.length > 0);
}
