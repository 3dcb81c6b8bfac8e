// How many rows an audit finds in rows that SQLMesh never had: the audits that projects use most, and those they write themselves.
import type { AuditFacts, Span } from '../runner/format';
import { type Evaluator, NotComputable, type Source, within, withTimes } from './evaluator';
import { listOf, type OwnAudit, type ProjectModel } from './project-models';

const each = (list: string | undefined, write: (item: string) => string): string =>
  listOf(list).map(write).join(' OR ');

const BUILT_IN: Readonly<Record<string, (args: Readonly<Record<string, string>>) => string>> = {
  not_null: ({ columns }) =>
    `SELECT * FROM @this_model WHERE ${each(columns, (column) => `${column} IS NULL`)}`,
  unique_values: ({ columns }) =>
    `SELECT * FROM @this_model QUALIFY ${each(columns, (column) => `ROW_NUMBER() OVER (PARTITION BY ${column}) > 1`)}`,
  unique_combination_of_columns: ({ columns }) => {
    const list = listOf(columns).join(', ');
    return `SELECT ${list} FROM @this_model GROUP BY ${list} HAVING COUNT(*) > 1`;
  },
  accepted_values: ({ column, is_in }) => `SELECT * FROM @this_model WHERE ${column} NOT IN ${is_in}`,
  not_accepted_values: ({ column, is_in }) => `SELECT * FROM @this_model WHERE ${column} IN ${is_in}`,
  forall: ({ criteria }) => `SELECT * FROM @this_model WHERE ${each(criteria, (one) => `NOT (${one})`)}`,
  number_of_rows: ({ threshold }) => `SELECT COUNT(*) FROM @this_model HAVING COUNT(*) <= ${threshold}`,
};

interface Look {
  readonly row: AuditFacts;
  readonly model: ProjectModel;
  readonly rows: Source;
  /** the time that the audit is asked for; what a model kept by time holds outside is not looked at */
  readonly span: Span;
  readonly own: ReadonlyMap<string, OwnAudit>;
}

/** The number of rows that an audit finds in these rows. */
export async function auditCount(
  { row, model, rows, span, own }: Look,
  evaluator: Evaluator,
): Promise<number> {
  const args = row.args ?? {};
  const written = own.get(row.audit.toLowerCase());
  const text = written ? withArguments(written, args) : BUILT_IN[row.audit]?.(args);
  if (text === undefined || 'condition' in args)
    throw new NotComputable(`what ${row.audit} finds is not worked out here`);
  const cut = model.kind === 'incremental_by_time_range' ? ` WHERE ${within(model, span)}` : '';
  const query = withTimes(text, span).replace(/@this_model\b/gi, `(SELECT * FROM (${rows})${cut})`);
  if (query.replace(/'(?:[^']|'')*'/g, '').includes('@')) throw new NotComputable(`${row.audit} has a macro`);
  return (await evaluator.rows(await evaluator.keep(query))).rows.length;
}

function withArguments({ query, defaults }: OwnAudit, args: Readonly<Record<string, string>>): string {
  return Object.entries({ ...defaults, ...args }).reduce(
    (text, [name, value]) => text.replace(new RegExp(`@${name}\\b`, 'gi'), value),
    query,
  );
}
