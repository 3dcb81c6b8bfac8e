import { fault } from '../base/errors';
import { textOf } from '../base/rows';
import type { Statement } from '../base/statement';
import type { Interval } from '../base/time';
import type { Session } from '../engine/contract';
import type { PlannedModel } from '../plan/types';
import type { RuntimeStage } from '../project/macros';
import type { Rendered } from '../project/render';
import { versionViewName } from '../release/views';
import { refuseStatement } from '../sql/allowed-statement';
import { codeTokens, type Token } from '../sql/lexer';
import { findReferences, tableName } from '../sql/references';
import { authored, id, join, type Sql, sql } from '../sql/sql';
import { applyEdits } from '../sql/text';
import { namesThisModel, writesItself } from '../sql/this-model';
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

const SCRATCH = new Set(['table', 'view', 'macro', 'function']);

/** Whether a model's rows must be bound under its own name for its texts to run. */
export function namesItself(planned: Pick<PlannedModel, 'model' | 'definition'>): boolean {
  const { before, after } = planned.definition;
  return readsItself(planned) || [...before, ...after].some(({ text }) => namesThisModel(text));
}

/** Whether a model's rows are computed from its own earlier rows. */
export function readsItself({ model, definition }: Pick<PlannedModel, 'model' | 'definition'>): boolean {
  if (definition.parents.includes(model) || namesThisModel(definition.query)) return true;
  const { tables } = findReferences(definition.query);
  return tables.some((table) => tableName(table.parts) === model);
}

/**
 * What a model's texts are rendered with while its rows are written. As in SQLMesh, the stage is `creating` while this logic has no
 * table yet; for the query it is `evaluating` as soon as a table can be made without its rows. `creation` is the scope of statements
 * that run on the empty table before all batches, where SQLMesh makes it apart.
 */
export function scopesOf(
  model: PreparedModel,
  index: number,
): { statements: Scope; query: Scope; creation: Scope | null } {
  const { planned } = model;
  const stage = stageOf(planned, index);
  const scope = { columnsOf: model.columnsOf, thisModel: thisModel(model).text };
  const known =
    planned.declaredColumns.length > 0 || readsItself(planned) || planned.kind.name.startsWith('SCD_');
  const apart = index === 0 && isMadeApart(planned) && isNew(planned);
  return {
    statements: { ...scope, stage },
    query: { ...scope, stage: known ? 'evaluating' : stage },
    creation: apart ? { ...scope, stage: 'creating' } : null,
  };
}

/** What a model's texts are rendered with before its columns are known. */
export function draftScope(planned: PlannedModel, columnsOf: ColumnsOf): Scope {
  const thisModel = id(...planned.model.split('.')).text;
  return { stage: stageOf(planned, 0), columnsOf, thisModel };
}

/** The stage of a model's texts in one of its batches. */
export function stageOf(planned: PlannedModel, index: number): RuntimeStage {
  return index > 0 || isMadeApart(planned) || !isNew(planned) ? 'evaluating' : 'creating';
}

function isNew(planned: PlannedModel): boolean {
  return !planned.exists;
}

// SQLMesh makes a table in a step of its own where several batches may be written at once.
function isMadeApart({ kind }: PlannedModel): boolean {
  if (kind.name === 'INCREMENTAL_BY_PARTITION') return kind.batchSize !== null && kind.batchConcurrency !== 1;
  return kind.name === 'INCREMENTAL_BY_TIME_RANGE';
}

/**
 * A tail holds rows of older versions too, so a text reads those of its own through the name of the model; statements that change
 * rows get the table itself, which must be the version's own.
 */
function thisModel({ planned, version }: PreparedModel): Sql {
  const { target, definition } = planned;
  if (!target) return id(...versionViewName(planned.model, version.number));
  const isOwn = target.number === null || (target.mode !== 'tail' && writesItself(definition));
  return isOwn ? id('teal_data', target.table) : id(...planned.model.split('.'));
}

/** Runs a model's statements around some work on its rows; what they make beside those goes with them. */
export async function withStatements<T>(work: StatementWork, write: () => Promise<T>): Promise<T> {
  const { before, after } = work.planned.definition;
  if (!hasStatements(work.planned)) return write();
  const scratch = await scratchOf(work.session);
  for (const statement of before) await runStatement(work, statement);
  const written = await write();
  for (const statement of after) await runStatement(work, statement);
  await dropScratch(work.session, scratch);
  return written;
}

/** Makes a VIEW with its statements around it, inside the caller's transaction. */
export async function aroundView<T>(
  context: RunContext,
  session: Session,
  model: PreparedModel,
  make: () => Promise<T>,
): Promise<T> {
  const { planned } = model;
  const batch = { from: context.plan.executionTime, to: context.plan.executionTime };
  const scope = scopesOf(model, 0).statements;
  return withStatements({ context, session, planned, batch, scope }, make);
}

/** Runs the statements before a model's query that leave its rows alone, for a look at what the query would give. */
export async function behindStatements<T>(work: StatementWork, look: () => Promise<T>): Promise<T> {
  const scratch = await scratchOf(work.session);
  return work.session.transaction(async () => {
    for (const statement of work.planned.definition.before)
      if (!writesItself({ before: [statement], after: [] })) await runStatement(work, statement);
    const seen = await look();
    await dropScratch(work.session, scratch);
    return seen;
  });
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

/** Refuses what macros made of a statement where it reaches beyond the model and what the batch made itself. */
function refuseForeign(text: string, thisModel: string | undefined): void {
  const own = (name: readonly Token[]) =>
    name.length === 1 || text.slice(name[0]?.start, name.at(-1)?.end) === thisModel;
  const refusal = refuseStatement(codeTokens(text), { own, temporary: new Set() });
  if (refusal)
    throw fault('model.unsupported', refusal.message, {
      remedy: 'Take the statement out of the model; do it before or after the run.',
    });
}

async function runStatement(work: StatementWork, statement: Statement): Promise<void> {
  const rendered = renderOne(work, statement);
  if (!hasCode(rendered.text)) return;
  const made = temporary(rendered);
  try {
    refuseForeign(made.text, work.scope.thisModel);
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
async function scratchOf(session: Session): Promise<ReadonlySet<string>> {
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

async function dropScratch(session: Session, before: ReadonlySet<string>): Promise<void> {
  const made = [...(await scratchOf(session))].filter((statement) => !before.has(statement));
  if (made.length > 0) await session.run(join(made.map(authored), ';\n'));
}

/** Whether anything runs around a model's query. */
export function hasStatements({ definition }: Pick<PlannedModel, 'definition'>): boolean {
  return definition.before.length > 0 || definition.after.length > 0;
}
