import { codeTokens, type Token } from '../sql/lexer';
import { applyEdits, closingIndex, type Edit } from '../sql/text';

// Other names of types and functions, and what SQLMesh prints for them.
const NAMES: Readonly<Record<string, string>> = {
  integer: 'INT',
  int4: 'INT',
  varchar: 'TEXT',
  string: 'TEXT',
  bool: 'BOOLEAN',
  len: 'LENGTH',
  substr: 'SUBSTRING',
};
const SYMBOLS: Readonly<Record<string, string>> = { '!=': '<>', '==': '=' };
const MOVED = new Set(['in', 'between']);

/** An audit's argument as SQLMesh prints it, where that differs from how people write it; on one line. */
export function shownArgument(text: string): string {
  let shown = text.replace(/\s+/g, ' ').trim();
  for (const respell of [respellWords, respellCasts, respellDenials])
    shown = applyEdits(shown, respell(shown));
  return shown;
}

function respellWords(text: string): readonly Edit[] {
  const tokens = codeTokens(text);
  return tokens.flatMap((token, index) => {
    const known = token.kind === 'word' ? NAMES : SYMBOLS;
    const name = token.text.toLowerCase();
    const before = tokens[index - 1]?.text.toLowerCase() ?? '';
    const isType = before === '::' || before === 'as';
    const isCall = tokens[index + 1]?.text === '(';
    if (!Object.hasOwn(known, name) || (token.kind === 'word' && !isType && !isCall)) return [];
    return [{ start: token.start, end: token.end, text: known[name] ?? token.text }];
  });
}

/** `a::INT` and `DATE '...'` are printed as casts. */
function respellCasts(text: string): readonly Edit[] {
  const tokens = codeTokens(text);
  return tokens.flatMap((token, index) => {
    const next = tokens[index + 1];
    if (isWord(token, 'date', 'timestamp') && next?.kind === 'string')
      return [
        { start: token.start, end: next.end, text: `CAST(${next.text} AS ${token.text.toUpperCase()})` },
      ];
    if (token.text !== '::' || !next) return [];
    const from = operandStart(tokens, index - 1);
    const type = tokens[index + 2]?.text === '(' ? closingIndex(tokens, index + 2) : index + 1;
    const [first, before, last] = [tokens[from], tokens[index - 1], tokens[type]];
    if (!first || !before || !last || tokens[type + 1]?.text === '::') return [];
    if (tokens[from - 1]?.text === '::') return [];
    const cast = `CAST(${text.slice(first.start, before.end)} AS ${text.slice(next.start, last.end).toUpperCase()})`;
    return [{ start: first.start, end: last.end, text: cast }];
  });
}

/** `a IS NOT NULL` and `a NOT IN (...)` are printed with NOT in front. */
function respellDenials(text: string): readonly Edit[] {
  const tokens = codeTokens(text);
  return tokens.flatMap((token, index) => {
    const next = tokens[index + 1];
    const afterIs = isWord(tokens[index - 1], 'is') && !isWord(next, 'distinct');
    const moved = afterIs || (next?.kind === 'word' && MOVED.has(next.text.toLowerCase()));
    if (!isWord(token, 'not') || !moved || !next) return [];
    const first = tokens[operandStart(tokens, index - (afterIs ? 2 : 1))];
    if (!first || first.start >= token.start) return [];
    return [
      { start: first.start, end: first.start, text: 'NOT ' },
      { start: token.start, end: next.start, text: '' },
    ];
  });
}

/** Where the operand that ends at a token begins: a name with its dots, a call, something in parentheses, a value. */
function operandStart(tokens: readonly Token[], end: number): number {
  let at = end;
  if (tokens[at]?.text === ')' || tokens[at]?.text === ']') {
    while (at > 0 && closingIndex(tokens, at) !== end) at--;
    const before = tokens[at - 1];
    if (before?.kind !== 'word' || isWord(before, 'and', 'or', 'not', 'in', 'when', 'then', 'else'))
      return at;
    at--;
  }
  while (tokens[at - 1]?.text === '.') at -= 2;
  return at;
}

function isWord(token: Token | undefined, ...words: readonly string[]): boolean {
  return token?.kind === 'word' && words.includes(token.text.toLowerCase());
}
