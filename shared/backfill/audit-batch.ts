import { Fault, fault } from '../base/errors';
import { numberOf } from '../base/rows';
import type { Interval } from '../base/time';
import type { Session } from '../engine/contract';
import type { PlannedAudit } from '../plan/types';
import { expandMacros } from '../project/macros';
import { builtInAudit } from '../quality/audits';
import { versionQuery, withinSpan } from '../release/views';
import { authored, type Sql, sql } from '../sql/sql';
import { batchLabel, type PreparedModel, type RunContext, segmentsFor } from './context';

interface AuditWork {
  readonly context: RunContext;
  readonly session: Session;
  readonly model: PreparedModel;
  readonly index: number;
  readonly batch: Interval;
  /** the rows of a view that is not made yet */
  readonly rows?: Sql;
}

/**
 * Runs a model's audits over what the batch wrote, inside its transaction: models by time over the batch's span, keyed ones over the
 * whole table with their last batch. A failed audit that stops throws, so that its rows never stand anywhere.
 */
export async function auditBatch(work: AuditWork): Promise<{ passed: number; failed: number }> {
  const { planned } = work.model;
  const due = planned.kind.name !== 'INCREMENTAL_BY_UNIQUE_KEY' || work.index === planned.batches.length - 1;
  const counts = { passed: 0, failed: 0 };
  if (!due) return counts;
  for (const audit of planned.audits) {
    const failedRows = await countFailing(work, audit);
    if (failedRows > 0 && audit.stops) throw auditFault(work, audit, failedRows);
    await record(work, audit, failedRows);
    if (failedRows > 0) counts.failed++;
    else counts.passed++;
  }
  return counts;
}

/** Runs the audits of a view over what it will show. */
export async function auditView(
  work: Pick<AuditWork, 'context' | 'session' | 'model'> & { readonly rows: Sql },
): Promise<void> {
  const { executionTime } = work.context.plan;
  const { batches } = work.model.planned;
  const from = batches[0]?.from ?? executionTime;
  await auditBatch({ ...work, index: 0, batch: { from, to: batches.at(-1)?.to ?? executionTime } });
}

async function countFailing(work: AuditWork, audit: PlannedAudit): Promise<number> {
  const query = auditQuery(work, audit);
  try {
    const [row] = await work.session.rows(sql`SELECT count(*) AS n FROM (${query}) AS failing`);
    return row ? numberOf(row, 'n') : 0;
  } catch (error) {
    if (!(error instanceof Fault)) throw error;
    throw fault(
      'audit.invalid',
      `The audit ${audit.name} of ${work.model.planned.model} cannot run: ${error.problem.message}`,
      { place: placeOf(work), kept: 'Nothing was written for this batch.' },
    );
  }
}

function auditQuery(work: AuditWork, audit: PlannedAudit): Sql {
  const rows = auditedRows(work);
  if (audit.query === null) return builtInAudit(audit.name, audit.arguments, rows);
  const expanded = expandMacros(audit.query, {
    start: work.batch.from,
    end: work.batch.to,
    executionTime: work.context.plan.executionTime,
    variables: work.model.planned.definition.variables,
    values: { ...audit.arguments, this_model: rows.text },
  });
  if (!expanded.ok)
    throw new Fault({
      ...expanded.problem,
      code: 'audit.invalid',
      message: `The audit ${audit.name}: ${expanded.problem.message}`,
    });
  return authored(expanded.value.text);
}

function auditedRows(work: AuditWork): Sql {
  const { context, model, batch } = work;
  if (work.rows) return sql`(${work.rows})`;
  const own = {
    ...model.version,
    entries: model.version.entries.filter((entry) => entry.segment === model.segment?.table),
  };
  const query = versionQuery(own, segmentsFor(context, model));
  return model.version.time
    ? sql`(SELECT * FROM (${query}) AS written WHERE ${withinSpan(model.version.time, batch.from, batch.to)})`
    : sql`(${query})`;
}

async function record(work: AuditWork, audit: PlannedAudit, failedRows: number): Promise<void> {
  const { context, session, model, batch } = work;
  if (failedRows === 0 && model.planned.batches.length > 1 && work.index < model.planned.batches.length - 1)
    return;
  await session.run(
    sql`INSERT INTO teal.audit_result VALUES (${context.run}, ${model.planned.model}, ${batchLabel(model.planned, batch)}, ${audit.name}, ${failedRows}, ${audit.stops}, ${new Date(context.now())})`,
  );
}

function auditFault(work: AuditWork, audit: PlannedAudit, failedRows: number): Fault {
  return fault(
    'audit.failed',
    `The audit ${audit.name} of ${work.model.planned.model} found ${failedRows} ${failedRows === 1 ? 'row' : 'rows'}.`,
    {
      place: placeOf(work),
      kept: 'The rows of this batch were taken back; finished batches stay; live is untouched.',
      remedy: 'Mend the model or the audit, then start the backfill again.',
    },
  );
}

function placeOf(work: AuditWork) {
  return {
    file: work.model.planned.definition.file,
    model: work.model.planned.model,
    partition: batchLabel(work.model.planned, work.batch),
  };
}
