import type { Token } from '../../sql/lexer';
import { closingIndex } from '../../sql/text';
import type { MacroContext, Output } from './context';
import { isSymbol, isWord } from './pieces';
import type { Value } from './values';

/** A text with macros; `at` is where it was called in the author's text, where it isn't that text itself. */
export interface Source {
  readonly text: string;
  readonly tokens: readonly Token[];
  readonly at?: number;
}

/** What names stand for inside a lambda: `@x` for all of `names`, a bare `x` for those of the innermost lambda alone. */
export interface Scope {
  readonly names: ReadonlyMap<string, string>;
  readonly bare: ReadonlySet<string>;
  /** whether the text is computed and not run */
  readonly evaluated: boolean;
}

/** `(a, b) -> body`: where the body stands, and what names meant there. */
export interface Lambda {
  readonly params: readonly string[];
  readonly source: Source;
  readonly from: number;
  readonly to: number;
  readonly scope: Scope;
}

/** One call of a macro: arguments expanded, lists among them laid side by side. */
export interface Call {
  readonly name: string;
  readonly context: MacroContext;
  readonly args: readonly string[];
  readonly named: ReadonlyMap<string, string>;
  readonly lambda: Lambda | undefined;
  apply(lambda: Lambda, values: readonly string[], evaluated?: boolean): readonly string[];
  evaluate(text: string): Value;
  /** text with `@x` and `@{x}` replaced as in a string */
  template(text: string): string;
  /** another text with macros, expanded here */
  expand(text: string): string;
  fail(message: string): never;
}

export type Macro = (call: Call) => Output;

/** A part of a call's bracket, by index of tokens. */
export interface Part {
  readonly name: string | undefined;
  readonly from: number;
  readonly to: number;
}

const WITH_LAMBDA = new Set(['each', 'reduce', 'filter']);
const STATEMENT = /^(select|with|insert|update|delete|create|alter|drop|merge|truncate|copy|set)$/i;

/** The arguments between `open` and `close`; a lambda and a statement may hold commas of their own. */
export function partsOf(
  tokens: readonly Token[],
  macro: string,
  { open, close }: { readonly open: number; readonly close: number },
): readonly Part[] {
  const parts: Part[] = [];
  let from = open + 1;
  while (from < close) {
    let to = from;
    const toTheEnd = WITH_LAMBDA.has(macro) && readLambda(tokens, from, close) !== undefined;
    const statement = macro === 'if' && parts.length > 0 && startsStatement(tokens, from);
    for (; to < close; to++) {
      if (isSymbol(tokens[to], ',') && !toTheEnd && (!statement || startsStatement(tokens, to + 1))) break;
      if (isOpening(tokens[to])) to = Math.max(closingIndex(tokens, to), to);
    }
    const isNamed = tokens[from]?.kind === 'word' && isSymbol(tokens[from + 1], ':=');
    const name = isNamed ? tokens[from]?.text.toLowerCase() : undefined;
    if (to > from) parts.push({ name, from: isNamed ? from + 2 : from, to });
    from = to + 1;
  }
  return parts;
}

/** The parameters and the first token of the body, where a lambda begins. */
export function readLambda(
  tokens: readonly Token[],
  from: number,
  to: number,
): { readonly params: readonly string[]; readonly body: number } | undefined {
  const bracketed = isSymbol(tokens[from], '(');
  const end = bracketed ? closingIndex(tokens, from) : from;
  if (end < from || end >= to - 1 || !isSymbol(tokens[end + 1], '->')) return undefined;
  const inner = bracketed ? tokens.slice(from + 1, end) : tokens.slice(from, from + 1);
  const words = inner.filter((token) => !isSymbol(token, ','));
  if (!words.every((token) => token.kind === 'word')) return undefined;
  return { params: words.map((token) => token.text.toLowerCase()), body: end + 2 };
}

/** Whether a statement begins there, and not a name that happens to be spelled like one. */
export function startsStatement(tokens: readonly Token[], at: number): boolean {
  const [first, next] = [tokens[at], tokens[at + 1]];
  if (first?.kind !== 'word' || !STATEMENT.test(first.text) || !next || isWord(next, 'as')) return false;
  return next.kind !== 'symbol' || next.text === '(' || next.text === '*';
}

function isOpening(token: Token | undefined): boolean {
  return isSymbol(token, '(') || isSymbol(token, '[') || isSymbol(token, '{');
}
