import { Fault, fault } from '../base/errors';
import { textOf } from '../base/rows';
import type { Session } from '../engine/contract';
import { pinText, versionOf } from '../plan/lookup';
import type { Plan, PlannedModel } from '../plan/types';
import { verbatim } from '../project/render';
import type { ColumnType, Segment, TimeColumn, Version } from '../release/types';
import { FROM_NUMBER, OPEN_NUMBER, TO_NUMBER, versionQuery } from '../release/views';
import { authored, columnList, id, join, type Sql, sql } from '../sql/sql';
import type { RunCatalog } from './catalog';
import { locateFault, type PreparedModel, queryOf, type RunContext, renderQuery } from './context';
import { renderedView } from './view-query';

/**
 * Learns every planned model's columns from the engine, parents first, and makes the segments that the plan names and no other.
 * Done again after a restart, it finds what is there and leaves it.
 */
export async function prepareModels(
  context: RunContext,
  session: Session,
  from: { catalog: RunCatalog; failed: (model: string, error: unknown) => void },
): Promise<ReadonlyMap<string, PreparedModel>> {
  const prepared = new Map<string, PreparedModel>();
  const left = new Set<string>();
  for (const planned of context.plan.models) {
    if (planned.action === 'keep' || planned.action === 'adopt') continue;
    const below = Object.keys(planned.parents).some((parent) => left.has(parent));
    if (below) {
      left.add(planned.model);
      continue;
    }
    try {
      prepared.set(
        planned.model,
        await prepareModel({ context, session, prepared, catalog: from.catalog }, planned),
      );
    } catch (error) {
      if (!(error instanceof Fault)) throw error;
      left.add(planned.model);
      from.failed(planned.model, error);
    }
  }
  return prepared;
}

interface Preparing {
  readonly context: RunContext;
  readonly session: Session;
  readonly catalog: RunCatalog;
  readonly prepared: ReadonlyMap<string, PreparedModel>;
}

async function prepareModel(
  { context, session, catalog, prepared }: Preparing,
  planned: PlannedModel,
): Promise<PreparedModel> {
  await catalog.bindParents(session, planned.parents, prepared);
  const batch = planned.batches[0] ?? { from: context.plan.executionTime, to: context.plan.executionTime };
  const query = planned.seed
    ? verbatim(seedQuery(context, planned).text)
    : renderQuery(context, planned, batch);
  try {
    const columns = await columnsOf(session, planned, queryOf(query));
    const version = draftVersion(context, planned, columns);
    const segment = planned.target ? await ensureSegment({ context, session, planned, columns }) : null;
    return { planned, version, segment };
  } catch (error) {
    throw await locateFault(context, session, { planned, batch, query }, error);
  }
}

/** Reads a SEED's file with the columns that its model declares; without any, the engine guesses. */
export function seedQuery(context: RunContext, planned: PlannedModel): Sql {
  const path = context.resolvePath(planned.seed ?? '');
  const settings = planned.kind.name === 'SEED' ? planned.kind.csv : {};
  const delimiter = settings.delimiter ? sql`, delim = ${settings.delimiter}` : sql``;
  if (planned.declaredColumns.length === 0)
    return sql`SELECT * FROM read_csv(${path}, header = true${delimiter})`;
  const types = join(
    planned.declaredColumns.map((column) => sql`${column.name}: ${column.type}`),
    ', ',
  );
  return sql`SELECT ${columnList(planned.declaredColumns.map((column) => column.name))} FROM read_csv(${path}, header = true, types = {${types}}${delimiter})`;
}

async function columnsOf(
  session: Session,
  planned: PlannedModel,
  query: Sql,
): Promise<readonly ColumnType[]> {
  const declared = new Map(planned.declaredColumns.map((column) => [column.name.toLowerCase(), column.type]));
  const found = await session.describe(query);
  const columns = found.map((column) => ({
    name: column.name,
    type: declared.get(column.name.toLowerCase()) ?? column.type,
  }));
  const own = columns.find((column) => [FROM_NUMBER, TO_NUMBER].includes(column.name.toLowerCase()));
  if (own)
    throw fault(
      'model.invalid',
      `A column of ${planned.model} is named ${own.name}, which Teal keeps for itself.`,
      { remedy: 'Give it another name.' },
    );
  const key = planned.kind.name === 'INCREMENTAL_BY_UNIQUE_KEY' ? planned.kind.uniqueKey : [];
  const needed = planned.kind.name === 'INCREMENTAL_BY_TIME_RANGE' ? [planned.kind.timeColumn] : key;
  const lacking = needed.find((name) => !columns.some((column) => sameName(column.name, name)));
  if (lacking)
    throw fault(
      'model.invalid',
      `The query of ${planned.model} gives no column ${lacking}, which its MODEL block names.`,
      {
        place: { file: planned.definition.file },
        remedy: `Select it, or name another column. The query gives ${columns.map((column) => column.name).join(', ')}.`,
      },
    );
  return columns;
}

function draftVersion(context: RunContext, planned: PlannedModel, columns: readonly ColumnType[]): Version {
  return {
    model: planned.model,
    number: planned.version,
    fingerprint: planned.fingerprint,
    definition: planned.definition,
    columns,
    time: timeColumnOf(planned, columns),
    entries: planned.entries,
    covered: planned.covered,
    inputs: Object.fromEntries(
      Object.entries(planned.parents).map(([name, parent]) => [name, pinText(parent)]),
    ),
    createdAt: context.now(),
    run: context.run,
    rows: null,
    line: planned.line,
    view:
      planned.kind.name === 'VIEW' ? { text: renderedView(context, planned), reads: planned.parents } : null,
  };
}

function timeColumnOf(planned: PlannedModel, columns: readonly ColumnType[]): TimeColumn | null {
  const kind = planned.kind;
  if (kind.name !== 'INCREMENTAL_BY_TIME_RANGE') return null;
  const column = columns.find((candidate) => sameName(candidate.name, kind.timeColumn));
  return column ? { name: column.name, type: column.type, format: kind.timeFormat } : null;
}

interface SegmentWork {
  readonly context: RunContext;
  readonly session: Session;
  readonly planned: PlannedModel;
  readonly columns: readonly ColumnType[];
}

async function ensureSegment({ context, session, planned, columns }: SegmentWork): Promise<Segment> {
  const target = planned.target;
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
  if (known) return segment;
  await session.transaction(async () => {
    await session.run(createSegment(segment));
    if (target.mode === 'copy') await session.run(copyRows({ context, planned, segment, from: target.from }));
    await session.run(
      sql`INSERT INTO teal.segment VALUES (${segment.table}, ${segment.model}, ${segment.fingerprint}, ${segment.head}, ${JSON.stringify(columns)}, ${context.run}, ${new Date(context.now())})`,
    );
  });
  return segment;
}

function createSegment(segment: Segment): Sql {
  const columns = segment.columns.map((column) => sql`${id(column.name)} ${authored(column.type)}`);
  const numbers =
    segment.head === null
      ? []
      : [sql`${id(FROM_NUMBER)} INTEGER NOT NULL`, sql`${id(TO_NUMBER)} INTEGER NOT NULL`];
  return sql`CREATE TABLE ${id('teal_data', segment.table)} (${join([...columns, ...numbers])})`;
}

function copyRows(work: { context: RunContext; planned: PlannedModel; segment: Segment; from: number }): Sql {
  const base = versionOf(work.context.state, work.planned.model, work.from);
  if (!base)
    throw fault(
      'release.not_found',
      `Version ${work.from} of ${work.planned.model}, on which this backfill builds, is no longer kept.`,
    );
  const rows = versionQuery({ ...base, columns: work.segment.columns }, work.context.state.segments);
  return sql`INSERT INTO ${id('teal_data', work.segment.table)} SELECT *, 1, ${OPEN_NUMBER} FROM (${rows}) AS live_rows`;
}

function sameName(a: string, b: string): boolean {
  return a.toLowerCase() === b.toLowerCase();
}

function refuseUnplanned(plan: Plan, table: string): void {
  const named = plan.stages.some((stage) => stage.kind === 'prepare' && stage.tables.includes(table));
  if (!named) throw fault('plan.stale', `The plan does not name the table ${table}, so it is not written.`);
}
