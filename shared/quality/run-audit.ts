import { Fault, fault, type Place, type Problem } from '../base/errors';
import { numberOf } from '../base/rows';
import { EngineFault, type ResultColumn, type Session } from '../engine/contract';
import { expandMacros, type MacroContext } from '../project/macros';
import type { PinnedAudit } from '../project/pin-audit';
import { catalogEdits, findReferences, tableName } from '../sql/references';
import { authored, id, type Sql, sql } from '../sql/sql';
import { applyEdits, type Edit, positionOf, sourceOffset } from '../sql/text';
import type { Arguments } from './audit-parts';
import { builtInAudit } from './audits';
import { shownArgument } from './shown-argument';

/** How many failing rows of one audit are kept in one run; the count is of all. */
export const KEPT_ROWS = 1000;

/** What an audit is run over. */
export interface AuditScope {
  readonly session: Session;
  readonly model: string;
  /** the audited rows, fit to stand behind FROM */
  readonly rows: Sql;
  /** the batch and the variables; arguments and `@this_model` are added */
  readonly macros: Omit<MacroContext, 'values' | 'stage'>;
  /** where the rows of other models stand whose names do not mean them here */
  readonly tableOf?: (name: string) => Sql | undefined;
}

/** Failing rows as they were when the audit ran, the first of them; cells as the engine's JSON converters give them. */
interface FailingRows {
  readonly columns: readonly ResultColumn[];
  readonly rows: readonly (readonly unknown[])[];
}

/** What stands for the audited rows of an audit that stands alone; a text that asks for them is refused while it is read. */
export const NO_ROWS = sql`(SELECT NULL AS none WHERE false)`;

/** What came of one audit; `failedRows` is null where it was skipped. */
export interface AuditOutcome {
  readonly audit: string;
  readonly arguments: Arguments;
  readonly failedRows: number | null;
  readonly blocking: boolean;
  readonly skipped: boolean;
  readonly failing: FailingRows | null;
}

/** Runs one audit; one that cannot be run is an `audit.invalid` fault with its place in the audit's own text. */
export async function runAudit(audit: PinnedAudit, scope: AuditScope): Promise<AuditOutcome> {
  const outcome = {
    audit: audit.name,
    arguments: Object.fromEntries(
      Object.entries(audit.arguments).map(([name, value]) => [name, shownArgument(value)]),
    ),
    blocking: audit.stops,
    skipped: false,
    failing: null,
  };
  if (audit.skip) return { ...outcome, blocking: true, skipped: true, failedRows: null };
  const query = auditQuery(audit, scope);
  const { session } = scope;
  try {
    const [row] = await session.rows(sql`SELECT count(*) AS n FROM (${authored(query.text)}) AS failing`);
    const failedRows = row ? numberOf(row, 'n') : 0;
    if (failedRows === 0) return { ...outcome, failedRows };
    return { ...outcome, failedRows, failing: await firstRows(session, authored(query.text)) };
  } catch (error) {
    if (!(error instanceof Fault)) throw error;
    const offset = error instanceof EngineFault ? await boundOffset(session, query.text) : undefined;
    throw invalid(audit, scope, error.problem, offset === undefined ? undefined : query.source(offset));
  }
}

/** Whether a model's rows may stand: no audit that stops found any. */
export function stops(outcome: AuditOutcome): boolean {
  return outcome.blocking && (outcome.failedRows ?? 0) > 0;
}

interface AuditText {
  readonly text: string;
  /** the offset in the author's query of an offset in this one; undefined for a built-in audit */
  readonly source: (offset: number) => number | undefined;
}

function auditQuery(audit: PinnedAudit, scope: AuditScope): AuditText {
  const macros = {
    ...scope.macros,
    variables: { ...scope.macros.variables, ...audit.variables },
    stage: 'auditing' as const,
    definitions: audit.definitions,
  };
  const args = Object.fromEntries(
    Object.entries({ ...audit.defaults, ...audit.arguments }).map(([name, value]) => [
      name,
      value.includes('@')
        ? expanded(audit, scope, { text: value, macros: { ...macros, values: {} } }).text
        : value,
    ]),
  );
  if (audit.query === null) {
    const { text } = builtIn(audit, scope, args);
    return { text, source: () => undefined };
  }
  const values = { ...args, this_model: scope.rows.text };
  const { text, edits } = expanded(audit, scope, { text: audit.query, macros: { ...macros, values } });
  const own = tableEdits(text, scope);
  return {
    text: applyEdits(text, own),
    source: (offset) => sourceOffset(edits, sourceOffset(own, offset)),
  };
}

function builtIn(audit: PinnedAudit, scope: AuditScope, args: Arguments): Sql {
  try {
    return builtInAudit(audit.name, args, scope.rows);
  } catch (error) {
    throw error instanceof Fault ? invalid(audit, scope, error.problem, undefined) : error;
  }
}

function expanded(
  audit: PinnedAudit,
  scope: AuditScope,
  what: { readonly text: string; readonly macros: MacroContext },
): { text: string; edits: readonly Edit[] } {
  const result = expandMacros(what.text, what.macros);
  if (result.ok) return result.value;
  const { line = 1, column = 1 } = result.problem.place ?? {};
  throw new Fault({
    ...result.problem,
    code: 'audit.invalid',
    message: `${titleOf(audit, scope)}: ${result.problem.message}`,
    place: placeIn(audit, scope, what.text === audit.query ? { line, column } : undefined),
  });
}

/** The model's own name means the audited rows too, and so do the names that the scope knows. */
function tableEdits(text: string, scope: AuditScope): readonly Edit[] {
  return findReferences(text).tables.flatMap((table) => {
    const name = tableName(table.parts);
    const rows = name === scope.model ? scope.rows : scope.tableOf?.(name);
    if (!rows) return catalogEdits(text).filter((edit) => edit.start === table.start);
    const named = table.aliased ? rows : sql`${rows} AS ${id(table.parts.at(-1) ?? '')}`;
    return [{ start: table.start, end: table.end, text: named.text }];
  });
}

async function firstRows(session: Session, query: Sql): Promise<FailingRows> {
  const rows: (readonly unknown[])[] = [];
  let columns: readonly ResultColumn[] = [];
  const limited = sql`SELECT * FROM (${query}) AS failing LIMIT ${KEPT_ROWS}`;
  for await (const page of session.pages(limited, { size: KEPT_ROWS })) {
    columns = page.columns;
    rows.push(...page.rows);
  }
  return { columns, rows };
}

async function boundOffset(session: Session, text: string): Promise<number | undefined> {
  try {
    await session.describe(authored(text));
    return undefined;
  } catch (error) {
    return error instanceof EngineFault ? error.detail.position : undefined;
  }
}

function invalid(audit: PinnedAudit, scope: AuditScope, problem: Problem, offset: number | undefined): Fault {
  const position = offset === undefined ? undefined : positionOf(audit.query ?? '', offset);
  return fault('audit.invalid', `${titleOf(audit, scope)} cannot run: ${problem.message}`, {
    place: placeIn(audit, scope, position),
    kept: 'Nothing was written for this batch.',
    ...(problem.remedy ? { remedy: problem.remedy } : {}),
  });
}

/** One that stands alone goes by its own name. */
function titleOf({ name }: PinnedAudit, { model }: AuditScope): string {
  return name === model ? `The audit ${name}` : `The audit ${name} of ${model}`;
}

function placeIn(
  audit: PinnedAudit,
  scope: AuditScope,
  position: { line: number; column: number } | undefined,
): Place {
  const at = audit.at;
  const file = audit.file === null ? {} : { file: audit.file };
  if (!position || !at) return { ...file, ...(at ?? {}), model: scope.model };
  const column = position.line === 1 ? at.column + position.column - 1 : position.column;
  return { ...file, line: at.line + position.line - 1, column, model: scope.model };
}
