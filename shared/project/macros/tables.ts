import { codeTokens } from '../../sql/lexer';
import { authored, id, join, type Sql, sql } from '../../sql/sql';
import { identifierOf } from '../../sql/text';
import { bind, flag, needed } from './bind';
import type { Call, Macro } from './call';
import { listItems, literalText, nameOf } from './pieces';

/** Macros that give columns of a table or a whole query. */
export const tables: Readonly<Record<string, Macro>> = {
  star: (call) => star(call),
  union: (call) => union(call),
  deduplicate: (call) => deduplicate(call),
  date_spine: (call) => dateSpine(call),
};

interface Column {
  readonly name: string;
  readonly type: string;
}

const STAR = ['relation', 'alias', 'exclude', 'prefix', 'suffix', 'quote_identifiers', 'except_'] as const;
// What SQLMesh puts in where it loads a project and does not know the columns yet.
const UNKNOWN: readonly Column[] = [{ name: '__schema_unavailable_at_load__', type: '' }];

function star(call: Call): readonly string[] {
  const bound = bind(call, STAR);
  const relation = needed(call, bound.relation, 'a table');
  const list = bound.exclude ?? bound.except_ ?? '[]';
  const excluded =
    listItems(list) ?? call.fail(`@STAR needs the columns to leave out as a list, not ${list}.`);
  flag(call, bound.quote_identifiers, true);
  const left = new Set(excluded.map((name) => nameOf(name).toLowerCase()));
  const from = nameOf(bound.alias ?? relation).toLowerCase();
  const [prefix, suffix] = [bound.prefix ?? '', bound.suffix ?? ''].map((text) => literalText(text) ?? '');
  const columns = columnsOf(call, relation).filter((column) => !left.has(column.name.toLowerCase()));
  const areKnown = columns.every((column) => isKnown(column));
  return columns.map((column) => {
    const own = id(from, column.name);
    const value = areKnown ? sql`CAST(${own} AS ${authored(column.type)})` : own;
    return sql`${value} AS ${id(`${prefix}${column.name}${suffix}`.toLowerCase())}`.text;
  });
}

function union(call: Call): string {
  const rest = [...call.args];
  const test = /^(true|false)$/i.test(rest[0] ?? '') || isCondition(call, rest[0]) ? rest.shift() : undefined;
  const isKept = test === undefined || call.evaluate(test) !== false;
  if (rest.length === 0)
    return call.fail(
      test === undefined ? '@UNION needs at least one table.' : '@UNION needs tables behind its condition.',
    );
  const literal = /^(all|distinct)$/i.test(rest[0] ?? '') ? rest[0] : literalText(rest[0] ?? '');
  if (literal !== undefined) rest.shift();
  const kind = (literal ?? 'ALL').toUpperCase();
  if (kind !== 'ALL' && kind !== 'DISTINCT')
    return call.fail(`@UNION is 'ALL' or 'DISTINCT', not '${literal}'.`);
  const [first, ...others] = rest.map((table) => ({ table, columns: columnsOf(call, table) }));
  if (!first) return call.fail('@UNION needs at least one table.');
  const shared = first.columns.filter((column) =>
    others.every((other) => other.columns.some((own) => own.name === column.name && isSameType(own, column))),
  );
  const branch = (table: string): Sql => sql`SELECT ${join(shared.map(projection))} FROM ${authored(table)}`;
  const branches = (isKept ? rest : rest.slice(0, 1)).map(branch);
  return join(branches, kind === 'ALL' ? ' UNION ALL ' : ' UNION ').text;
}

/** Whether the first argument is a condition: SQLMesh computes it, and anything but truth is a table. */
function isCondition(call: Call, arg: string | undefined): boolean {
  return (
    arg !== undefined && codeTokens(arg).length > 1 && !isPath(arg) && typeof call.evaluate(arg) === 'boolean'
  );
}

function isPath(text: string): boolean {
  return codeTokens(text).every(
    (token) => token.kind === 'word' || token.kind === 'quoted' || token.text === '.',
  );
}

function projection(column: Column): Sql {
  const name = id(column.name);
  return isKnown(column) ? sql`CAST(${name} AS ${authored(column.type)}) AS ${name}` : sql`${name}`;
}

function isKnown({ type }: Column): boolean {
  return type !== '' && type.toUpperCase() !== 'UNKNOWN';
}

function isSameType(a: Column, b: Column): boolean {
  return a.type.toUpperCase() === b.type.toUpperCase();
}

function columnsOf(call: Call, relation: string): readonly Column[] {
  const tokens = codeTokens(relation).filter((token) => token.kind === 'word' || token.kind === 'quoted');
  const name = tokens.map((token) => identifierOf(token).toLowerCase()).join('.');
  const columns = call.context.columnsOf?.(name);
  if (columns) return columns;
  if (call.context.stage === 'loading') return UNKNOWN;
  return call.fail(`@${call.name.toUpperCase()} needs the columns of ${relation}, and they are not known.`);
}

function deduplicate(call: Call): string {
  const bound = bind(call, ['relation', 'partition_by', 'order_by']);
  const relation = authored(needed(call, bound.relation, 'a table'));
  const keys = listItems(needed(call, bound.partition_by, 'the columns that make a row one of its kind'));
  if (!keys) return call.fail('@DEDUPLICATE needs its columns as a list, such as [id, CAST(at AS DATE)].');
  const order = listItems(needed(call, bound.order_by, 'an order'));
  if (!order || order.length === 0)
    return call.fail("@DEDUPLICATE needs its order as a list of texts, such as ['at desc'].");
  const terms = order.map((term) => authored(call.expand(literalText(term) ?? term)));
  const rank = sql`ROW_NUMBER() OVER (PARTITION BY ${join(keys.map(authored))} ORDER BY ${join(terms)})`;
  return sql`SELECT * FROM ${relation} QUALIFY ${rank} = 1`.text;
}

const DATE_PARTS = ['day', 'week', 'month', 'quarter', 'year'];

function dateSpine(call: Call): string {
  const bound = bind(call, ['datepart', 'start_date', 'end_date']);
  const part = nameOf(needed(call, bound.datepart, 'a part of a date')).toLowerCase();
  if (!DATE_PARTS.includes(part))
    return call.fail(`@DATE_SPINE knows ${DATE_PARTS.join(', ')}, not ${part || bound.datepart}.`);
  const start = needed(call, bound.start_date, 'a start date');
  const end = needed(call, bound.end_date, 'an end date');
  const [from, to] = [literalText(start), literalText(end)];
  if (from !== undefined && to !== undefined) checkDates(call, from, to);
  const limit = (text: string): Sql =>
    literalText(text) === undefined ? authored(text) : sql`CAST(${authored(text)} AS DATE)`;
  const name = authored(`date_${part}`);
  const step = sql`INTERVAL '1' ${authored(part.toUpperCase())}`;
  const series = sql`CAST(GENERATE_SERIES(${limit(start)}, ${limit(end)}, ${step}) AS DATE[])`;
  return sql`SELECT ${name} FROM UNNEST(${series}) AS _exploded(${name})`.text;
}

function checkDates(call: Call, from: string, to: string): void {
  const [start, end] = [from, to].map((text) => {
    const [, year, month, day] = /^(\d{4})-(\d{1,2})-(\d{1,2})$/.exec(text) ?? [];
    const time = Date.UTC(Number(year), Number(month) - 1, Number(day));
    const isReal = new Date(time).getUTCDate() === Number(day);
    return year !== undefined && isReal ? time : call.fail(`'${text}' is not a date of the form YYYY-MM-DD.`);
  });
  if ((start ?? 0) > (end ?? 0)) call.fail(`The start date '${from}' is after the end date '${to}'.`);
}
