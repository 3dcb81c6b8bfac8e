import type { Problem } from '../base/errors';
import { failed, ok, type Result } from '../base/result';
import { codeTokens, type Token } from '../sql/lexer';
import { closingIndex, identifierOf, positionOf, splitAtCommas, stringOf } from '../sql/text';

/** One property of a MODEL block as it stands: offsets into the file's text. */
export interface BlockProperty {
  readonly name: string;
  readonly value: string;
  readonly start: number;
  readonly end: number;
  readonly valueStart: number;
}

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
  return readBlockOf(
    codeTokens(text).filter((token) => token.start >= from),
    { text, file },
  );
}

/** Reads the block that these tokens of a file begin with. */
export function readBlockOf(
  tokens: readonly Token[],
  where: { readonly text: string; readonly file: string },
): Result<Block | undefined> {
  const [first, open] = tokens;
  const word = first?.kind === 'word' ? first.text.toUpperCase() : '';
  if ((word !== 'MODEL' && word !== 'AUDIT') || !first) return ok(undefined);
  const broken = (message: string, at: number, remedy?: string) =>
    failed<Block>(blockProblem({ ...where, word }, message, at, remedy));
  if (open?.text !== '(')
    return broken(`${word} must be followed by its properties in parentheses.`, first.end);
  const close = closingIndex(tokens, 1);
  if (close < 0)
    return broken(
      `The ${word} block is not closed.`,
      open.start,
      'Add the missing ")" and ";" after the last property.',
    );
  const after = tokens[close + 1];
  if (after && after.text !== ';') {
    return broken(
      `The ${word} block must end with ");".`,
      tokens[close]?.end ?? 0,
      'Add a ";" after the closing parenthesis.',
    );
  }
  const properties: BlockProperty[] = [];
  for (const part of splitAtCommas(tokens.slice(2, close))) {
    const property = readProperty(part, where.text);
    if (!property)
      return broken(
        `A property must be a name and a value, not "${partText(part, where.text)}".`,
        part[0]?.start ?? 0,
        'Put a comma between properties.',
      );
    properties.push(property);
  }
  const end = after?.end ?? tokens[close]?.end ?? where.text.length;
  return ok({ word, properties, start: first.start, end });
}

/** A property by name, or undefined; of several, the last one counts. */
export function propertyOf(block: Pick<Block, 'properties'>, name: string): BlockProperty | undefined {
  return block.properties.findLast((property) => property.name === name);
}

/** Text of a value without its quotes: `'a b'` and `"a b"` and `a b` all give `a b`. */
export function plainValue(value: string): string {
  if (/^[\w.]*$/.test(value)) return value;
  if (/^'[^']*'$/.test(value)) return value.slice(1, -1);
  const [only, more] = codeTokens(value);
  if (more || !only) return value.trim();
  if (only.kind === 'quoted') return only.text.slice(1, -1).replaceAll('""', '"');
  return stringOf(only) ?? only.text;
}

/** Items of `(a, b)`, `[a, b]` or a single `a`, each as its text. */
export function listValue(value: string): readonly string[] {
  return listItems(value).map((part) => partText(part, value));
}

/** `name value` pairs of `(a 1, b 2)` or `(a = 1, b := 2)`; names in lower case. */
export function pairsValue(value: string): readonly { readonly name: string; readonly value: string }[] {
  return listItems(value).map((tokens) => {
    const [name, second] = tokens;
    const next = second && ['=', ':=', '=>'].includes(second.text) ? tokens[2] : second;
    const end = tokens.at(-1)?.end ?? 0;
    return {
      name: name ? (stringOf(name) ?? identifierOf(name)).toLowerCase() : '',
      value: next ? value.slice(next.start, end) : '',
    };
  });
}

/** The tokens of each item of `(a, b)`, `[a, b]` or a single `a`. */
function listItems(value: string): readonly (readonly Token[])[] {
  if (value === '' || value === '()') return [];
  const tokens = codeTokens(value);
  const open = tokens[0]?.text;
  const bracketed = (open === '(' || open === '[') && closingIndex(tokens, 0) === tokens.length - 1;
  return splitAtCommas(bracketed ? tokens.slice(1, -1) : tokens);
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
