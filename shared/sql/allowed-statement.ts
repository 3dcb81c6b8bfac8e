import type { Token } from './lexer';
import { closingIndex, identifierOf, splitAtCommas } from './text';

/** Why a statement may not run beside a model's query, and at which token. */
export interface Refusal {
  readonly message: string;
  readonly at: Token | undefined;
}

/** What statements of one model may write: `own` tells whether the table named by these tokens is among it. */
export interface Writable {
  readonly own: (name: readonly Token[]) => boolean;
  /** temporary things made so far, by name in lower case; filled as statements are read */
  readonly temporary: Set<string>;
}

const READS = ['select', 'from', 'values', 'describe', 'summarize', 'pivot', 'unpivot', 'show'];
const NOISE = ['if', 'not', 'exists', 'only'];
const MADE = ['table', 'view', 'macro', 'function', 'sequence', 'type'];
const BUILT_IN = ['json', 'icu', 'parquet', 'core_functions'];
const SETTINGS = [
  ...['default_null_order', 'null_order', 'default_order', 'default_collation', 'integer_division'],
  ...['ieee_floating_point_ops', 'old_implicit_casting', 'preserve_insertion_order', 'disabled_optimizers'],
  ...['scalar_subquery_error_on_multiple_rows', 'order_by_non_integer_literal', 'timezone', 'calendar'],
  ...['enable_progress_bar', 'disable_progress_bar', 'enable_optimizer', 'disable_optimizer', 'threads'],
  ...['memory_limit', 'max_memory', 'max_expression_depth', 'max_recursion_depth', 'pivot_limit'],
  ...['verify_parallelism', 'enable_object_cache', 'perfect_ht_threshold', 'ordered_aggregate_threshold'],
];

/**
 * Why a statement may not run beside a model's query; undefined where it may. It may read, make temporary things, change the
 * model's own table and harmless settings. What a macro expands to is judged when it is expanded.
 */
export function refuseStatement(tokens: readonly Token[], writable: Writable): Refusal | undefined {
  const [first] = tokens;
  if (first?.kind === 'macro') return refuseBranches(tokens, writable);
  const word = wordOf(first);
  if (READS.includes(word) || first?.text === '(') return undefined;
  if (word === 'with') return refuseAfterWith(tokens, writable);
  if (word === 'create') return refuseCreate(tokens, writable);
  if (word === 'set' || word === 'reset' || word === 'pragma') return refuseSetting(tokens);
  if (word === 'load')
    return BUILT_IN.includes(nameAt(tokens, 1))
      ? undefined
      : { message: 'Only extensions that are built in may be loaded.', at: tokens[1] };
  const target = targetOf(word, tokens);
  if (target === undefined)
    return { message: `${word.toUpperCase() || 'This'} may not run beside a query.`, at: first };
  if (target === 'all' || isOwn(tokens, target, writable)) return undefined;
  return {
    message: 'A statement beside a query may change only @this_model and temporary tables.',
    at: first,
  };
}

// Statements that reach out of the warehouse: other files, other databases, the end of the caller's transaction.
const OUTSIDE = new Set(
  'copy export import install attach detach use begin start commit rollback abort checkpoint vacuum'.split(
    ' ',
  ),
);

/** Why a statement around a whole plan may not run: it would reach out of the warehouse, or into what Teal keeps there. */
export function refuseAround(tokens: readonly Token[]): Refusal | undefined {
  const word = wordOf(tokens[0]);
  if (OUTSIDE.has(word))
    return { message: `Teal runs no ${word.toUpperCase()} around plans.`, at: tokens[0] };
  const own = tokens.findIndex(
    (_, at) => /^teal(_data|_diff)?$/.test(nameAt(tokens, at)) && tokens[at + 1]?.text === '.',
  );
  if (own < 0 || [...READS, 'with'].includes(word)) return undefined;
  return { message: `The schema ${nameAt(tokens, own)} is Teal's own.`, at: tokens[own] };
}

/** `@IF(condition, statement, statement)`. */
function refuseBranches(tokens: readonly Token[], writable: Writable): Refusal | undefined {
  if (tokens[0]?.text.toLowerCase() !== '@if') return undefined;
  const inner = tokens.slice(2, closingIndex(tokens, 1));
  const [condition = []] = splitAtCommas(inner);
  const statement = inner.slice(condition.length + 1);
  return statement.length > 0 ? refuseStatement(statement, writable) : undefined;
}

function refuseAfterWith(tokens: readonly Token[], writable: Writable): Refusal | undefined {
  const start = statementAfterWith(tokens);
  return start === undefined ? undefined : refuseStatement(tokens.slice(start), writable);
}

/** Where a statement begins that follows a WITH; undefined where a query does. */
export function statementAfterWith(tokens: readonly Token[]): number | undefined {
  for (let i = 1; i < tokens.length; i++) {
    if (tokens[i]?.text === '(') {
      const close = closingIndex(tokens, i);
      if (close < 0) return undefined;
      i = close;
    }
    const word = wordOf(tokens[i]);
    if (READS.includes(word)) return undefined;
    if (['insert', 'update', 'delete', 'merge'].includes(word)) return i;
  }
  return undefined;
}

function refuseCreate(tokens: readonly Token[], writable: Writable): Refusal | undefined {
  const made = tokens.findIndex((token) => MADE.includes(wordOf(token)) || wordOf(token) === 'index');
  if (wordOf(tokens[made]) === 'index') {
    const on = tokens.findIndex((token) => wordOf(token) === 'on');
    return isOwn(tokens, on + 1, writable)
      ? undefined
      : { message: 'An index beside a query must be one on @this_model.', at: tokens[on + 1] };
  }
  const words = tokens.slice(1, Math.max(made, 1)).map(wordOf);
  const name = skipNoise(tokens, made + 1);
  const isScratch = words.includes('temp') || words.includes('temporary') || tokens[name + 1]?.text !== '.';
  if (made > 0 && isScratch) {
    writable.temporary.add(nameAt(tokens, name));
    return undefined;
  }
  return {
    message: 'A statement beside a query may make only temporary things, so without a schema in their names.',
    at: tokens[0],
  };
}

function refuseSetting(tokens: readonly Token[]): Refusal | undefined {
  const scoped = ['global', 'session', 'local'].includes(wordOf(tokens[1])) ? 2 : 1;
  if (wordOf(tokens[scoped]) === 'variable' || SETTINGS.includes(nameAt(tokens, scoped))) return undefined;
  return {
    message: `The setting ${nameAt(tokens, scoped)} may not be changed beside a query.`,
    at: tokens[scoped],
  };
}

/** Where a statement names the table that it changes; `all` where it changes none; undefined where it is not allowed at all. */
function targetOf(word: string, tokens: readonly Token[]): number | 'all' | undefined {
  const second = wordOf(tokens[1]);
  switch (word) {
    case 'analyze':
    case 'vacuum':
      return 'all';
    case 'update':
      return skipNoise(tokens, 1);
    case 'insert': {
      const into = tokens.findIndex((token) => wordOf(token) === 'into');
      return into + 1;
    }
    case 'delete':
    case 'merge':
      return 2;
    case 'truncate':
      return second === 'table' ? 2 : 1;
    case 'alter':
    case 'drop':
      return skipNoise(tokens, 2);
    case 'comment':
      return 3;
    default:
      return undefined;
  }
}

function isOwn(tokens: readonly Token[], at: number, writable: Writable): boolean {
  let last = at;
  while (tokens[last + 1]?.text === '.') last += 2;
  const name = tokens.slice(at, last + 1);
  const first = name[0]?.text.toLowerCase();
  if (first === '@this_model' || first === '@{this_model}') return true;
  return writable.own(name) || (at === last && writable.temporary.has(nameAt(tokens, at)));
}

function skipNoise(tokens: readonly Token[], from: number): number {
  let at = from;
  while (NOISE.includes(wordOf(tokens[at]))) at += 1;
  return at;
}

function nameAt(tokens: readonly Token[], at: number): string {
  const token = tokens[at];
  return token ? identifierOf(token).toLowerCase() : '';
}

function wordOf(token: Token | undefined): string {
  return token?.kind === 'word' ? token.text.toLowerCase() : '';
}
