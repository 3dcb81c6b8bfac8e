import { numberOf } from '../base/rows';
import { type Interval, intersect } from '../base/time';
import type { Session } from '../engine/contract';
import { type Rendered, verbatim } from '../project/render';
import { versionQuery, withinSpan } from '../release/views';
import { authored, columnList, id, join, type Sql, sql } from '../sql/sql';
import { auditBatch, keepStopped } from './audit-batch';
import type { RunCatalog } from './catalog';
import { managedOf } from './columns';
import {
  locateFault,
  type PreparedModel,
  queryOf,
  type RunContext,
  renderQuery,
  segmentsFor,
} from './context';
import { addRows, type Held, heldOf, removeWhere } from './held';
import { seedQuery } from './seed-query';
import { scopesOf, withStatements } from './statements';
import { writeHistory } from './write-history';
import { replaceByKey, replacePartitions } from './write-keyed';
import { mergeRows } from './write-merge';

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

interface Writing extends BatchWork {
  readonly batch: Interval;
  readonly held: Held;
  /** the model's rows under the version's names and types */
  readonly query: Sql;
}

/** Computes one batch: statements, rows, audits and ledger row in one transaction, so that it is there whole or not at all. */
export async function fillBatch(work: BatchWork): Promise<BatchResult> {
  const { context, session, model, index, signal } = work;
  const { planned } = model;
  const batch = planned.batches[index];
  if (!batch) throw new Error(`${planned.model} has no batch ${index}.`);
  const started = context.now();
  const scopes = scopesOf(model, index);
  const query = planned.seed
    ? verbatim((await seedQuery(context, session, planned)).text)
    : renderQuery(context, planned, batch, scopes.query);
  const around = { context, session, planned, batch, scope: scopes.statements };
  try {
    return await session.transaction(
      async () => {
        if (scopes.creation) await withStatements({ ...around, scope: scopes.creation }, async () => 0);
        const rows = await withStatements(around, () =>
          writeRows({ ...work, batch, held: heldOf(model), query: rowsOf(model, query) }),
        );
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
  } finally {
    if (planned.seed) await session.run(sql`DROP TABLE IF EXISTS temp.main.teal_seed`);
  }
}

async function writeRows(work: Writing): Promise<number> {
  const { session, held, query } = work;
  const { kind, target, partitionedBy } = work.model.planned;
  if (kind.name === 'INCREMENTAL_BY_TIME_RANGE') return writeSpan(work);
  // As in SQLMesh, the first rows of a table are taken as they are, even where several have one key.
  const first = work.index === 0 && target?.mode === 'new';
  if (kind.name === 'SCD_TYPE_2_BY_TIME' || kind.name === 'SCD_TYPE_2_BY_COLUMN')
    return writeHistory({
      session,
      held,
      query,
      kind,
      first,
      executionTime: work.context.plan.executionTime,
    });
  if (first) return addRows(session, held, query);
  if (kind.name === 'INCREMENTAL_BY_PARTITION')
    return replacePartitions({ session, held, query, keys: partitionedBy });
  if (kind.name === 'INCREMENTAL_BY_UNIQUE_KEY')
    return kind.whenMatched === null && kind.mergeFilter === null
      ? replaceByKey({ session, held, query, keys: kind.uniqueKey })
      : mergeRows({ ...work, kind });
  await removeWhere(session, held, sql`true`);
  return addRows(session, held, query);
}

/** Rows outside of the batch are cut off, even if the query reads more (SQLMesh does the same). */
async function writeSpan(work: Writing): Promise<number> {
  const { session, held, batch, query, model } = work;
  const { time } = model.version;
  if (!time || !held.time) throw new Error(`${model.planned.model} has no time column.`);
  const mode = model.planned.target?.mode;
  if (mode === 'copy' || (mode === 'tail' && intersect(writtenBefore(work), [batch]).length > 0))
    await removeWhere(session, held, withinSpan(held.time, batch.from, batch.to));
  const inside = withinSpan(time, batch.from, batch.to);
  return addRows(session, held, sql`SELECT * FROM (${query}) AS batch_rows WHERE ${inside}`);
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
    .filter((entry) => entry.segment === target?.table && entry.number === (target?.number ?? 1) - 1)
    .flatMap((entry) => entry.spans ?? []);
}

/** The query's rows under the version's columns; declared types are cast to, and what the query does not give is NULL. */
function rowsOf({ planned, version, given }: PreparedModel, query: Rendered): Sql {
  const managed = managedOf(planned);
  const list = version.columns
    .filter((column) => !managed.includes(column.name))
    .map(({ name, type }) => {
      if (!given.includes(name.toLowerCase())) return sql`CAST(NULL AS ${authored(type)}) AS ${id(name)}`;
      return planned.declaredColumns.length > 0
        ? sql`CAST(${id(name)} AS ${authored(type)}) AS ${id(name)}`
        : id(name);
    });
  return sql`SELECT ${join(list)} FROM (${queryOf(query)}\n) AS model_rows(${columnList(given)})`;
}
