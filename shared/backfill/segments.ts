import { fault } from '../base/errors';
import { textOf } from '../base/rows';
import type { Session } from '../engine/contract';
import { versionOf } from '../plan/lookup';
import type { Plan, PlannedModel, Target } from '../plan/types';
import type { ColumnType, Segment } from '../release/types';
import { FROM_NUMBER, OPEN_NUMBER, TO_NUMBER, versionQuery } from '../release/views';
import { authored, columnList, id, join, type Sql, sql } from '../sql/sql';
import type { RunContext } from './context';
import { entriesFor, fitColumns, type HeldNames } from './segment-columns';

/** A segment that a run may write, and what it calls the version's columns. */
export interface OwnSegment {
  readonly segment: Segment;
  readonly names: HeldNames;
}

export interface SegmentWork {
  readonly context: RunContext;
  readonly session: Session;
  readonly planned: PlannedModel;
  readonly columns: readonly ColumnType[];
}

/** Makes the segment that the plan names, or makes an older one ready to be written on; what is ready is left as it is. */
export async function ensureSegment(work: SegmentWork): Promise<OwnSegment> {
  const { context, session, planned, columns } = work;
  const { target } = planned;
  if (!target) throw new Error('A model without a target has no segment.');
  refuseUnplanned(context.plan, target.table);
  const [known] = await session.rows(
    sql`SELECT columns FROM teal.segment WHERE table_name = ${target.table}`,
  );
  const segment: Segment = {
    table: target.table,
    model: planned.model,
    fingerprint: planned.fingerprint,
    head: target.mode === 'tail' ? target.number - 1 : target.number,
    columns: known ? (JSON.parse(textOf(known, 'columns')) as ColumnType[]) : columns,
  };
  if (known && target.mode === 'tail') return extendTail(work, segment, target);
  const names = Object.fromEntries(columns.map((column) => [column.name, column.name]));
  if (known) return { segment, names };
  await session.transaction(async () => {
    await session.run(createSegment(segment));
    if (target.mode === 'copy') await session.run(copyRows(work, segment, target));
    await session.run(
      sql`INSERT INTO teal.segment VALUES (${segment.table}, ${segment.model}, ${segment.fingerprint}, ${segment.head}, ${JSON.stringify(columns)}, ${context.run}, ${new Date(context.now())})`,
    );
  });
  return { segment, names };
}

/**
 * Adds the columns that a tail lacks and takes back what a run that was given up has left under its number. Older versions name
 * their columns, so they read on as before.
 */
async function extendTail(
  work: SegmentWork,
  segment: Segment,
  target: Extract<Target, { mode: 'tail' }>,
): Promise<OwnSegment> {
  const { context, session, planned, columns } = work;
  const table = id('teal_data', segment.table);
  const fit = fitColumns({ state: context.state, planned, segment, wanted: columns });
  const extended: Segment = { ...segment, columns: [...segment.columns, ...fit.added] };
  const begun = await session.rows(
    sql`SELECT 1 FROM teal.batch WHERE run = ${context.run} AND model = ${planned.model} LIMIT 1`,
  );
  if (begun.length > 0) return { segment: extended, names: fit.names };
  await session.transaction(async () => {
    await session.run(sql`DELETE FROM ${table} WHERE ${id(FROM_NUMBER)} >= ${target.number}`);
    await session.run(
      sql`UPDATE ${table} SET ${id(TO_NUMBER)} = ${OPEN_NUMBER} WHERE ${id(TO_NUMBER)} >= ${target.number} AND ${id(TO_NUMBER)} < ${OPEN_NUMBER}`,
    );
    if (fit.added.length === 0 && fit.moved.length === 0) return;
    for (const column of fit.added)
      await session.run(sql`ALTER TABLE ${table} ADD COLUMN ${id(column.name)} ${authored(column.type)}`);
    for (const { from, to } of fit.moved)
      await session.run(
        sql`UPDATE ${table} SET ${id(to.name)} = CAST(${id(from)} AS ${authored(to.type)}) WHERE ${id(TO_NUMBER)} = ${OPEN_NUMBER}`,
      );
    await session.run(
      sql`UPDATE teal.segment SET columns = ${JSON.stringify(extended.columns)} WHERE table_name = ${segment.table}`,
    );
  });
  return { segment: extended, names: fit.names };
}

function createSegment(segment: Segment): Sql {
  const columns = segment.columns.map((column) => sql`${id(column.name)} ${authored(column.type)}`);
  const numbers =
    segment.head === null
      ? []
      : [sql`${id(FROM_NUMBER)} INTEGER NOT NULL`, sql`${id(TO_NUMBER)} INTEGER NOT NULL`];
  return sql`CREATE TABLE ${id('teal_data', segment.table)} (${join([...columns, ...numbers])})`;
}

function copyRows(
  { context, planned }: SegmentWork,
  segment: Segment,
  target: Extract<Target, { mode: 'copy' }>,
): Sql {
  const { versions, segments } = context.state;
  const base = versionOf(context.state, planned.model, target.from);
  if (!base || !versions.has(planned.model))
    throw fault(
      'release.not_found',
      `Version ${target.from} of ${planned.model}, on which this backfill builds, is no longer kept.`,
    );
  const entries = entriesFor(entriesFor(base.entries, base, segments), segment, segments);
  const rows = versionQuery({ ...base, entries, columns: segment.columns }, segments);
  const columns = columnList(segment.columns.map((column) => column.name));
  const numbers = target.number === null ? sql`` : sql`, ${target.number}, ${OPEN_NUMBER}`;
  return sql`INSERT INTO ${id('teal_data', segment.table)} SELECT ${columns}${numbers} FROM (${rows}) AS live_rows`;
}

function refuseUnplanned(plan: Plan, table: string): void {
  const named = plan.stages.some((stage) => stage.kind === 'prepare' && stage.tables.includes(table));
  if (!named) throw fault('plan.stale', `The plan does not name the table ${table}, so it is not written.`);
}
