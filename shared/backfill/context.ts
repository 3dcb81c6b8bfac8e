import { Fault, fault, type Place } from '../base/errors';
import type { Statement } from '../base/statement';
import type { Interval } from '../base/time';
import { DAY, toDay, toTimestamp } from '../base/time';
import { type Engine, EngineFault, type Session } from '../engine/contract';
import type { Plan, PlannedModel } from '../plan/types';
import type { RuntimeStage } from '../project/macros';
import { type Rendered, renderText } from '../project/render';
import type { ModelText } from '../release/definition';
import type { ColumnType, Segment, Snapshot, Version, WarehouseState } from '../release/types';
import { authored, type Sql } from '../sql/sql';
import { positionOf } from '../sql/text';

/** What the runner is handed: the engine, the pinned plan, what is known of the warehouse, and the platform. */
export interface RunContext {
  readonly engine: Engine;
  readonly run: string;
  readonly plan: Plan;
  readonly state: WarehouseState;
  readonly snapshots: ReadonlyMap<string, Snapshot>;
  readonly now: () => number;
  readonly sha256: (text: string) => string;
  /** the absolute path of a file that a model names relative to the project */
  readonly resolvePath: (path: string) => string;
  /** source text and position of a model's query in its file, for errors */
  readonly queryStart: (model: string) => { readonly text: string; readonly start: number } | undefined;
  /** where a statement around the plan stands */
  readonly aroundPlace: AroundPlace;
}

/** The place of a statement of config.yaml; `inside` is a place in the statement itself. */
type AroundPlace = (statement: string, when: 'before' | 'after', inside: Place | undefined) => Place;

/** The columns of a table that a model's text names, where they are known. */
export type ColumnsOf = (table: string) => readonly ColumnType[] | undefined;

/** What becomes known of a planned model while it is prepared. */
export interface PreparedModel {
  readonly planned: PlannedModel;
  readonly version: Version;
  readonly segment: Segment | null;
  /** names, in lower case, of the columns that the query gives; the others of the version are NULL in new rows */
  readonly given: readonly string[];
  readonly columnsOf: ColumnsOf;
}

const NOTHING_WRITTEN = 'Nothing was written for this batch; finished batches stay; live is untouched.';

/** The segments that a prepared model's version may use: all that were there, and the one that this run fills. */
export function segmentsFor(context: RunContext, model: PreparedModel): ReadonlyMap<string, Segment> {
  const own = model.segment ? [[model.segment.table, model.segment] as const] : [];
  return new Map([...context.state.segments, ...own]);
}

/** How one text of a model is rendered, beside its batch. */
export interface Scope {
  readonly stage: RuntimeStage;
  readonly columnsOf?: ColumnsOf;
  /** SQL that `@this_model` stands for */
  readonly thisModel?: string;
}

/** A text with where it stands: offset in its model's file, where that is known. */
export interface Part {
  readonly model: string;
  readonly file: string;
  readonly text: ModelText;
  readonly statement?: Statement;
}

/** The author's query for one batch: macros, file paths and what the engine lacks substituted by text spans. */
export function renderQuery(
  context: RunContext,
  planned: PlannedModel,
  batch: Interval,
  scope: Scope,
): Rendered {
  const { file } = planned.definition;
  return renderPart(
    context,
    { model: planned.model, file, text: planned.definition },
    { planned, batch, scope },
  );
}

/** A model's query or one of its statements for one batch. */
export function renderPart(
  context: RunContext,
  part: Part,
  { planned, batch, scope }: { planned: PlannedModel; batch: Interval; scope: Scope },
): Rendered {
  const rendered = renderText(part.statement?.text ?? part.text.query, {
    macros: {
      start: batch.from,
      end: batch.to,
      executionTime: context.plan.executionTime,
      variables: part.text.variables,
      values: scope.thisModel === undefined ? {} : { this_model: scope.thisModel },
      stage: scope.stage,
      definitions: part.text.definitions.map((definition) => definition.text),
      blueprint: part.text.blueprint,
      ...(scope.columnsOf ? { columnsOf: scope.columnsOf } : {}),
    },
    resolvePath: (path) => placed(context, part, path),
    knowsDay: context.engine.info.capabilities.timeZones,
  });
  if (rendered.ok) return rendered.value;
  const { line = 1, column = 1 } = rendered.problem.place ?? {};
  const at = placeInFile(context, part, 0);
  throw new Fault({
    ...rendered.problem,
    place: {
      ...at,
      line: (at.line ?? 1) + line - 1,
      column: line === 1 ? (at.column ?? 1) + column - 1 : column,
      model: planned.model,
      partition: batchLabel(planned, batch),
    },
    kept: NOTHING_WRITTEN,
  });
}

function placed(context: RunContext, part: Part, path: string): string {
  try {
    return context.resolvePath(path);
  } catch (error) {
    if (!(error instanceof Fault)) throw error;
    const place = { ...placeInFile(context, part, undefined), model: part.model };
    throw new Fault({ ...error.problem, place });
  }
}

export function queryOf(rendered: Rendered): Sql {
  return authored(rendered.text);
}

/** `2025-02-01` for a day, `2025-02-01 to 2025-02-07` for several (both inclusive), hours with their times. */
export function batchLabel(planned: Pick<PlannedModel, 'whole'>, batch: Interval): string {
  if (planned.whole) return 'whole table';
  if (batch.from % DAY === 0 && batch.to % DAY === 0) {
    const last = toDay(batch.to - DAY);
    return toDay(batch.from) === last ? last : `${toDay(batch.from)} to ${last}`;
  }
  return `${toTimestamp(batch.from)} to ${toTimestamp(batch.to)}`;
}

interface Where {
  readonly planned: PlannedModel;
  readonly batch: Interval;
  readonly query: Rendered;
  /** the statement that stumbled; else the query */
  readonly statement?: Statement;
}

/**
 * Says where in the author's file the engine stumbled: the query alone is bound again to learn the offset in it, which is then led
 * back through the macros. A statement ran alone, so its offset is known.
 */
export async function locateFault(
  context: RunContext,
  session: Session,
  where: Where,
  error: unknown,
): Promise<unknown> {
  if (!(error instanceof Fault)) return error;
  const { planned, batch, query, statement } = where;
  const partition = batchLabel(planned, batch);
  const at = error instanceof EngineFault ? error.detail.position : undefined;
  const offset =
    at === undefined || statement ? at : await boundOffset(session, query, error.problem.message);
  const { model, definition } = planned;
  const part: Part = { model, file: definition.file, text: definition, ...(statement ? { statement } : {}) };
  const place: Place = {
    ...placeInFile(context, part, offset === undefined ? (statement ? 0 : undefined) : query.source(offset)),
    model,
    partition,
  };
  return fault(error.problem.code, error.problem.message, {
    ...error.problem,
    place: { ...place, ...(error.problem.place?.file ? error.problem.place : {}) },
    kept: error.problem.kept ?? NOTHING_WRITTEN,
    remedy:
      error.problem.remedy ??
      'Mend the model and start the backfill again, or resume it once the cause is gone.',
  });
}

async function boundOffset(session: Session, query: Rendered, message: string): Promise<number | undefined> {
  try {
    await session.describe(queryOf(query));
    return undefined;
  } catch (error) {
    if (!(error instanceof EngineFault)) return undefined;
    return sameStart(error.problem.message, message) ? error.detail.position : undefined;
  }
}

// A query whose statements ran before it may stumble elsewhere without them; messages differ in what follows their first line.
function sameStart(a: string, b: string): boolean {
  return a.split('\n')[0] === b.split('\n')[0];
}

function placeInFile(context: RunContext, part: Part, offset: number | undefined): Place {
  const source = context.queryStart(part.model);
  if (offset === undefined || !source) return { file: part.file };
  return { file: part.file, ...positionOf(source.text, (part.statement?.start ?? source.start) + offset) };
}
