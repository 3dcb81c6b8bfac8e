import { authored, join, type Sql, sql } from '../../sql/sql';
import { bind, needed } from './bind';
import type { Call, Macro } from './call';
import { isAtomic, listItems, literalText, nameOf, operand } from './pieces';

const NO_VALUE = '_sqlmesh_surrogate_key_null_';

/** Macros that give one expression, in SQLMesh's exact formulas for DuckDB. */
export const numbers: Readonly<Record<string, Macro>> = {
  safe_add: (call) => safeSum(call, ' + '),
  safe_sub: (call) => safeSum(call, ' - '),
  safe_div: (call) => {
    const { numerator, denominator } = bind(call, ['numerator', 'denominator']);
    const above = authored(operand(needed(call, numerator, 'a numerator')));
    return sql`${above} / NULLIF(${authored(needed(call, denominator, 'a denominator'))}, 0)`.text;
  },
  generate_surrogate_key: (call) => {
    if (call.args.length === 0) return call.fail('@GENERATE_SURROGATE_KEY needs at least one column.');
    const stray = [...call.named.keys()].find((name) => name !== 'hash_function');
    if (stray !== undefined) return call.fail(`@GENERATE_SURROGATE_KEY has no argument ${stray}.`);
    const fields = call.args.map((field) => sql`COALESCE(CAST(${authored(field)} AS TEXT), ${NO_VALUE})`);
    const hash = authored(nameOf(call.named.get('hash_function') ?? 'MD5'));
    return sql`${hash}(${join(fields, " || '|' || ")})`.text;
  },
  haversine_distance: (call) => {
    const parts = bind(call, ['lat1', 'lon1', 'lat2', 'lon2', 'unit']);
    const [lat1, lon1, lat2, lon2] = (['lat1', 'lon1', 'lat2', 'lon2'] as const).map((name) =>
      needed(call, parts[name], name),
    );
    const unit = parts.unit === undefined ? 'mi' : literalText(parts.unit);
    const rate =
      unit === 'mi'
        ? '1.0'
        : unit === 'km'
          ? '1.60934'
          : call.fail(`The unit is 'mi' or 'km', not ${parts.unit}.`);
    const half = (to = '', from = '') =>
      sql`POWER(SIN(RADIANS((${authored(operand(to))} - ${authored(operand(from))}) / 2)), 2)`;
    const cosine = (latitude = '') => sql`COS(RADIANS(${authored(latitude)}))`;
    return sql`7922 * ASIN(SQRT((${half(lat2, lat1)}) + (${cosine(lat1)} * ${cosine(lat2)} * ${half(lon2, lon1)}))) * ${authored(rate)}`
      .text;
  },
  pivot: (call) => pivot(call),
};

function safeSum(call: Call, operator: string): string {
  const { args } = call;
  if (args.length === 0) return call.fail(`@${call.name.toUpperCase()} needs at least one number.`);
  const missing = args.map((arg) => sql`${authored(operand(arg))} IS NULL`);
  const present = args.map((arg) => sql`COALESCE(${authored(arg)}, 0)`);
  return sql`CASE WHEN ${join(missing, ' AND ')} THEN NULL ELSE ${join(present, operator)} END`.text;
}

const PIVOT = [
  ...(['column', 'values', 'alias', 'agg', 'cmp', 'prefix'] as const),
  ...(['suffix', 'then_value', 'else_value', 'quote', 'distinct'] as const),
] as const;

function pivot(call: Call): readonly string[] {
  const bound = bind(call, PIVOT);
  const column = authored(needed(call, bound.column, 'a column'));
  const values = listItems(needed(call, bound.values, 'a list of values'));
  if (!values) return call.fail('@PIVOT needs its values as a list in square brackets.');
  const part = (text: string | undefined, fallback: string): Sql =>
    authored(text === undefined ? fallback : nameOf(text));
  const distinct = authored(bound.distinct?.toLowerCase() === 'true' ? 'DISTINCT ' : '');
  const hasAlias = bound.alias?.toLowerCase() !== 'false';
  return values.map((value) => {
    const compared = sql`${column} ${part(bound.cmp && comparison(bound.cmp), '=')} ${authored(value)}`;
    const chosen = sql`CASE WHEN ${compared} THEN ${authored(bound.then_value ?? '1')} ELSE ${authored(bound.else_value ?? '0')} END`;
    const sum = sql`${part(bound.agg, 'SUM')}(${distinct}${chosen})`.text;
    const name = [bound.prefix ?? '', value, bound.suffix ?? ''].map(nameOf).join('').toLowerCase();
    return hasAlias ? `${sum} AS "${name.replaceAll('"', '""')}"` : sum;
  });
}

function comparison(text: string): string {
  return isAtomic(text) ? text : '=';
}
