import { codeTokens } from '../../sql/lexer';
import { identifierOf } from '../../sql/text';
import { bind } from './bind';
import type { Call, Macro } from './call';
import type { Output } from './context';
import { condition, listItems, literalText, quoteString } from './pieces';
import { isTrue, printed, type Value } from './values';
import { variableText } from './variables';

/** Macros that choose, repeat, compute and look up. */
export const control: Readonly<Record<string, Macro>> = {
  if: ({ args, evaluate, fail }) => {
    const [test, yes, no] = args;
    if (test === undefined || yes === undefined) return fail('@IF needs a condition and what to put in.');
    return isTrue(evaluate(test)) ? yes : (no ?? null);
  },
  each: (call) => {
    const { lambda, items } = repeated(call);
    return items.flatMap((item) => call.apply(lambda, valuesFor(lambda.params, item)));
  },
  filter: (call) => {
    const { lambda, items } = repeated(call);
    const passes = (item: string) =>
      isTrue(call.evaluate(call.apply(lambda, valuesFor(lambda.params, item), true).join(', ')));
    return items.filter(passes);
  },
  reduce: (call) => {
    const { lambda, items } = repeated(call);
    const [first, ...rest] = items;
    if (first === undefined) return call.fail('@REDUCE has nothing to join.');
    return rest.reduce((sum, item) => call.apply(lambda, [sum, item]).join(', '), first);
  },
  eval: ({ args, evaluate, fail }) => {
    if (args.length !== 1) return fail('@EVAL needs one expression.');
    return outputOf(evaluate(args[0] ?? ''));
  },
  sql: (call) => {
    const [text] = call.args;
    if (text === undefined) return call.fail('@SQL needs a text.');
    const literal = literalText(text) ?? printed(call.evaluate(text));
    const made = call.template(literal);
    return /@\w+\s*\(/.test(made) ? call.expand(made) : made;
  },
  and: ({ args }) => connected(args, ' AND '),
  or: ({ args }) => connected(args, ' OR '),
  var: (call) => {
    const { name, fallback } = variable(call);
    const { variables } = call.context;
    return Object.hasOwn(variables, name) ? variableText(variables[name], 'array') : fallback;
  },
  blueprint_var: (call) => {
    const { name, fallback } = variable(call);
    const blueprint = call.context.blueprint ?? {};
    return Object.hasOwn(blueprint, name) ? (blueprint[name] ?? fallback) : fallback;
  },
  resolve_template: (call) => {
    const { template, mode } = bind(call, ['template', 'mode']);
    const text = template === undefined ? undefined : literalText(template);
    if (template === undefined || text === undefined) return call.fail('@RESOLVE_TEMPLATE needs a text.');
    const table = call.context.values.this_model;
    if (table === undefined)
      return call.context.stage === 'loading' ? template : call.fail('@RESOLVE_TEMPLATE needs @this_model.');
    const [name = '', schema = '', catalog = ''] = tableParts(table).toReversed();
    const resolved = text
      .replaceAll('@{catalog_name}', catalog)
      .replaceAll('@{schema_name}', schema)
      .replaceAll('@{table_name}', name);
    const isTable = mode !== undefined && (literalText(mode) ?? mode).toLowerCase() === 'table';
    return isTable ? resolved : quoteString(resolved);
  },
};

function repeated(call: Call): { lambda: NonNullable<Call['lambda']>; items: readonly string[] } {
  const { lambda, args } = call;
  if (!lambda)
    return call.fail(`@${call.name.toUpperCase()} needs a function at the end, such as x -> x + 1.`);
  const [only, more] = args;
  const items = only !== undefined && more === undefined ? (listItems(only) ?? args) : args;
  return { lambda, items };
}

/** What the parameters of a function stand for: a tuple's parts one by one where it is a tuple. */
function valuesFor(params: readonly string[], item: string): readonly string[] {
  const parts = item.startsWith('(') ? listItems(item) : undefined;
  return parts && (parts.length > 1 || params.length > 1) ? parts : [item];
}

function connected(args: readonly string[], operator: string): string {
  const conditions = args.filter((arg) => arg.toUpperCase() !== 'NULL');
  if (conditions.length === 0) return 'TRUE';
  return conditions.length === 1 ? (conditions[0] ?? '') : conditions.map(condition).join(operator);
}

function variable(call: Call): { name: string; fallback: string } {
  const { var_name, default: fallback } = bind(call, ['var_name', 'default']);
  const name = var_name === undefined ? undefined : literalText(var_name);
  if (name === undefined)
    return call.fail(`@${call.name.toUpperCase()} needs the name of a variable as a text in quotes.`);
  return { name: name.toLowerCase(), fallback: fallback ?? 'NULL' };
}

/** A value as SQL: SQLMesh reads a computed text as SQL again. */
function outputOf(value: Value): Output {
  if (value === null) return null;
  if (Array.isArray(value)) return value.map(literal);
  return typeof value === 'boolean' ? literal(value) : printed(value);
}

function literal(value: Value): string {
  if (value === null) return 'NULL';
  if (typeof value === 'boolean') return value ? 'TRUE' : 'FALSE';
  return Array.isArray(value) ? `[${value.map(literal).join(', ')}]` : printed(value);
}

/** The parts of the table's name that a relation is, or that the query in it reads first. */
function tableParts(relation: string): readonly string[] {
  const tokens = codeTokens(relation);
  const from = tokens.findIndex((token) => token.kind === 'word' && token.text.toLowerCase() === 'from');
  const parts: string[] = [];
  for (const token of tokens.slice(from + 1)) {
    if (token.kind === 'word' || token.kind === 'quoted') parts.push(identifierOf(token));
    else if (token.text !== '.') break;
  }
  return parts;
}
