import { CLAUSES_AFTER_FROM, SET_OPERATORS } from '../sql/clauses';
import { canonicalToken, codeTokens, type Token } from '../sql/lexer';

/** A select list's item by token positions `[start, end)`; `last` where nothing follows it in its list. */
interface Item {
  readonly start: number;
  readonly end: number;
  readonly first: boolean;
  readonly last: boolean;
}

const CHANGES_ROWS = new Set(['unnest', 'generate_series', 'generate_subscripts', 'range']);
const LIST_ENDS = new Set(['from', ...CLAUSES_AFTER_FROM, ...SET_OPERATORS]);

/**
 * Whether the new query differs from the old only by added items of select lists, which leaves every old column and the
 * number of rows as they were. DISTINCT, GROUP BY ALL and functions that make rows count as more than that.
 */
export function onlyAddsColumns(oldText: string, newText: string): boolean {
  const before = codeTokens(oldText).map(canonicalToken);
  const tokens = codeTokens(newText);
  const after = tokens.map(canonicalToken);
  if (after.length <= before.length) return false;
  if (after.some((word, index) => word === 'distinct' && after[index - 1] === 'select')) return false;
  if (after.some((word, index) => word === 'all' && after[index - 1] === 'by')) return false;
  const items = new Map(selectItems(tokens).map((item) => [item.start, item]));
  const hopeless = new Set<string>();
  const fits = (i: number, j: number): boolean => {
    if (i === before.length && j === after.length) return true;
    const key = `${i}:${j}`;
    if (hopeless.has(key)) return false;
    const same = i < before.length && before[i] === after[j] && fits(i + 1, j + 1);
    const result = same || skips(j).some((next) => fits(i, next));
    if (!result) hopeless.add(key);
    return result;
  };
  const skips = (j: number): readonly number[] => {
    const item = items.get(j);
    const following = after[j] === ',' ? items.get(j + 1) : undefined;
    const options: number[] = [];
    if (item && !item.last && !makesRows(after, item)) options.push(item.end + 1);
    if (following?.last && !makesRows(after, following)) options.push(following.end);
    return options;
  };
  return fits(0, 0);
}

function makesRows(words: readonly string[], item: Item): boolean {
  return words.slice(item.start, item.end).some((word) => CHANGES_ROWS.has(word));
}

function selectItems(tokens: readonly Token[]): readonly Item[] {
  const items: Item[] = [];
  tokens.forEach((token, index) => {
    if (token.kind === 'word' && token.text.toLowerCase() === 'select')
      items.push(...itemsFrom(tokens, index + 1));
  });
  return items;
}

function itemsFrom(tokens: readonly Token[], from: number): readonly Item[] {
  const bounds: { start: number; end: number }[] = [];
  let depth = 0;
  let start = from;
  let at = from;
  for (; at < tokens.length; at++) {
    const text = tokens[at]?.text ?? '';
    if (depth === 0 && (text === ')' || (tokens[at]?.kind === 'word' && LIST_ENDS.has(text.toLowerCase()))))
      break;
    if (text === '(' || text === '[' || text === '{') depth++;
    if (text === ')' || text === ']' || text === '}') depth--;
    if (depth === 0 && text === ',') {
      bounds.push({ start, end: at });
      start = at + 1;
    }
  }
  bounds.push({ start, end: at });
  return bounds.map((bound, index) => ({ ...bound, first: index === 0, last: index === bounds.length - 1 }));
}
