import { Fault, fault, type Place } from '../base/errors';
import type { Interval } from '../base/time';
import { DAY, toDay, toTimestamp } from '../base/time';
import { type Engine, EngineFault, type Session } from '../engine/contract';
import type { Plan, PlannedModel } from '../plan/types';
import { type Rendered, renderText } from '../project/render';
import type { Segment, Snapshot, Version, WarehouseState } from '../release/types';
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
}

/** What becomes known of a planned model while it is prepared. */
export interface PreparedModel {
  readonly planned: PlannedModel;
  readonly version: Version;
  readonly segment: Segment | null;
}

/** The segments that a prepared model's version may use: all that were there, and the one that this run fills. */
export function segmentsFor(context: RunContext, model: PreparedModel): ReadonlyMap<string, Segment> {
  const own = model.segment ? [[model.segment.table, model.segment] as const] : [];
  return new Map([...context.state.segments, ...own]);
}

/** The author's query for one batch: macros, file paths and what the engine lacks substituted by text spans. */
export function renderQuery(context: RunContext, planned: PlannedModel, batch: Interval): Rendered {
  const rendered = renderText(planned.definition.query, {
    macros: {
      start: batch.from,
      end: batch.to,
      executionTime: context.plan.executionTime,
      variables: planned.definition.variables,
      values: {},
    },
    resolvePath: (path) => placed(context, planned, path),
    knowsDay: context.engine.info.capabilities.timeZones,
  });
  if (rendered.ok) return rendered.value;
  const { line = 1, column = 1 } = rendered.problem.place ?? {};
  const at = placeInFile(context, planned, 0);
  throw new Fault({
    ...rendered.problem,
    place: {
      ...at,
      line: (at.line ?? 1) + line - 1,
      column: line === 1 ? (at.column ?? 1) + column - 1 : column,
      model: planned.model,
      partition: batchLabel(planned, batch),
    },
    kept: 'Nothing was written for this batch; finished batches stay; live is untouched.',
  });
}

function placed(context: RunContext, planned: PlannedModel, path: string): string {
  try {
    return context.resolvePath(path);
  } catch (error) {
    if (!(error instanceof Fault)) throw error;
    const place = { ...placeInFile(context, planned, undefined), model: planned.model };
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

/**
 * Says where in the author's file the engine stumbled: the query alone is bound again to learn the offset in it, which is then led
 * back through the macros.
 */
export async function locateFault(
  context: RunContext,
  session: Session,
  where: { planned: PlannedModel; batch: Interval; query: Rendered },
  error: unknown,
): Promise<unknown> {
  if (!(error instanceof Fault)) return error;
  const { planned, batch, query } = where;
  const partition = batchLabel(planned, batch);
  const offset =
    error instanceof EngineFault && error.detail.position !== undefined
      ? await boundOffset(session, query)
      : undefined;
  const place: Place = {
    ...placeInFile(context, planned, offset === undefined ? undefined : query.source(offset)),
    model: planned.model,
    partition,
  };
  return fault(error.problem.code, error.problem.message, {
    ...error.problem,
    place: { ...place, ...(error.problem.place?.file ? error.problem.place : {}) },
    kept:
      error.problem.kept ?? 'Nothing was written for this batch; finished batches stay; live is untouched.',
    remedy:
      error.problem.remedy ??
      'Mend the model and start the backfill again, or resume it once the cause is gone.',
  });
}

async function boundOffset(session: Session, query: Rendered): Promise<number | undefined> {
  try {
    await session.describe(queryOf(query));
    return undefined;
  } catch (error) {
    return error instanceof EngineFault ? error.detail.position : undefined;
  }
}

function placeInFile(context: RunContext, planned: PlannedModel, offset: number | undefined): Place {
  const source = context.queryStart(planned.model);
  if (offset === undefined || !source) return { file: planned.definition.file };
  return { file: planned.definition.file, ...positionOf(source.text, source.start + offset) };
}
