import { fault } from '../base/errors';
import { PROD } from '../base/names';
import type { Session } from '../engine/contract';
import type { Page } from '../protocol/views/common';
import { authored, type Sql, sql } from '../sql/sql';
import { splitStatements } from '../sql/text';
import { readingAs } from './reading';
import type { Workspace } from './workspace';

const READS = new Set([
  'select',
  'with',
  'from',
  'values',
  'pivot',
  'unpivot',
  'describe',
  'desc',
  'summarize',
  'show',
  'explain',
  '(',
]);
const PAGED = new Set(['select', 'with', 'from', 'values', 'pivot', 'unpivot', '(']);

/** Runs a person's query over an environment and gives one page of its rows. Only statements that read are taken. */
export async function runQuery(
  workspace: Workspace,
  request: { sql: string; environment?: string | undefined; offset: number; limit: number },
  signal: AbortSignal,
): Promise<Page> {
  const statements = splitStatements(request.sql);
  const [statement] = statements;
  const first = statement?.tokens[0]?.text.toLowerCase() ?? '';
  if (!statement || statements.length > 1)
    throw fault('usage.invalid', statement ? 'Give one query at a time.' : 'The query is empty.');
  if (!READS.has(first))
    throw fault('engine.denied', `${first.toUpperCase()} is not run here: queries only read.`, {
      kept: 'Nothing was changed.',
      remedy: 'Change data with a model and a backfill.',
    });
  const text = authored(request.sql.slice(statement.start, statement.end));
  const environment = request.environment ?? PROD;
  const state = await workspace.state();
  if (environment !== PROD && !state.environments.has(environment))
    throw fault('environment.not_found', `There is no environment ${environment}.`);
  return readingAs(workspace, environment, (session) =>
    PAGED.has(first) ? pageOf(session, text, { ...request, signal }) : wholeOf(session, text, signal),
  );
}

/** One page of a query's rows; the query is read only as far as the page needs. */
export async function pageOf(
  session: Session,
  query: Sql,
  request: { offset: number; limit: number; signal?: AbortSignal },
): Promise<Page> {
  const limited = sql`SELECT * FROM (${query}) AS query_rows LIMIT ${request.limit} OFFSET ${request.offset}`;
  return collect(session, limited, request);
}

async function wholeOf(session: Session, query: Sql, signal: AbortSignal): Promise<Page> {
  return collect(session, query, { offset: 0, signal });
}

async function collect(
  session: Session,
  query: Sql,
  request: { offset: number; signal?: AbortSignal },
): Promise<Page> {
  const rows: (readonly unknown[])[] = [];
  let columns: Page['columns'] = [];
  for await (const page of session.pages(query, request.signal ? { signal: request.signal } : {})) {
    columns = page.columns.map((column) => ({ name: column.name, type: column.type }));
    rows.push(...page.rows);
  }
  return { columns, rows: rows.map((row) => [...row]), offset: request.offset, total: null };
}
