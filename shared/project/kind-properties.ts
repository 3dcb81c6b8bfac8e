import { closest } from '../base/closest';
import type { Problem } from '../base/errors';
import { codeTokens, type Token } from '../sql/lexer';
import { closingIndex, splitAtCommas } from '../sql/text';
import { listValue, plainValue } from './block';
import { columnName, expressionsValue, isTrue } from './block-values';
import { isCronText } from './cron-text';
import type { SchemaChange } from './model';

/** A problem, and where in the text that was read. */
export interface Flaw {
  readonly problem: Problem;
  readonly offset: number;
}

interface KindProperty {
  readonly name: string;
  readonly value: string;
  readonly offset: number;
}

/** Properties inside a kind, read one by one. What does not fit is kept as a flaw, the first one counts. */
export interface PropertyReader {
  readonly has: (name: string) => boolean;
  readonly text: (name: string) => string | null;
  readonly column: (name: string, otherwise: string) => string;
  readonly flag: (name: string, otherwise: boolean) => boolean;
  /** a whole number above 0, or null */
  readonly count: (name: string) => number | null;
  readonly cron: (name: string) => string | null;
  readonly expressions: (name: string) => readonly string[];
  readonly schemaChange: (name: string, otherwise: SchemaChange) => SchemaChange;
  /** says that a property is missing or does not fit */
  readonly flaw: (message: string, name?: string, remedy?: string) => void;
  readonly first: () => Flaw | undefined;
}

const CHANGES: readonly string[] = ['error', 'warn', 'allow', 'ignore'] satisfies readonly SchemaChange[];

/** Reads `(name value, ...)`; a name that is not `allowed` is a flaw. */
export function readProperties(kind: string, value: string, allowed: readonly string[]): PropertyReader {
  const flaws: Flaw[] = [];
  const found = new Map<string, KindProperty>();
  const flawAt = (message: string, offset: number, remedy?: string) => {
    const problem = { code: 'model.invalid', message, ...(remedy ? { remedy } : {}) } as const;
    flaws.push({ problem, offset });
  };
  for (const property of splitProperties(value)) {
    if (property.value === '') flawAt(`${property.name || 'A property'} needs a value.`, property.offset);
    else if (!allowed.includes(property.name)) {
      const near = closest(property.name, allowed);
      const remedy = near ? `Did you mean ${near}?` : `It has ${allowed.join(', ')}.`;
      flawAt(`${kind} has no property ${property.name}.`, property.offset, remedy);
    } else found.set(property.name, property);
  }
  const flaw = (message: string, name?: string, remedy?: string) =>
    flawAt(message, (name && found.get(name)?.offset) || 0, remedy);
  const raw = (name: string) => found.get(name)?.value ?? null;
  const text = (name: string) => (found.has(name) ? plainValue(raw(name) ?? '') : null);
  return {
    has: (name) => found.has(name),
    text: raw,
    column: (name, otherwise) => (found.has(name) ? columnName(raw(name) ?? '') : otherwise),
    flag: (name, otherwise) => (found.has(name) ? isTrue(raw(name) ?? '') : otherwise),
    count(name) {
      const number = Number(text(name) ?? 1);
      if (Number.isInteger(number) && number > 0) return found.has(name) ? number : null;
      flaw(`${name} must be a whole number above 0, not ${raw(name)}.`, name);
      return null;
    },
    cron(name) {
      const cron = text(name);
      if (cron !== null && !isCronText(cron)) flaw(`${name} is no cron expression: ${cron}.`, name);
      return cron;
    },
    expressions: (name) => expressionsValue(raw(name) ?? '()'),
    schemaChange(name, otherwise) {
      const change = (text(name) ?? otherwise).toLowerCase();
      if (!CHANGES.includes(change)) flaw(`${name} must be one of ${CHANGES.join(', ')}.`, name);
      return change as SchemaChange;
    },
    flaw,
    first: () => flaws[0],
  };
}

/** The column and the format of `ds`, `(ds, '%Y-%m-%d')`. */
export function timeColumnOf(value: string): { readonly column: string; readonly format: string | null } {
  const [column = '', format] = listValue(value);
  return { column: columnName(column), format: format === undefined ? null : plainValue(format) };
}

function splitProperties(value: string): readonly KindProperty[] {
  const tokens = codeTokens(value);
  const inner = closingIndex(tokens, 0) === tokens.length - 1 ? tokens.slice(1, -1) : tokens;
  return propertyParts(inner).map(([name, next, ...rest]) => ({
    name: name?.text.toLowerCase() ?? '',
    value: next ? value.slice(next.start, (rest.at(-1) ?? next).end) : '',
    offset: name?.start ?? 0,
  }));
}

/** The tokens of each property between the parentheses of a block or a kind. */
export function propertyParts(inner: readonly Token[]): readonly (readonly Token[])[] {
  const parts: Token[][] = [];
  for (const part of splitAtCommas(inner)) {
    const before = parts.at(-1);
    if (before && isWord(before[0], 'when_matched') && goesOn(before, part)) before.push(...part);
    else parts.push([...part]);
  }
  return parts;
}

// Without parentheses, the assignments of WHEN MATCHED have commas of their own.
function goesOn(clauses: readonly Token[], part: readonly Token[]): boolean {
  const assigns = part.findIndex(({ text }) => text === '=');
  return (
    clauses[1]?.text !== '(' &&
    assigns > 0 &&
    part.slice(1, assigns).every(({ text }, at) => (at % 2 === 0) === (text === '.'))
  );
}

function isWord(token: Token | undefined, word: string): boolean {
  return token?.kind === 'word' && token.text.toLowerCase() === word;
}
