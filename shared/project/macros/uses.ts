import { canonicalToken, codeTokens, type Token } from '../../sql/lexer';
import { identifierOf, stringOf } from '../../sql/text';
import type { MacroContext } from './context';
import { isSymbol } from './pieces';
import { isTimeVariable } from './time';

/** Which names of a context some texts really use, in lower case and in order: only their change changes what the texts mean. */
export interface MacroUses {
  readonly variables: readonly string[];
  readonly blueprint: readonly string[];
  readonly macros: readonly string[];
}

/** What texts (a query, its statements, its definitions) use; names that neither side knows are left out. */
export function macroUses(
  texts: readonly string[],
  { variables, blueprint }: Pick<MacroContext, 'variables' | 'blueprint'>,
): MacroUses {
  const names = new Set<string>();
  const macros = new Set<string>();
  for (const text of texts) if (text.includes('@')) collect(codeTokens(text), names, macros);
  const known = (values: object) => [...names].filter((name) => Object.hasOwn(values, name)).toSorted();
  return { variables: known(variables), blueprint: known(blueprint ?? {}), macros: [...macros].toSorted() };
}

/** Whether a text uses `@start_...` or `@end_...`, also in names and templates. */
export function usesTimeRange(text: string): boolean {
  if (!/@\{?(start|end)_/i.test(text)) return false;
  const names = new Set<string>();
  collect(codeTokens(text), names, new Set());
  return [...names].some((name) => isTimeVariable(name) && /^(start|end)_/.test(name));
}

function collect(tokens: readonly Token[], names: Set<string>, macros: Set<string>): void {
  tokens.forEach((token, index) => {
    const previous = tokens[index - 1];
    if (token.kind === 'quoted') templateNames(identifierOf(token), names);
    if (token.kind === 'string' && isSymbol(previous, '@')) templateNames(token.text, names);
    if (token.kind !== 'macro' || token.text.startsWith('@@')) return;
    const name = token.text.replace(/^@\{?|\}$/g, '').toLowerCase();
    if (!isSymbol(tokens[index + 1], '(')) {
      names.add(name);
      return;
    }
    macros.add(name);
    const argument = tokens[index + 2];
    const text = argument && stringOf(argument);
    if (text === undefined) return;
    if (name === 'var' || name === 'blueprint_var') names.add(text.toLowerCase());
    if (name === 'sql') templateNames(text, names);
  });
}

function templateNames(text: string, names: Set<string>): void {
  for (const [, open, braced] of text.matchAll(/@(?:([a-z_][a-z0-9_]*)|\{([a-z_][a-z0-9_]*)\})/gi))
    names.add(String(open ?? braced).toLowerCase());
}

/** One spelling for all texts that differ only in layout, letter case, needless quotes and the look of an operator. */
export function canonicalSql(text: string): string {
  return codeTokens(text).map(canonicalPart).join('\u0001');
}

const SAME: Readonly<Record<string, string>> = { '!=': '<>', '==': '=' };

function canonicalPart(token: Token): string {
  if (token.kind === 'symbol') return SAME[token.text] ?? token.text;
  if (token.kind !== 'quoted') return canonicalToken(token);
  const name = identifierOf(token).toLowerCase();
  return /^[\p{L}_][\p{L}\p{N}_$]*$/u.test(name) ? name : `"${name}"`;
}
