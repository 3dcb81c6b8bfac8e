import { type Fault, fault } from '../base/errors';
import { codeTokens, type Token } from '../sql/lexer';
import { identifierOf } from '../sql/text';

// Statements that reach beyond the model: other files, other databases, the end of the batch's transaction.
const DENIED = new Set(
  'copy export import attach detach use begin start commit rollback abort checkpoint vacuum'.split(' '),
);
const AFTER: Readonly<Record<string, readonly string[]>> = {
  insert: ['into'],
  merge: ['into'],
  delete: ['from'],
  update: ['update'],
  truncate: ['table', 'truncate'],
  alter: ['table', 'view'],
  drop: ['table', 'view', 'index', 'schema', 'macro', 'function', 'sequence', 'type'],
  create: ['table', 'view', 'index', 'schema', 'macro', 'function', 'sequence', 'type'],
};
const READING = new Set(['select', 'from', 'values', 'with', 'describe', 'summarize', 'show']);
const BETWEEN = new Set(['if', 'not', 'exists', 'only']);

/**
 * Refuses a statement of a model that reaches beyond it: it may make what is its own for the batch, which has no schema in its name,
 * and change `@this_model`, here given as it is rendered.
 */
export function refuseForeign(text: string, thisModel: string | undefined): Fault | undefined {
  const tokens = codeTokens(text);
  const word = lower(tokens[0]);
  if (DENIED.has(word)) return refused(`Teal runs no ${word.toUpperCase()} beside a model's query.`);
  const keywords = AFTER[word];
  if (!keywords) return undefined;
  const isIndex = word === 'create' && lower(tokens[1]) === 'index';
  const at = tokens.findIndex((token) => (isIndex ? ['on'] : keywords).includes(lower(token)));
  let name = at + 1;
  while (BETWEEN.has(lower(tokens[name]))) name++;
  const start = tokens[name]?.start ?? text.length;
  if (at < 0 || (thisModel !== undefined && text.startsWith(thisModel, start))) return undefined;
  const isTemporary = lower(tokens[name]) === 'temp';
  if (tokens[name + 1]?.text !== '.' || isTemporary) return undefined;
  return refused(
    `Statements of a model may change @this_model and what they made themselves, not ${named(tokens, name)}.`,
  );
}

/** Refuses a statement of config.yaml that would reach out of the warehouse, or into what Teal keeps there. */
export function refuseOutside(text: string): Fault | undefined {
  const tokens = codeTokens(text);
  const word = lower(tokens[0]);
  const remedy = 'Take it out of config.yaml; do it before or after the run.';
  if (DENIED.has(word) || word === 'install')
    return fault('config.invalid', `Teal runs no ${word.toUpperCase()} around plans.`, { remedy });
  const own = tokens.find((token, at) => isTeals(token) && tokens[at + 1]?.text === '.');
  if (!own || READING.has(word)) return undefined;
  return fault('config.invalid', `The schema ${identifierOf(own)} is Teal's own.`, { remedy });
}

function isTeals(token: Token): boolean {
  return /^teal(_data|_diff)?$/i.test(identifierOf(token));
}

function named(tokens: readonly Token[], first: number): string {
  let name = tokens[first]?.text ?? '';
  for (let i = first + 1; tokens[i]?.text === '.'; i += 2) name += `.${tokens[i + 1]?.text ?? ''}`;
  return name;
}

function lower(token: Token | undefined): string {
  return token?.text.toLowerCase() ?? '';
}

function refused(message: string): Fault {
  return fault('model.unsupported', message, {
    remedy: 'Take the statement out of the model; do it before or after the run.',
  });
}
