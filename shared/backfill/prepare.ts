import { Fault } from '../base/errors';
import type { Interval } from '../base/time';
import type { Session } from '../engine/contract';
import { pinText } from '../plan/lookup';
import type { PlannedModel } from '../plan/types';
import { isIncremental } from '../project/model';
import { type Rendered, verbatim } from '../project/render';
import type { PinnedParent } from '../release/definition';
import type { ColumnType, TimeColumn, Version } from '../release/types';
import { selectedColumns } from '../sql/select-types';
import type { RunCatalog } from './catalog';
import { checkNames, describeRows, type TableColumns } from './columns';
import { locateFault, type PreparedModel, queryOf, type RunContext, renderQuery } from './context';
import { seedQuery } from './seed-query';
import { entriesFor } from './segment-columns';
import { ensureSegment, type OwnSegment } from './segments';
import { draftScope } from './statements';
import { renderedView } from './view-query';

/**
 * Learns every planned model's columns from the engine, parents first, and makes the segments that the plan names and no other.
 * Done again after a restart, it finds what is there and leaves it.
 */
export async function prepareModels(
  context: RunContext,
  session: Session,
  from: { readonly catalog: RunCatalog; readonly failed: (model: PlannedModel, error: unknown) => void },
): Promise<ReadonlyMap<string, PreparedModel>> {
  const prepared = new Map<string, PreparedModel>();
  const left = new Set<string>();
  for (const planned of context.plan.models) {
    if (planned.action === 'keep' || planned.action === 'adopt' || planned.action === 'audit') continue;
    try {
      if (parentsOf(planned.parents).some((parent) => left.has(parent))) left.add(planned.model);
      else prepared.set(planned.model, await prepareModel({ context, session, prepared, ...from }, planned));
    } catch (error) {
      if (!(error instanceof Fault)) throw error;
      left.add(planned.model);
      from.failed(planned, error);
    }
  }
  return prepared;
}

/**
 * Whether a model's table is made by its query before the first batch, so that a query which the engine refuses fails there and no
 * batch is begun: so it is where intervals are computed apart and the text does not tell all types.
 */
export function isMadeFirst({ kind, exists, batches, definition, declaredColumns }: PlannedModel): boolean {
  if (exists || batches.length === 0 || !isIncremental(kind) || declaredColumns.length > 0) return false;
  const apart =
    kind.name === 'INCREMENTAL_BY_TIME_RANGE' || (kind.batchSize !== null && kind.batchConcurrency !== 1);
  const types = selectedColumns(definition.query);
  return apart && !types?.every((column) => column.type !== undefined);
}

/** The batch that must have been filled for one to be filled: models by time have none, but for what `batch_concurrency` says. */
export function batchBefore({ kind, readsItself }: PlannedModel, index: number): number | undefined {
  if (!isIncremental(kind)) return undefined;
  const inOrder = readsItself || kind.name !== 'INCREMENTAL_BY_TIME_RANGE';
  const atOnce = inOrder ? 1 : kind.batchConcurrency;
  return atOnce === null ? undefined : index - atOnce;
}

function parentsOf(parents: Readonly<Record<string, PinnedParent>>): readonly string[] {
  return Object.entries(parents).flatMap(([name, parent]) =>
    parent.type === 'embedded' ? parentsOf(parent.parents) : [name],
  );
}

interface Bound {
  readonly context: RunContext;
  readonly session: Session;
  readonly catalog: RunCatalog;
  readonly prepared: ReadonlyMap<string, PreparedModel>;
}

interface Preparing {
  readonly context: RunContext;
  readonly session: Session;
  readonly catalog: RunCatalog;
  readonly planned: PlannedModel;
  readonly batch: Interval;
}

async function prepareModel(bound: Bound, planned: PlannedModel): Promise<PreparedModel> {
  const { context, session, catalog, prepared } = bound;
  const { executionTime } = context.plan;
  const batch = planned.batches[0] ?? { from: executionTime, to: executionTime };
  await catalog.bindFor(session, planned, batch, prepared);
  const work = { context, session, catalog, planned, batch };
  const query = await queryFor(work);
  try {
    const { columns, given } = await columnsOf(work, query);
    const own = planned.target ? await ensureSegment({ context, session, planned, columns }) : null;
    const isView = planned.kind.name === 'VIEW';
    const view = isView ? renderedView({ context, planned, columnsOf: catalog.columnsOf, given }) : null;
    const version = { ...draftVersion(context, planned, columns, own), view };
    return { planned, version, segment: own?.segment ?? null, given, columnsOf: catalog.columnsOf };
  } catch (error) {
    throw await locateFault(context, session, { planned, batch, query }, error);
  }
}

async function queryFor({ context, session, catalog, planned, batch }: Preparing): Promise<Rendered> {
  if (planned.seed) return verbatim((await seedQuery(context, session, planned)).text);
  return renderQuery(context, planned, batch, draftScope(planned, catalog.columnsOf));
}

async function columnsOf(work: Preparing, query: Rendered): Promise<TableColumns> {
  const found = await describeRows(work, queryOf(query));
  await checkNames(work, found.columns);
  return found;
}

function draftVersion(
  context: RunContext,
  planned: PlannedModel,
  columns: readonly ColumnType[],
  own: OwnSegment | null,
): Version {
  const version = { columns };
  return {
    model: planned.model,
    number: planned.version,
    fingerprint: planned.fingerprint,
    definition: planned.definition,
    columns,
    time: timeColumnOf(planned, columns),
    entries: entriesFor(planned.entries, version, context.state.segments, own ?? undefined),
    covered: planned.covered,
    inputs: Object.fromEntries(
      Object.entries(planned.parents).map(([name, parent]) => [name, pinText(parent)]),
    ),
    createdAt: context.now(),
    run: context.run,
    rows: null,
    line: planned.line,
    view: null,
  };
}

function timeColumnOf(planned: PlannedModel, columns: readonly ColumnType[]): TimeColumn | null {
  const kind = planned.kind;
  if (kind.name !== 'INCREMENTAL_BY_TIME_RANGE') return null;
  const column = columns.find((candidate) => candidate.name.toLowerCase() === kind.timeColumn.toLowerCase());
  return column ? { name: column.name, type: column.type, format: kind.timeFormat } : null;
}
