import { textOf } from '../base/rows';
import type { Statement } from '../base/statement';
import type { Interval } from '../base/time';
import type { Session } from '../engine/contract';
import type { PlannedModel } from '../plan/types';
import type { RuntimeStage } from '../project/macros';
import type { Rendered } from '../project/render';
import type { Definition } from '../release/types';
import { versionViewName } from '../release/views';
import { codeTokens } from '../sql/lexer';
import { findReferences } from '../sql/references';
import { authored, id, join, type Sql, sql } from '../sql/sql';
import { applyEdits } from '../sql/text';
import {
  type ColumnsOf,
  locateFault,
  type PreparedModel,
  type RunContext,
  renderPart,
  type Scope,
} from './context';

/** One model's statements around one batch. */
export interface StatementWork {
  readonly context: RunContext;
  readonly session: Session;
  readonly planned: PlannedModel;
  readonly batch: Interval;
  readonly scope: Scope;
}

const WRITES = new Set(['insert', 'update', 'delete', 'merge', 'truncate', 'alter', 'drop', 'copy']);
const SCRATCH = new Set(['table', 'view', 'macro', 'function']);

/** Whether a model's own statements change its rows, so that these must stand in a table of their own. */
export function writesItself(definition: Pick<Definition, 'before' | 'after'>): boolean {
  return [...definition.before, ...definition.after].some(({ text }) => {
    const tokens = codeTokens(text);
    const own = tokens.some((token) => token.kind === 'macro' && /^@+\{?this_model\}?$/i.test(token.text));
    return own && tokens.some((token) => token.kind === 'word' && WRITES.has(token.text.toLowerCase()));
  });
}

/** Whether a model's rows are computed from its own earlier rows. */
export function readsItself(planned: Pick<PlannedModel, 'model' | 'definition'>): boolean {
  const { model, definition } = planned;
  if (definition.parents.includes(model)) return true;
  return (
    findReferences(definition.query).tables.some(
      (table) => table.parts.slice(-2).join('.').toLowerCase() === model,
    ) ||
    codeTokens(definition.query).some(
      (token) => token.kind === 'macro' && /^@+\{?this_model\}?$/i.test(token.text),
    )
  );
}

/**
 * What a model's texts are rendered with while its rows are written. As in SQLMesh, the stage is `creating` while this logic has no
 * table yet; for the query it is `evaluating` as soon as a table can be made without its rows.
 */
export function scopesOf(
  context: RunContext,
  model: PreparedModel,
  index: number,
): { statements: Scope; query: Scope } {
  const { planned } = model;
  const stage = stageOf(context, planned, index);
  const scope = { columnsOf: model.columnsOf, thisModel: thisModel(model).text };
  const known =
    planned.declaredColumns.length > 0 || readsItself(planned) || planned.kind.name.startsWith('SCD_');
  return { statements: { ...scope, stage }, query: { ...scope, stage: known ? 'evaluating' : stage } };
}

/** What a model's texts are rendered with before its columns are known. */
export function draftScope(context: RunContext, planned: PlannedModel, columnsOf: ColumnsOf): Scope {
  const thisModel = id(...planned.model.split('.')).text;
  return { stage: stageOf(context, planned, 0), columnsOf, thisModel };
}

function stageOf(context: RunContext, planned: PlannedModel, index: number): RuntimeStage {
  if (index > 0) return 'evaluating';
  return planned.exists ? 'evaluating' : 'creating';
}

/** Rows of several versions stand in one numbered table, so a text reads those of its own through the name of the model. */
function thisModel({ planned, version }: PreparedModel): Sql {
  const { target } = planned;
  if (!target) return id(...versionViewName(planned.model, version.number));
  return target.number === null ? id('teal_data', target.table) : id(...planned.model.split('.'));
}

/** Runs the statements that stand before a model's query, in their order. */
export async function runBefore(work: StatementWork): Promise<void> {
  for (const statement of work.planned.definition.before) await runStatement(work, statement);
}

/** Runs the statements that stand after a model's query, in their order. */
export async function runAfter(work: StatementWork): Promise<void> {
  for (const statement of work.planned.definition.after) await runStatement(work, statement);
}

/** The statements for when a view is pointed at a model's rows; those that render to nothing are left out. */
export function virtualUpdate(
  context: RunContext,
  model: PreparedModel,
  view: readonly string[],
): readonly Sql[] {
  const { planned } = model;
  const batch = { from: context.plan.executionTime, to: context.plan.executionTime };
  const scope: Scope = { stage: 'promoting', columnsOf: model.columnsOf, thisModel: id(...view).text };
  return planned.definition.onVirtualUpdate
    .map((statement) => renderOne({ context, planned, batch, scope }, statement))
    .filter((rendered) => hasCode(rendered.text))
    .map((rendered) => authored(rendered.text));
}

function renderOne(work: Omit<StatementWork, 'session'>, statement: Statement): Rendered {
  const { model, definition } = work.planned;
  return renderPart(work.context, { model, file: definition.file, text: definition, statement }, work);
}

async function runStatement(work: StatementWork, statement: Statement): Promise<void> {
  const rendered = renderOne(work, statement);
  if (!hasCode(rendered.text)) return;
  const made = temporary(rendered);
  try {
    await work.session.run(authored(made.text));
  } catch (error) {
    const { context, session, planned, batch } = work;
    throw await locateFault(context, session, { planned, batch, query: made, statement }, error);
  }
}

function hasCode(text: string): boolean {
  return codeTokens(text).some((token) => token.text !== ';');
}

/** What a statement makes under a name without a schema is the batch's own, and goes with it. */
function temporary(rendered: Rendered): Rendered {
  const tokens = codeTokens(rendered.text);
  const word = (index: number) => tokens[index]?.text.toLowerCase() ?? '';
  const kind = word(1) === 'or' ? 3 : 1;
  if (word(0) !== 'create' || !SCRATCH.has(word(kind))) return rendered;
  const name = kind + (word(kind + 1) === 'if' ? 4 : 1);
  if (word(name + 1) === '.') return rendered;
  const at = tokens[kind]?.start ?? 0;
  const text = applyEdits(rendered.text, [{ start: at, end: at, text: 'TEMP ' }]);
  return { text, source: (offset) => rendered.source(offset < at + 5 ? Math.min(offset, at) : offset - 5) };
}

/** The temporary objects and variables of a session, as the statements that remove them. */
export async function scratchOf(session: Session): Promise<ReadonlySet<string>> {
  const rows = await session.rows(sql`
    SELECT 'VIEW' AS kind, view_name AS name FROM duckdb_views() WHERE temporary AND NOT internal
    UNION ALL SELECT 'TABLE', table_name FROM duckdb_tables() WHERE temporary
    UNION ALL SELECT CASE function_type WHEN 'table_macro' THEN 'MACRO TABLE' ELSE 'MACRO' END, function_name FROM duckdb_functions() WHERE database_name = 'temp' AND NOT internal
    UNION ALL SELECT 'VARIABLE', name FROM duckdb_variables()`);
  return new Set(
    rows.map((row) =>
      textOf(row, 'kind') === 'VARIABLE'
        ? sql`RESET VARIABLE ${id(textOf(row, 'name'))}`.text
        : sql`DROP ${authored(textOf(row, 'kind'))} IF EXISTS temp.main.${id(textOf(row, 'name'))}`.text,
    ),
  );
}

/** Removes what a session holds beyond what it held before. */
export async function dropScratch(session: Session, before: ReadonlySet<string>): Promise<void> {
  const made = [...(await scratchOf(session))].filter((statement) => !before.has(statement));
  if (made.length > 0) await session.run(join(made.map(authored), ';\n'));
}

/** Whether anything runs around a model's query. */
export function hasStatements({ definition }: Pick<PlannedModel, 'definition'>): boolean {
  return definition.before.length > 0 || definition.after.length > 0;
}
