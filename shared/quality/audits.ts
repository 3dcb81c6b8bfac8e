import { fault } from '../base/errors';
import { listValue, plainValue } from '../project/block';
import { authored, id, join, type Sql, sql } from '../sql/sql';
import type { Arguments, AuditParts } from './audit-parts';
import { chiSquare, klDivergence, mutuallyExclusiveRanges } from './audits-statistics';

type Build = (parts: AuditParts) => Sql;

const anyOf = (conditions: readonly Sql[]): Sql =>
  conditions.length === 0 ? sql`true` : sql`(${join(conditions, ' OR ')})`;
const allOf = (conditions: readonly Sql[]): Sql => sql`(${join(conditions, ' AND ')})`;
const failing = (parts: AuditParts, condition: Sql): Sql =>
  sql`SELECT * FROM ${parts.rows} WHERE ${condition} AND (${parts.condition})`;

/** Whether a value lies outside of `min_v` and `max_v`; where neither is given nothing is inside, as in SQLMesh. */
function outside(parts: AuditParts, value: Sql): Sql {
  const [min, max] = [parts.optional('min_v'), parts.optional('max_v')];
  const [below, above] = parts.flag('inclusive', true) ? ['<', '>'] : ['<=', '>='];
  return anyOf([
    ...(min ? [sql`${value} ${authored(below ?? '<')} ${min}`] : []),
    ...(max ? [sql`${value} ${authored(above ?? '>')} ${max}`] : []),
  ]);
}

function measureOutside(parts: AuditParts, measure: 'avg' | 'stddev', name: string): Sql {
  const value = sql`${authored(measure)}(${parts.one('column')}) AS ${id(name)}`;
  return sql`SELECT * FROM (SELECT ${value} FROM ${parts.rows} WHERE ${parts.condition}) AS measured WHERE ${outside(parts, id(name))}`;
}

function uniqueValues(parts: AuditParts): Sql {
  const repeated = parts
    .list('columns')
    .map((column) => sql`row_number() OVER (PARTITION BY ${column} ORDER BY ${column}) > 1`);
  return sql`SELECT * FROM ${parts.rows} WHERE ${parts.condition} QUALIFY ${anyOf(repeated)}`;
}

function uniqueCombination(parts: AuditParts): Sql {
  const columns = join(parts.list('columns'));
  return sql`SELECT ${columns}, count(*) AS rows_found FROM ${parts.rows} WHERE ${parts.condition} GROUP BY ${columns} HAVING count(*) > 1`;
}

function numberOfRows(parts: AuditParts): Sql {
  const threshold = parts.one('threshold');
  const some = sql`SELECT 1 FROM ${parts.rows} WHERE ${parts.condition} LIMIT (${threshold}) + 1`;
  return sql`SELECT count(*) AS rows_found FROM (${some}) AS some_rows HAVING count(*) <= (${threshold})`;
}

function notNullProportion(parts: AuditParts): Sql {
  const column = parts.one('column');
  const counts = sql`SELECT count(*) AS cnt_tot, count(${column}) AS cnt_not_null, count(*) - count(${column}) AS cnt_null FROM ${parts.rows} WHERE ${parts.condition}`;
  return sql`SELECT * FROM (${counts}) AS counted WHERE cnt_not_null <= cnt_tot * (${parts.one('threshold')})`;
}

function sequentialValues(parts: AuditParts): Sql {
  const column = parts.one('column');
  const steps = sql`SELECT ${column} AS value, lag(${column}) OVER (ORDER BY ${column} NULLS FIRST) AS previous FROM ${parts.rows} WHERE ${parts.condition}`;
  return sql`SELECT * FROM (${steps}) AS steps WHERE NOT (value = previous + ${parts.optional('interval') ?? sql`1`})`;
}

function zScore(parts: AuditParts): Sql {
  const column = parts.one('column');
  const stats = sql`SELECT avg(${column}) AS mean_value, stddev(${column}) AS stddev_value FROM ${parts.rows} WHERE ${parts.condition}`;
  const score = sql`(${column} - mean_value) / nullif(stddev_value, 0)`;
  return sql`SELECT ${column}, ${score} AS z_score FROM ${parts.rows}, (${stats}) AS stats WHERE abs(${score}) > ${parts.one('threshold')}`;
}

const matches = (value: Sql, pattern: Sql): Sql => sql`regexp_matches(${value}, ${pattern})`;
const UUID = '^[0-9a-f]{8}-[0-9a-f]{4}-[1-5][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$';
const URL = '^(https?|ftp)://[^\\s/$.?#].[^\\s]*$';
const EMAIL = '^[a-zA-Z0-9_.+-]+@[a-zA-Z0-9-]+\\.[a-zA-Z0-9-.]+$';
const METHODS = ['GET', 'POST', 'PUT', 'DELETE', 'PATCH', 'HEAD', 'OPTIONS', 'TRACE', 'CONNECT'];

function pattern(joined: (tests: readonly Sql[]) => Sql, test: (value: Sql, one: Sql) => Sql): Build {
  return (parts) =>
    failing(parts, joined(parts.list('patterns').map((one) => test(parts.one('column'), one))));
}

/** The built-in audits by name, with the meaning that SQLMesh 0.236 gives them on DuckDB: each gives the rows that fail. */
const BUILT_IN: Readonly<Record<string, Build>> = {
  not_null: (parts) => failing(parts, anyOf(parts.list('columns').map((one) => sql`${one} IS NULL`))),
  unique_values: uniqueValues,
  unique_combination_of_columns: uniqueCombination,
  accepted_values: (parts) =>
    failing(parts, sql`${parts.one('column')} NOT IN (${join(parts.list('is_in'))})`),
  not_accepted_values: (parts) =>
    failing(parts, sql`${parts.one('column')} IN (${join(parts.list('is_in'))})`),
  number_of_rows: numberOfRows,
  forall: (parts) => failing(parts, anyOf(parts.list('criteria').map((one) => sql`NOT (${one})`))),
  accepted_range: (parts) => failing(parts, outside(parts, parts.one('column'))),
  at_least_one: (parts) =>
    sql`SELECT 1 AS none_found FROM ${parts.rows} WHERE ${parts.condition} GROUP BY 1 HAVING count(${parts.one('column')}) = 0`,
  not_constant: (parts) =>
    sql`SELECT count(DISTINCT ${parts.one('column')}) AS values_found FROM ${parts.rows} WHERE ${parts.condition} HAVING count(DISTINCT ${parts.one('column')}) <= 1`,
  not_empty_string: (parts) => failing(parts, sql`${parts.one('column')} = ''`),
  not_null_proportion: notNullProportion,
  sequential_values: sequentialValues,
  mutually_exclusive_ranges: mutuallyExclusiveRanges,
  valid_uuid: (parts) =>
    failing(parts, sql`NOT ${matches(sql`lower(${parts.one('column')})`, sql`${UUID}`)}`),
  valid_url: (parts) => failing(parts, sql`NOT ${matches(parts.one('column'), sql`${URL}`)}`),
  valid_email: (parts) => failing(parts, sql`NOT ${matches(parts.one('column'), sql`${EMAIL}`)}`),
  valid_http_method: (parts) =>
    sql`SELECT * FROM ${parts.rows} WHERE ${parts.one('column')} NOT IN (${join(METHODS.map((one) => sql`${one}`))})`,
  match_regex_pattern_list: pattern(allOf, (value, one) => sql`NOT ${matches(value, one)}`),
  not_match_regex_pattern_list: pattern(anyOf, matches),
  match_like_pattern_list: pattern(allOf, (value, one) => sql`NOT (${value} LIKE ${one})`),
  not_match_like_pattern_list: pattern(anyOf, (value, one) => sql`${value} LIKE ${one}`),
  z_score: zScore,
  string_length_between: (parts) => failing(parts, outside(parts, sql`length(${parts.one('column')})`)),
  string_length_equal: (parts) => failing(parts, sql`length(${parts.one('column')}) <> ${parts.one('v')}`),
  stddev_in_range: (parts) => measureOutside(parts, 'stddev', 'stddev_found'),
  mean_in_range: (parts) => measureOutside(parts, 'avg', 'mean_found'),
  kl_divergence: klDivergence,
  chi_square: chiSquare,
};

/** The query that gives the failing rows of a built-in audit over `rows`. */
export function builtInAudit(name: string, args: Arguments, rows: Sql): Sql {
  const build = BUILT_IN[plainName(name)];
  if (!build)
    throw fault('audit.invalid', `There is no audit ${name}.`, {
      remedy: `Write it in audits/, or use one of ${Object.keys(BUILT_IN).join(', ')}.`,
    });
  return build(partsOf(name, args, rows));
}

function plainName(name: string): string {
  return name.replace(/_non_blocking$/, '');
}

function partsOf(name: string, args: Arguments, rows: Sql): AuditParts {
  const textOf = (argument: string): string => {
    const text = args[argument]?.trim() ?? '';
    if (text !== '') return text;
    throw fault('audit.invalid', `The audit ${name} needs an argument ${argument}.`, {
      remedy: `Give it: ${name}(${argument} := ...).`,
    });
  };
  const list = (argument: string): readonly Sql[] => {
    const items = listValue(textOf(argument)).map((item) => authored(item));
    if (items.length > 0) return items;
    throw fault('audit.invalid', `The argument ${argument} of the audit ${name} is empty.`, {
      remedy: `Name at least one: ${name}(${argument} := (...)).`,
    });
  };
  const optional = (argument: string): Sql | undefined => {
    const text = args[argument]?.trim() ?? '';
    return text === '' || text.toLowerCase() === 'null' ? undefined : authored(text);
  };
  return {
    rows,
    condition: optional('condition') ?? sql`true`,
    one: (argument) => authored(textOf(argument)),
    list,
    optional,
    flag: (argument, otherwise) =>
      args[argument] === undefined ? otherwise : !/^(false|0)$/i.test(plainValue(args[argument])),
  };
}
