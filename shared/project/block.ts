import type { Problem } from '../base/errors';
import { failed, ok, type Result } from '../base/result';
import { codeTokens, type Token } from '../sql/lexer';
import { closingIndex, positionOf, splitAtCommas, stringOf } from '../sql/text';
import type { BlockProperty } from './model';

/** A `MODEL (...)` or `AUDIT (...)` block; `end` is the offset after its semicolon, where the query's file part begins. */
export interface Block {
  readonly word: 'MODEL' | 'AUDIT';
  readonly properties: readonly BlockProperty[];
  readonly start: number;
  readonly end: number;
}

/**
 * Reads the first block of a file from `from` on. Undefined where the text does not begin with one; a problem with its line
 * and column where it does but cannot be read.
 */
export function readBlock(text: string, file: string, from = 0): Result<Block | undefined> {
  const tokens = codeTokens(text).filter((token) => token.start >= from);
  const word = tokens[0]?.kind === 'word' ? tokens[0].text.toUpperCase() : '';
  if ((word !== 'MODEL' && word !== 'AUDIT') || !tokens[0]) return ok(undefined);
  const broken = (message: string, at: number, remedy?: string) =>
    failed<Block>(blockProblem({ text, file, word }, message, at, remedy));
  if (tokens[1]?.text !== '(')
    return broken(`${word} must be followed by its properties in parentheses.`, tokens[0].end);
  const close = closingIndex(tokens, 1);
  if (close < 0)
    return broken(
      `The ${word} block is not closed.`,
      tokens[1].start,
      'Add the missing ")" and ";" after the last property.',
    );
  if (tokens[close + 1] && tokens[close + 1]?.text !== ';') {
    return broken(
      `The ${word} block must end with ");".`,
      tokens[close]?.end ?? 0,
      'Add a ";" after the closing parenthesis.',
    );
  }
  const properties: BlockProperty[] = [];
  for (const part of splitAtCommas(tokens.slice(2, close))) {
    const property = readProperty(part, text);
    if (!property)
      return broken(
        `A property must be a name and a value, not "${partText(part, text)}".`,
        part[0]?.start ?? 0,
        'Put a comma between properties.',
      );
    properties.push(property);
  }
  return ok({
    word,
    properties,
    start: tokens[0].start,
    end: tokens[close + 1]?.end ?? tokens[close]?.end ?? text.length,
  });
}

/** A property's value by name, or undefined. */
export function propertyOf(block: Pick<Block, 'properties'>, name: string): BlockProperty | undefined {
  return block.properties.find((property) => property.name === name);
}

/** Text of a value without its quotes: `'a b'` and `"a b"` and `a b` all give `a b`. */
export function plainValue(value: string): string {
  const tokens = codeTokens(value);
  const only = tokens.length === 1 ? tokens[0] : undefined;
  if (only?.kind === 'quoted') return only.text.slice(1, -1);
  return (only && stringOf(only)) ?? value.trim();
}

/** Items of `(a, b)`, `[a, b]` or a single `a`, each as its text. */
export function listValue(value: string): readonly string[] {
  const tokens = codeTokens(value);
  const open = tokens[0]?.text;
  const bracketed = (open === '(' || open === '[') && closingIndex(tokens, 0) === tokens.length - 1;
  const inner = bracketed ? tokens.slice(1, -1) : tokens;
  return splitAtCommas(inner).map((part) => partText(part, value));
}

/** `name value` pairs of `(a 1, b 2)` or `(a = 1, b := 2)`; names in lower case. */
export function pairsValue(value: string): readonly { readonly name: string; readonly value: string }[] {
  return listValue(value).map((item) => {
    const tokens = codeTokens(item);
    const name = tokens[0];
    const next = tokens[1] && ['=', ':=', '=>'].includes(tokens[1].text) ? tokens[2] : tokens[1];
    const raw =
      name?.kind === 'quoted' ? name.text.slice(1, -1) : name && (stringOf(name) ?? name.text.toLowerCase());
    return { name: raw ?? '', value: next ? item.slice(next.start).trim() : '' };
  });
}

function readProperty(part: readonly Token[], text: string): BlockProperty | undefined {
  const [name, value] = part;
  const last = part.at(-1);
  if (name?.kind !== 'word' || !value || !last) return undefined;
  const valueStart = value.start;
  return {
    name: name.text.toLowerCase(),
    value: text.slice(valueStart, last.end),
    start: name.start,
    end: last.end,
    valueStart,
  };
}

function partText(part: readonly Token[], text: string): string {
  return text.slice(part[0]?.start ?? 0, part.at(-1)?.end ?? 0);
}

function blockProblem(
  where: { text: string; file: string; word: string },
  message: string,
  at: number,
  remedy?: string,
): Problem {
  return {
    code: where.word === 'AUDIT' ? 'audit.invalid' : 'model.syntax',
    message,
    place: { file: where.file, ...positionOf(where.text, at) },
    kept: 'Every other model still works.',
    ...(remedy ? { remedy } : {}),
  };
}
