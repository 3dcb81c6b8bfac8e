import { Fault } from '../base/errors';
import type { Interval } from '../base/time';
import type { Session } from '../engine/contract';
import type { PlannedModel } from '../plan/types';
import { keepOutcomes } from '../quality/audit-store';
import { type AuditOutcome, type AuditScope, NO_ROWS, runAudit, stops } from '../quality/run-audit';
import type { Version } from '../release/types';
import { versionQuery, versionViewName, withinSpan } from '../release/views';
import { id, type Sql, sql } from '../sql/sql';
import { batchLabel, type PreparedModel, type RunContext, segmentsFor } from './context';

interface AuditWork {
  readonly context: RunContext;
  readonly session: Session;
  readonly model: Pick<PreparedModel, 'planned'>;
  readonly index?: number;
  readonly batch: Interval;
}

/** Audits that stop found rows: what all audits of the batch gave is kept once its rows are taken back. */
class AuditFault extends Fault {
  constructor(
    readonly work: Pick<AuditWork, 'model' | 'batch'>,
    readonly outcomes: readonly AuditOutcome[],
  ) {
    const { planned } = work.model;
    const failed = outcomes.filter(stops);
    const found = failed.map(
      ({ audit, failedRows }) => `${audit} found ${failedRows} ${failedRows === 1 ? 'row' : 'rows'}`,
    );
    super({
      code: 'audit.failed',
      message: `${failed.length === 1 ? 'An audit' : `${failed.length} audits`} of ${planned.model} failed: ${found.join(', ')}.`,
      place: {
        file: planned.definition.file,
        model: planned.model,
        partition: batchLabel(planned, work.batch),
      },
      kept: 'The rows of this batch were taken back; finished batches stay; live is untouched. The failing rows are kept.',
      remedy: 'Look at the failing rows, mend the model or the audit, then start the backfill again.',
    });
    this.name = 'AuditFault';
  }
}

/**
 * Runs all of a model's audits over what a batch wrote, inside its transaction: models by time over the batch's span, others over the
 * whole table, each after every batch, as SQLMesh does. Where one that stops finds rows, all have run when this throws.
 */
export async function auditBatch(
  work: AuditWork & { readonly model: PreparedModel },
): Promise<{ passed: number; failed: number }> {
  return audit(work, { rows: auditedRows(work) });
}

/** Runs a model's audits over some of its rows, such as those that a view will show, or what is there already. */
export async function auditRows(
  work: Omit<AuditWork, 'batch'> & { readonly rows: Sql; readonly span?: Interval },
): Promise<{ passed: number; failed: number }> {
  const { context, model, rows, span } = work;
  const { batches } = model.planned;
  const last = batches.at(-1) ?? { from: context.plan.executionTime, to: context.plan.executionTime };
  const batch = span ?? { from: batches[0]?.from ?? last.from, to: last.to };
  try {
    return await audit({ ...work, batch }, { rows: sql`(${rows})` });
  } catch (error) {
    await keepStopped(context, work.session, error);
    throw error;
  }
}

/** Runs an audit that stands alone over what its query reads; rows that it finds stop nothing. */
export async function auditAlone(
  work: Omit<AuditWork, 'model'> & { readonly planned: PlannedModel },
): Promise<{ passed: number; failed: number }> {
  return audit({ ...work, model: work }, { rows: NO_ROWS });
}

/** Writes down what stopped a batch after its transaction went back; whatever else failed is none of its business. */
export async function keepStopped(context: RunContext, session: Session, error: unknown): Promise<void> {
  if (!(error instanceof AuditFault)) return;
  await session.transaction(() => keep({ context, session, ...error.work }, error.outcomes));
}

async function audit(
  work: AuditWork,
  what: Pick<AuditScope, 'rows' | 'tableOf'>,
): Promise<{ passed: number; failed: number }> {
  const { context, session, model, batch } = work;
  const { planned } = model;
  const scope: AuditScope = {
    session,
    model: planned.model,
    ...what,
    macros: {
      start: batch.from,
      end: batch.to,
      executionTime: context.plan.executionTime,
      variables: planned.definition.variables,
      blueprint: planned.definition.blueprint,
    },
  };
  const outcomes: AuditOutcome[] = [];
  for (const one of planned.audits) outcomes.push(await runAudit(one, scope));
  if (outcomes.some(stops)) throw new AuditFault({ model, batch }, outcomes);
  await keep(work, outcomes);
  const failed = outcomes.filter((outcome) => (outcome.failedRows ?? 0) > 0).length;
  const skipped = outcomes.filter((outcome) => outcome.skipped).length;
  return { passed: outcomes.length - failed - skipped, failed };
}

function keep(work: AuditWork, outcomes: readonly AuditOutcome[]): Promise<void> {
  const { context, session, model, batch } = work;
  const { planned } = model;
  const place = {
    run: context.run,
    model: planned.model,
    batch: batchLabel(planned, batch),
    at: context.now(),
  };
  return keepOutcomes(session, place, outcomes);
}

/** What a version shows of a span; of all its rows, where it has no time. */
export function rowsWithin(context: RunContext, version: Version, span: Interval): Sql {
  const view = id(context.engine.info.catalog, ...versionViewName(version.model, version.number));
  const { time } = version;
  return time
    ? sql`SELECT * FROM ${view} WHERE ${withinSpan(time, span.from, span.to)}`
    : sql`SELECT * FROM ${view}`;
}

function auditedRows({ context, model, batch }: AuditWork & { readonly model: PreparedModel }): Sql {
  const { time } = model.version;
  if (!time) return sql`(${versionQuery(model.version, segmentsFor(context, model))})`;
  const own = {
    ...model.version,
    entries: model.version.entries.filter(
      (entry) => model.segment === null || entry.segment === model.segment.table,
    ),
  };
  const query = versionQuery(own, segmentsFor(context, model));
  return sql`(SELECT * FROM (${query}) AS written WHERE ${withinSpan(time, batch.from, batch.to)})`;
}
