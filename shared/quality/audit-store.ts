import { booleanOf, numberOf, numberOrNull, type Row, textOf, textOrNull } from '../base/rows';
import type { ResultColumn, Session } from '../engine/contract';
import { join, sql } from '../sql/sql';
import { type AuditOutcome, KEPT_ROWS } from './run-audit';

/** Where audits ran: in which run, over which model and batch. */
export interface AuditPlace {
  readonly run: string;
  readonly model: string;
  /** the batch in words */
  readonly batch: string;
  readonly at: number;
}

/** One evaluation of one audit, as it is kept. */
export interface AuditRecord {
  readonly model: string;
  readonly batch: string;
  readonly audit: string;
  readonly args: Readonly<Record<string, string>>;
  readonly failedRows: number | null;
  readonly blocking: boolean;
  readonly skipped: boolean;
  readonly at: number;
}

/** A failed audit whose rows, or the first of them, are kept. */
export interface KeptFailure {
  readonly id: string;
  readonly run: string;
  readonly model: string;
  readonly audit: string;
  readonly batch: string;
  readonly blocking: boolean;
  readonly failedRows: number;
  readonly keptRows: number;
  readonly columns: readonly ResultColumn[];
  readonly at: number;
}

/** Writes down what came of a batch's audits, with the rows that failed. */
export async function keepOutcomes(
  session: Session,
  place: AuditPlace,
  outcomes: readonly AuditOutcome[],
): Promise<void> {
  if (outcomes.length === 0) return;
  const { run, model, batch } = place;
  const at = new Date(place.at);
  const results = outcomes.map(
    (one) =>
      sql`(${run}, ${model}, ${batch}, ${one.audit}, ${one.failedRows ?? 0}, ${one.blocking}, ${at}, ${JSON.stringify(one.arguments)}, ${one.skipped})`,
  );
  await session.run(
    sql`INSERT INTO teal.audit_result (run, model, batch, audit, failed_rows, blocking, "at", arguments, skipped) VALUES ${join(results)}`,
  );
  for (const outcome of outcomes) if (outcome.failing) await keepFailure(session, place, outcome);
}

async function keepFailure(session: Session, place: AuditPlace, outcome: AuditOutcome): Promise<void> {
  const { run, model, batch } = place;
  const [before] = await session.rows(
    sql`SELECT count(*) AS n, coalesce(sum(kept_rows) FILTER (model = ${model} AND audit = ${outcome.audit}), 0) AS kept FROM teal.audit_failure WHERE run = ${run}`,
  );
  const room = KEPT_ROWS - (before ? numberOf(before, 'kept') : 0);
  const rows = outcome.failing?.rows.slice(0, Math.max(0, room)) ?? [];
  const failure = `${run}-${(before ? numberOf(before, 'n') : 0) + 1}`;
  const columns = JSON.stringify(outcome.failing?.columns ?? []);
  await session.run(
    sql`INSERT INTO teal.audit_failure VALUES (${failure}, ${run}, ${model}, ${outcome.audit}, ${batch}, ${outcome.blocking}, ${outcome.failedRows ?? 0}, ${rows.length}, ${columns}, ${new Date(place.at)})`,
  );
  if (rows.length === 0) return;
  const values = rows.map((row, index) => sql`(${failure}, ${index}, ${JSON.stringify(row)})`);
  await session.run(sql`INSERT INTO teal.audit_row VALUES ${join(values)}`);
}

/** All evaluations of a run's audits, in their order; those from `since` on where a run was taken up again. */
export async function readOutcomes(
  session: Session,
  run: string,
  since = 0,
): Promise<readonly AuditRecord[]> {
  const rows = await session.rows(
    sql`SELECT model, batch, audit, arguments, failed_rows, blocking, coalesce(skipped, false) AS skipped, epoch_ms("at") AS moment
        FROM teal.audit_result WHERE run = ${run} AND "at" >= ${new Date(since)} ORDER BY "at", rowid`,
  );
  return rows.map((row) => {
    const skipped = booleanOf(row, 'skipped');
    return {
      model: textOf(row, 'model'),
      batch: textOf(row, 'batch'),
      audit: textOf(row, 'audit'),
      args: JSON.parse(textOrNull(row, 'arguments') ?? '{}') as Record<string, string>,
      failedRows: skipped ? null : numberOf(row, 'failed_rows'),
      blocking: booleanOf(row, 'blocking'),
      skipped,
      at: numberOf(row, 'moment'),
    };
  });
}

/** What one audit of a model found over the batches of one run. */
export interface AuditSummary extends Pick<AuditRecord, 'audit' | 'args' | 'blocking' | 'skipped' | 'at'> {
  readonly run: string;
  readonly batches: number;
  readonly failedBatches: number;
  readonly failedRows: number;
}

const MOST_SUMMARIES = 200;

/** A model's audits run by run, newest first. */
export async function listSummaries(
  session: Session,
  models: readonly string[],
): Promise<readonly AuditSummary[]> {
  const list = join(models.map((model) => sql`${model}`));
  const rows = await session.rows(
    sql`SELECT run, audit, arguments, blocking, coalesce(skipped, false) AS skipped, epoch_ms(max("at")) AS moment,
          count(*) AS batches, count(*) FILTER (failed_rows > 0) AS failed_batches, coalesce(sum(failed_rows), 0)::BIGINT AS failed_rows
        FROM teal.audit_result WHERE model IN (${list})
        GROUP BY run, audit, arguments, blocking, coalesce(skipped, false)
        ORDER BY moment DESC, run DESC, audit, arguments LIMIT ${MOST_SUMMARIES}`,
  );
  return rows.map((row) => ({
    run: textOf(row, 'run'),
    audit: textOf(row, 'audit'),
    args: JSON.parse(textOrNull(row, 'arguments') ?? '{}') as Record<string, string>,
    blocking: booleanOf(row, 'blocking'),
    skipped: booleanOf(row, 'skipped'),
    batches: numberOf(row, 'batches'),
    failedBatches: numberOf(row, 'failed_batches'),
    failedRows: numberOf(row, 'failed_rows'),
    at: numberOf(row, 'moment'),
  }));
}

/** Failed audits whose rows are kept, newest first. */
export async function listFailures(
  session: Session,
  of: { readonly run?: string; readonly model?: string; readonly id?: string },
): Promise<readonly KeptFailure[]> {
  const conditions = [
    sql`true`,
    ...(of.run === undefined ? [] : [sql`run = ${of.run}`]),
    ...(of.model === undefined ? [] : [sql`model = ${of.model}`]),
    ...(of.id === undefined ? [] : [sql`id = ${of.id}`]),
  ];
  const rows = await session.rows(
    sql`SELECT id, run, model, audit, batch, blocking, failed_rows, kept_rows, columns, epoch_ms("at") AS moment
        FROM teal.audit_failure WHERE ${join(conditions, ' AND ')} ORDER BY "at" DESC, rowid DESC`,
  );
  return rows.map(failureOf);
}

/** Kept rows of one failure, from `offset` on. */
export async function readFailingRows(
  session: Session,
  failure: string,
  page: { readonly offset: number; readonly limit: number },
): Promise<readonly (readonly unknown[])[]> {
  const rows = await session.rows(
    sql`SELECT body FROM teal.audit_row WHERE failure = ${failure} AND index >= ${page.offset} ORDER BY index LIMIT ${page.limit}`,
  );
  return rows.map((row) => JSON.parse(textOf(row, 'body')) as unknown[]);
}

function failureOf(row: Row): KeptFailure {
  return {
    id: textOf(row, 'id'),
    run: textOf(row, 'run'),
    model: textOf(row, 'model'),
    audit: textOf(row, 'audit'),
    batch: textOf(row, 'batch'),
    blocking: booleanOf(row, 'blocking'),
    failedRows: numberOrNull(row, 'failed_rows') ?? 0,
    keptRows: numberOrNull(row, 'kept_rows') ?? 0,
    columns: JSON.parse(textOf(row, 'columns')) as ResultColumn[],
    at: numberOf(row, 'moment'),
  };
}
