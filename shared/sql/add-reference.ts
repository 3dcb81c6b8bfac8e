import { CLAUSES_AFTER_FROM, SET_OPERATORS } from './clauses';
import type { Token } from './lexer';
import { findReferences } from './references';
import { splitStatements } from './text';

/** A text that reads one more table; `from` and `to` span what its author must still complete, or the reading itself. */
export interface AddedReference {
  readonly text: string;
  readonly from: number;
  readonly to: number;
  /** `there` where the text read the table already and is as it was */
  readonly how: 'join' | 'from' | 'query' | 'there';
}

const QUERY_STARTS = ['select', 'with', 'from'];
const AFTER_FROM = ['select', ...CLAUSES_AFTER_FROM, 'using', 'tablesample'];
const CONDITION = 'condition';

/**
 * Writes a reading of `table` (`schema.name`) into a model's text: a JOIN at the end of the outermost FROM, a FROM where
 * the query has none, a query where the text has none. Everything else stays byte for byte. Undefined where the query is
 * none that can be added to.
 */
export function addReference(text: string, table: string): AddedReference | undefined {
  const known = findReferences(text).tables.find(({ parts }) => parts.join('.') === table);
  if (known) return { text, from: known.start, to: known.end, how: 'there' };
  const query = splitStatements(text).find(({ tokens }) => QUERY_STARTS.includes(wordOf(tokens[0])));
  if (!query) return hasCode(text) ? undefined : addQuery(text, table);
  const branch = lastBranch(outermost(query.tokens));
  const select = branch.findLastIndex((token) => wordOf(token) === 'select');
  const from = branch.findLastIndex((token, at) => wordOf(token) === 'from' && !isDistinct(branch, at));
  if (from < 0 && select < 0) return undefined;
  const start = from < 0 ? select : from;
  const after = branch.findIndex((token, at) => at > start && endsClause(branch, at, token));
  const end = after < 0 ? query.end : endBefore(query.tokens, branch[after]);
  if (from >= 0) return addJoin(text, { table, at: end, indent: indentAt(text, branch[from]?.start ?? 0) });
  const written = `\n${indentAt(text, branch[select]?.start ?? 0)}FROM ${table}`;
  const list = { from: branch[select + 1]?.start ?? end, to: end };
  return { text: text.slice(0, end) + written + text.slice(end), ...list, how: 'from' };
}

function addQuery(text: string, table: string): AddedReference {
  const before = `${text.trimEnd()}\n\nSELECT\n  `;
  const from = before.length;
  return { text: `${before}*\nFROM ${table}\n`, from, to: from + 1, how: 'query' };
}

function addJoin(text: string, place: { table: string; at: number; indent: string }): AddedReference {
  const { table, at, indent } = place;
  const lead = `\n${indent}JOIN ${table} AS ${freeAlias(text, table)}\n${indent}  ON `;
  const from = at + lead.length;
  return {
    text: text.slice(0, at) + lead + CONDITION + text.slice(at),
    from,
    to: from + CONDITION.length,
    how: 'join',
  };
}

/** The table's own name, or with a number where the text uses that name already. */
function freeAlias(text: string, table: string): string {
  const name = table.split('.').at(-1) ?? table;
  const words = new Set(text.toLowerCase().match(/[\p{L}_][\p{L}\p{N}_]*/gu));
  for (let number = 1; ; number++) {
    const alias = number === 1 ? name : `${name}_${number}`;
    if (!words.has(alias)) return alias;
  }
}

/** Anything but the MODEL block, such as a statement that is no query. */
function hasCode(text: string): boolean {
  return splitStatements(text).some(({ tokens }) => wordOf(tokens[0]) !== 'model');
}

/** The tokens outside of every bracket. */
function outermost(tokens: readonly Token[]): readonly Token[] {
  let depth = 0;
  return tokens.filter(({ kind, text }) => {
    const before = depth;
    if (kind === 'symbol' && '([{'.includes(text)) depth += 1;
    if (kind === 'symbol' && ')]}'.includes(text)) depth -= 1;
    return before === 0 && depth === 0;
  });
}

/** What follows the last UNION, EXCEPT or INTERSECT. */
function lastBranch(tokens: readonly Token[]): readonly Token[] {
  return tokens.slice(tokens.findLastIndex((token) => SET_OPERATORS.includes(wordOf(token))) + 1);
}

/** USING ends a FROM only as USING SAMPLE. */
function endsClause(tokens: readonly Token[], at: number, token: Token): boolean {
  const word = wordOf(token);
  return AFTER_FROM.includes(word) && (word !== 'using' || wordOf(tokens[at + 1]) === 'sample');
}

function endBefore(tokens: readonly Token[], next: Token | undefined): number {
  return tokens.findLast(({ end }) => end <= (next?.start ?? 0))?.end ?? 0;
}

function isDistinct(tokens: readonly Token[], at: number): boolean {
  const before = wordOf(tokens[at - 1]);
  return before === 'distinct' && ['is', 'not'].includes(wordOf(tokens[at - 2]));
}

function indentAt(text: string, offset: number): string {
  const line = text.slice(text.lastIndexOf('\n', offset - 1) + 1, offset);
  return /^\s*/.exec(line)?.[0] ?? '';
}

function wordOf(token: Token | undefined): string {
  return token?.kind === 'word' ? token.text.toLowerCase() : '';
}
