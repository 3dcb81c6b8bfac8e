import { codeTokens, type Token } from './lexer';
import { closingIndex, identifierOf } from './text';

/** One common table expression: its name, and where its query stands between its parentheses. */
interface Cte {
  readonly name: string;
  readonly bodyStart: number;
  readonly bodyEnd: number;
}

/** The WITH clause that a query begins with; `start` to `end` is all of it, the word WITH included. */
export interface WithClause {
  readonly ctes: readonly Cte[];
  readonly start: number;
  readonly end: number;
}

/** Reads the WITH clause at the beginning of a query; undefined where there is none. */
export function readWith(text: string): WithClause | undefined {
  const tokens = codeTokens(text);
  const isWord = (index: number, word: string) =>
    tokens[index]?.kind === 'word' && tokens[index]?.text.toLowerCase() === word;
  if (!isWord(0, 'with')) return undefined;
  const ctes: Cte[] = [];
  let at = isWord(1, 'recursive') ? 2 : 1;
  for (;;) {
    const name = tokens[at];
    const open = bodyIndex(tokens, at + 1);
    const close = open < 0 ? -1 : closingIndex(tokens, open);
    if (!name || close < 0) return undefined;
    const [from, to] = [tokens[open]?.end ?? 0, tokens[close]?.start ?? 0];
    ctes.push({ name: identifierOf(name).toLowerCase(), bodyStart: from, bodyEnd: to });
    if (tokens[close + 1]?.text !== ',')
      return { ctes, start: tokens[0]?.start ?? 0, end: tokens[close]?.end ?? text.length };
    at = close + 2;
  }
}

/** Whether a query says in which order its rows come. */
export function isOrdered(text: string): boolean {
  let depth = 0;
  const tokens = codeTokens(text);
  return tokens.some((token, index) => {
    if (token.kind === 'symbol' && '([{'.includes(token.text)) depth++;
    if (token.kind === 'symbol' && ')]}'.includes(token.text)) depth--;
    return depth === 0 && isBare(token, 'order') && isBare(tokens[index + 1], 'by');
  });
}

// After the name: `(columns)`, `AS`, and perhaps `[NOT] MATERIALIZED` come before the query.
function bodyIndex(tokens: readonly Token[], from: number): number {
  let at = from;
  if (tokens[at]?.text === '(') at = closingIndex(tokens, at) + 1;
  if (at <= 0 || !isBare(tokens[at], 'as')) return -1;
  at++;
  while (isBare(tokens[at], 'not') || isBare(tokens[at], 'materialized')) at++;
  return tokens[at]?.text === '(' ? at : -1;
}

function isBare(token: Token | undefined, word: string): boolean {
  return token?.kind === 'word' && token.text.toLowerCase() === word;
}
