import { fault } from '../base/errors';
import { numberOf } from '../base/rows';
import { type Interval, intersect } from '../base/time';
import type { Session } from '../engine/contract';
import { verbatim } from '../project/render';
import { FROM_NUMBER, OPEN_NUMBER, TO_NUMBER, versionQuery, withinSpan } from '../release/views';
import { authored, columnList, id, join, type Sql, sql } from '../sql/sql';
import { auditBatch, keepStopped } from './audit-batch';
import type { RunCatalog } from './catalog';
import {
  locateFault,
  type PreparedModel,
  queryOf,
  type RunContext,
  renderQuery,
  segmentsFor,
} from './context';
import { seedQuery } from './prepare';

/** One batch's result as the ledger has it. */
export interface BatchResult {
  readonly rows: number;
  readonly milliseconds: number;
  readonly auditsPassed: number;
  readonly auditsFailed: number;
}

export interface BatchWork {
  readonly context: RunContext;
  readonly session: Session;
  readonly model: PreparedModel;
  readonly index: number;
  readonly signal: AbortSignal;
}

/** Computes one batch: rows, audits and ledger row in one transaction, so that it is there whole or not at all. */
export async function fillBatch(work: BatchWork): Promise<BatchResult> {
  const { context, session, model, index, signal } = work;
  const { planned } = model;
  const batch = planned.batches[index];
  if (!batch) throw new Error(`${planned.model} has no batch ${index}.`);
  const started = context.now();
  const query = planned.seed
    ? verbatim(seedQuery(context, planned).text)
    : renderQuery(context, planned, batch);
  try {
    return await session.transaction(
      async () => {
        const rows = await writeRows({ ...work, batch, query: queryOf(query) });
        const audits = await auditBatch({ context, session, model, index, batch });
        const milliseconds = context.now() - started;
        await session.run(
          sql`INSERT INTO teal.batch VALUES (${context.run}, ${planned.model}, ${index}, ${new Date(batch.from)}, ${new Date(batch.to)}, ${rows}, ${milliseconds}, ${new Date(context.now())})`,
        );
        return { rows, milliseconds, auditsPassed: audits.passed, auditsFailed: audits.failed };
      },
      { signal },
    );
  } catch (error) {
    await keepStopped(context, session, error);
    throw await locateFault(context, session, { planned, batch, query }, error);
  }
}

interface Writing extends BatchWork {
  readonly batch: Interval;
  readonly query: Sql;
}

async function writeRows(work: Writing): Promise<number> {
  const { planned } = work.model;
  if (planned.kind.name === 'INCREMENTAL_BY_TIME_RANGE') return appendSpan(work);
  if (planned.kind.name === 'INCREMENTAL_BY_UNIQUE_KEY') return mergeByKey(work, planned.kind.uniqueKey);
  return work.session.run(
    sql`INSERT INTO ${segmentOf(work)} SELECT ${selectList(work)} FROM (${work.query}) AS model_rows`,
  );
}

/** Rows outside of the batch are cut off, even if the query reads more (SQLMesh does the same). */
async function appendSpan(work: Writing): Promise<number> {
  const { session, model, batch, query } = work;
  const time = model.version.time;
  if (!time) throw new Error(`${model.planned.model} has no time column.`);
  const number = numberOfTarget(work);
  const inside = withinSpan(time, batch.from, batch.to);
  if (model.planned.target?.mode === 'tail' && intersect(writtenBefore(work), [batch]).length > 0) {
    await session.run(
      sql`UPDATE ${segmentOf(work)} SET ${id(TO_NUMBER)} = ${number} WHERE ${id(TO_NUMBER)} = ${OPEN_NUMBER} AND ${inside}`,
    );
  }
  return session.run(
    sql`INSERT INTO ${segmentOf(work)} SELECT ${selectList(work)}, ${number}, ${OPEN_NUMBER} FROM (${query}) AS model_rows WHERE ${inside}`,
  );
}

/**
 * Rows replace those of the same key: what this very version wrote is deleted, what an older one wrote is closed, so that the older
 * stays readable. Of several rows with one key in a batch, one is kept.
 */
async function mergeByKey(work: Writing, uniqueKey: readonly string[]): Promise<number> {
  const { session, model, index, query } = work;
  const number = numberOfTarget(work);
  const columns = columnList(model.version.columns.map((column) => column.name));
  const keys = columnList(uniqueKey);
  await session.run(
    sql`CREATE OR REPLACE TEMP TABLE teal_batch AS SELECT DISTINCT ON (${keys}) ${columns} FROM (${query}) AS model_rows`,
  );
  const same = join(
    uniqueKey.map((key) => sql`held.${id(key)} IS NOT DISTINCT FROM fresh.${id(key)}`),
    ' AND ',
  );
  const replaced = sql`EXISTS (SELECT 1 FROM temp.main.teal_batch AS fresh WHERE ${same})`;
  const first = index === 0 && model.planned.target?.mode === 'new';
  if (!first)
    await session.run(
      sql`DELETE FROM ${segmentOf(work)} AS held WHERE held.${id(FROM_NUMBER)} = ${number} AND ${replaced}`,
    );
  if (model.planned.target?.mode === 'tail') {
    await session.run(
      sql`UPDATE ${segmentOf(work)} AS held SET ${id(TO_NUMBER)} = ${number} WHERE held.${id(TO_NUMBER)} = ${OPEN_NUMBER} AND ${replaced}`,
    );
  }
  return session.run(
    sql`INSERT INTO ${segmentOf(work)} SELECT ${castColumns(work)}, ${number}, ${OPEN_NUMBER} FROM temp.main.teal_batch`,
  );
}

/** How many rows a version shows that is filled and not sealed yet. */
export async function countRows(
  context: RunContext,
  session: Session,
  model: PreparedModel,
  catalog: RunCatalog,
): Promise<number> {
  const isView = model.planned.kind.name === 'VIEW';
  const rows = isView ? catalog.viewQuery(model) : versionQuery(model.version, segmentsFor(context, model));
  const [row] = await session.rows(sql`SELECT count(*) AS n FROM (${rows}) AS version_rows`);
  return row ? numberOf(row, 'n') : 0;
}

/** What the tail held before this run: its spans under the number before. A version that prod never showed may have filled it. */
function writtenBefore(work: Writing): readonly Interval[] {
  const { context, model } = work;
  const { target } = model.planned;
  const versions = context.state.versions.get(model.planned.model) ?? [];
  return versions
    .flatMap((version) => version.entries)
    .filter((entry) => entry.segment === target?.table && entry.number === numberOfTarget(work) - 1)
    .flatMap((entry) => entry.spans ?? []);
}

function segmentOf(work: Writing): Sql {
  const table = work.model.planned.target?.table;
  if (!table) throw fault('plan.stale', `The plan names no table for ${work.model.planned.model}.`);
  return id('teal_data', table);
}

function numberOfTarget(work: Writing): number {
  return work.model.planned.target?.number ?? 1;
}

function selectList(work: Writing): Sql {
  return work.model.planned.declaredColumns.length > 0
    ? castColumns(work)
    : columnList(work.model.version.columns.map((column) => column.name));
}

function castColumns(work: Writing): Sql {
  return join(
    work.model.version.columns.map((column) => sql`CAST(${id(column.name)} AS ${authored(column.type)})`),
  );
}
