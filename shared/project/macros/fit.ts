import type { Token } from '../../sql/lexer';
import type { Edit } from '../../sql/text';
import type { Source } from './call';
import { isAtomic, isSymbol, isWord, literalText, nameText } from './pieces';

/** Tokens `[first, next)` of a source and what a macro made of them; an empty text takes a comma beside it away. */
export interface Replacement {
  readonly first: number;
  readonly next: number;
  readonly text: string;
}

/** The edit that sets a replacement between its neighbours so that it means there what it means alone. */
export function fitEdit(source: Source, made: Replacement, before: readonly Edit[]): Edit | undefined {
  const { tokens, text } = source;
  const [first, last] = [tokens[made.first], tokens[made.next - 1]];
  if (!first || !last) return undefined;
  if (made.text === '') return removal(source, made, before);
  const previous = tokens[made.first - 1];
  const next = tokens[made.next];
  let fitted = made.text;
  const literal = literalText(fitted);
  if (literal !== undefined && isNamePlace(tokens, made)) fitted = nameText(literal.toLowerCase());
  else if (isSubscript(tokens, made) && /^\d+$/.test(fitted)) fitted = String(BigInt(fitted) + 1n);
  if (isSymbol(next, '::') || isSymbol(next, '[')) fitted = isAtomic(fitted) ? fitted : `(${fitted})`;
  if (fitted.startsWith('-') && text[first.start - 1] === '-') fitted = ` ${fitted}`;
  if (previous && previous.end === first.start && /^[\p{L}\p{N}_]/u.test(fitted) && previous.kind === 'word')
    fitted = ` ${fitted}`;
  return { start: first.start, end: last.end, text: fitted };
}

function removal({ tokens }: Source, made: Replacement, before: readonly Edit[]): Edit {
  const start = tokens[made.first]?.start ?? 0;
  const end = tokens[made.next - 1]?.end ?? start;
  const previous = tokens[made.first - 1];
  const next = tokens[made.next];
  const taken = before.at(-1)?.end ?? 0;
  if (previous && isSymbol(previous, ',') && previous.start >= taken)
    return { start: previous.start, end, text: '' };
  return { start, end: next && isSymbol(next, ',') ? next.end : end, text: '' };
}

const NAMES_FOLLOW = /^(as|from|join|into|update|table|view|schema|exists|with|recursive|window|using)$/i;
const LIST_ENDS = /^(select|where|on|group|by|having|set|values|qualify|limit|returning)$/i;

/** Whether a name must stand there, so that a text becomes one: an alias, a table, a part of a path. */
function isNamePlace(tokens: readonly Token[], made: Replacement): boolean {
  const previous = tokens[made.first - 1];
  const next = tokens[made.next];
  if (isSymbol(previous, '.') || (isSymbol(next, '.') && next?.start === tokens[made.next - 1]?.end))
    return true;
  if (previous?.kind === 'word' && NAMES_FOLLOW.test(previous.text)) return true;
  return isSymbol(previous, ',') && isInTableList(tokens, made.first - 1);
}

function isInTableList(tokens: readonly Token[], comma: number): boolean {
  let depth = 0;
  for (let i = comma - 1; i >= 0; i--) {
    const token = tokens[i];
    if (isSymbol(token, ')') || isSymbol(token, ']')) depth++;
    if (isSymbol(token, '(') || isSymbol(token, '[')) depth--;
    if (depth < 0) return false;
    if (depth > 0 || token?.kind !== 'word') continue;
    if (/^(from|join)$/i.test(token.text)) return true;
    if (LIST_ENDS.test(token.text)) return false;
  }
  return false;
}

/**
 * Whether the replacement is the whole subscript of a value. SQLMesh counts a number that a macro puts there from 0 and writes it
 * for an engine that counts from 1.
 */
function isSubscript(tokens: readonly Token[], made: Replacement): boolean {
  const [open, holder] = [tokens[made.first - 1], tokens[made.first - 2]];
  if (!open || !holder || !isSymbol(open, '[') || !isSymbol(tokens[made.next], ']')) return false;
  if (holder.end !== open.start || isWord(holder, 'array')) return false;
  return holder.kind !== 'symbol' || isSymbol(holder, ')') || isSymbol(holder, ']') || isSymbol(holder, '}');
}
