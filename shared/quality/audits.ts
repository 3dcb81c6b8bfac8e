import { fault } from '../base/errors';
import { listValue, plainValue } from '../project/block';
import { authored, id, join, type Sql, sql } from '../sql/sql';

type Arguments = Readonly<Record<string, string>>;
type Rows = (args: Arguments, rows: Sql) => Sql;

const columns = (args: Arguments): readonly Sql[] =>
  listValue(args.columns ?? args.column ?? '()').map((name) => authored(name));
const column = (args: Arguments): Sql =>
  authored(args.column ?? listValue(args.columns ?? 'NULL')[0] ?? 'NULL');
const values = (args: Arguments): Sql => join(listValue(args.is_in ?? '()').map((value) => authored(value)));
const anyOf = (conditions: readonly Sql[]): Sql => join(conditions, ' OR ');
const failing = (rows: Sql, condition: Sql): Sql => sql`SELECT * FROM ${rows} WHERE ${condition}`;
const extra = (args: Arguments): Sql => (args.condition ? sql` AND (${authored(args.condition)})` : sql``);

/** The built-in audits by name, as SQLMesh defines them (docs/concepts/audits): each gives the rows that fail. */
const BUILT_IN: Readonly<Record<string, Rows>> = {
  not_null: (args, rows) =>
    failing(rows, sql`(${anyOf(columns(args).map((one) => sql`${one} IS NULL`))})${extra(args)}`),
  at_least_one: (args, rows) => sql`SELECT 1 FROM ${rows} HAVING count(${column(args)}) = 0`,
  unique_values: (args, rows) =>
    join(
      columns(args).map(
        (one) =>
          sql`SELECT ${one} FROM ${rows} WHERE ${one} IS NOT NULL${extra(args)} GROUP BY ${one} HAVING count(*) > 1`,
      ),
      ' UNION ALL ',
    ),
  unique_combination_of_columns: (args, rows) =>
    sql`SELECT ${join(columns(args))} FROM ${rows} WHERE true${extra(args)} GROUP BY ${join(columns(args))} HAVING count(*) > 1`,
  accepted_values: (args, rows) => failing(rows, sql`${column(args)} NOT IN (${values(args)})${extra(args)}`),
  not_accepted_values: (args, rows) => failing(rows, sql`${column(args)} IN (${values(args)})${extra(args)}`),
  accepted_range: (args, rows) => failing(rows, sql`(${rangeFails(args)})${extra(args)}`),
  number_of_rows: (args, rows) =>
    sql`SELECT 1 FROM ${rows} WHERE true${extra(args)} HAVING count(*) <= ${authored(args.threshold ?? '0')}`,
  forall: (args, rows) =>
    failing(
      rows,
      sql`NOT (${join(
        listValue(args.criteria ?? '()').map((one) => sql`(${authored(one)})`),
        ' AND ',
      )})${extra(args)}`,
    ),
  not_empty_string: (args, rows) => failing(rows, sql`${column(args)} = ''${extra(args)}`),
  not_constant: (args, rows) =>
    sql`SELECT 1 FROM ${rows} WHERE true${extra(args)} HAVING count(DISTINCT ${column(args)}) <= 1`,
  not_null_proportion: (args, rows) =>
    sql`SELECT 1 FROM ${rows} HAVING count(${column(args)}) < count(*) * ${authored(args.threshold ?? '1')}`,
  string_length_equal: (args, rows) =>
    failing(rows, sql`length(${column(args)}) <> ${authored(args.v ?? '0')}${extra(args)}`),
};

/** The query that gives the failing rows of a built-in audit over `rows`. */
export function builtInAudit(name: string, args: Arguments, rows: Sql): Sql {
  const make = BUILT_IN[plainName(name)];
  if (!make)
    throw fault('audit.invalid', `There is no audit ${name}.`, {
      remedy: `Write it in audits/, or use one of ${Object.keys(BUILT_IN).join(', ')}.`,
    });
  return make(args, rows);
}

function plainName(name: string): string {
  return name.replace(/_non_blocking$/, '');
}

function rangeFails(args: Arguments): Sql {
  const inclusive = plainValue(args.inclusive ?? 'true').toLowerCase() !== 'false';
  const below =
    args.min_v === undefined
      ? []
      : [sql`${column(args)} ${authored(inclusive ? '<' : '<=')} ${authored(args.min_v)}`];
  const above =
    args.max_v === undefined
      ? []
      : [sql`${column(args)} ${authored(inclusive ? '>' : '>=')} ${authored(args.max_v)}`];
  const both = [...below, ...above];
  return both.length > 0 ? anyOf(both) : id('false');
}
