import type { Place } from '../../base/errors';
import { codeTokens, type Token } from '../../sql/lexer';
import { isSymbol } from './pieces';

const MAYBE_JINJA = /\{[{%]|JINJA_/i;
const BLOCK = /^jinja_(query|statement)_begin$/i;
const PYTHON_MACRO =
  /^@macro\s*\(\s*(?:(["'])(.*?)\1)?[^\n]*\)[^\n]*\n(?:[^\S\n]*(?:@[^\n]*|#[^\n]*)?\n)*(?:async\s+)?def\s+(\w+)/gm;

/** The offset of the first piece of Jinja in a text outside its strings and comments, or undefined. */
export function findJinja(text: string): number | undefined {
  if (!MAYBE_JINJA.test(text)) return undefined;
  const tokens = codeTokens(text);
  return tokens.find((token, index) => isBlock(token) || isBrace(token, tokens[index + 1]))?.start;
}

function isBlock(token: Token): boolean {
  return token.kind === 'word' && BLOCK.test(token.text);
}

function isBrace(token: Token, next: Token | undefined): boolean {
  return isSymbol(token, '{') && next?.start === token.end && (isSymbol(next, '{') || isSymbol(next, '%'));
}

/** The macros that a Python file of `macros/` defines, by name in lower case, with their places. */
export function readPythonMacros(file: string, text: string): ReadonlyMap<string, Place> {
  const found = new Map<string, Place>();
  for (const match of text.matchAll(PYTHON_MACRO)) {
    const name = String(match[2] ?? match[3]).toLowerCase();
    found.set(name, { file, line: text.slice(0, match.index).split('\n').length, column: 1 });
  }
  return found;
}
