import { PROD } from '../base/names';
import { type Interval, intersect, normalise, subtract } from '../base/time';
import { isIncremental, type Model } from '../project/model';
import type { Entry, Version, WarehouseState } from '../release/types';
import { type Change, recomputes } from './change';
import type { Fingerprint } from './fingerprint';
import { alignOut, cronOf, cutBatches, historyOf, missingIntervals } from './intervals';
import type { PlanInput, PlanSoFar } from './plan-input';
import type { PlannedModel, Target } from './types';

/** The part of a planned model that says what is computed and where it goes. */
export type PlannedRows = Pick<
  PlannedModel,
  'action' | 'reason' | 'target' | 'batches' | 'whole' | 'entries' | 'covered' | 'older' | 'shared'
>;

interface RowsInput {
  readonly input: PlanInput;
  readonly model: Model;
  readonly print: Fingerprint;
  /** what the new version builds on: the environment's version, or an adopted one */
  readonly base: Version | undefined;
  readonly change: Change | null;
  readonly adopted: boolean;
  readonly soFar: PlanSoFar;
}

/** Decides for one model what is kept, shared, computed, and into which table. */
export function planRows(rows: RowsInput): PlannedRows {
  const { model, base, change } = rows;
  const kept: PlannedRows = {
    action: rows.adopted ? 'adopt' : 'keep',
    reason: rows.adopted ? 'Filled before under the same logic; taken over.' : 'Nothing differs.',
    target: null,
    batches: [],
    whole: !isIncremental(model.kind),
    entries: base?.entries ?? [],
    covered: base?.covered ?? [],
    older: [],
    shared: base?.covered ?? [],
  };
  if (model.kind.name === 'VIEW')
    return base && !recomputes(change)
      ? kept
      : { ...kept, action: 'view', reason: 'A view; it holds no rows.' };
  const spans = spansToCompute(rows);
  const relabel = change?.class === 'indirect_non_breaking';
  if (spans.length === 0 && base)
    return relabel
      ? {
          ...kept,
          action: 'relabel',
          entries: kept.entries.map((entry) => ({ ...entry, fingerprint: rows.print.data })),
        }
      : kept;
  if (!isIncremental(model.kind)) return wholeTable(rows, spans);
  return model.kind.name === 'INCREMENTAL_BY_UNIQUE_KEY' ? keyedTable(rows, spans) : timeTable(rows, spans);
}

function spansToCompute(rows: RowsInput): readonly Interval[] {
  const { model, base, change, input } = rows;
  const { request } = input;
  const unit = cronOf(model).unit;
  const history = historyOf(model, request.executionTime);
  const inScope = (spans: readonly Interval[]) =>
    request.scope ? intersect(spans, [alignOut(unit, request.scope)]) : spans;
  if (model.kind.name === 'SEED') return !base || recomputes(change) ? [history] : [];
  if (!base || recomputes(change)) return inScope([history]);
  const lookback = isIncremental(model.kind) ? model.kind.lookback : 0;
  const unbound = request.environment === PROD && !request.select;
  const missing = (unbound ? [history] : inScope([history])).flatMap((wanted) =>
    missingIntervals(wanted, base.covered, { unit, count: lookback }),
  );
  const restated =
    request.restate.includes(model.name) || request.select?.includes(model.name) ? inScope([history]) : [];
  const cascaded = inScope(intersect([history], cascadedSpans(rows, unit)));
  if (restated.length === 0 && cascaded.length === 0) rows.soFar.appended.add(model.name);
  return normalise([...missing, ...restated, ...cascaded]);
}

/** What parents compute again, widened to this model's intervals; appended new history is one for whole tables alone. */
function cascadedSpans(rows: RowsInput, unit: ReturnType<typeof cronOf>['unit']): readonly Interval[] {
  const { model, soFar } = rows;
  return model.parents.flatMap((parent) => {
    const planned = soFar.planned.get(parent);
    if (
      planned?.action !== 'fill' ||
      (isIncremental(model.kind) && (planned.target?.mode === 'tail' || soFar.appended.has(parent))) ||
      planned.change?.class === 'non_breaking'
    )
      return [];
    return planned.batches.map((span) => alignOut(unit, span));
  });
}

function wholeTable(rows: RowsInput, spans: readonly Interval[]): PlannedRows {
  const { model, print, input } = rows;
  const table = segmentName(input.state, model.name, print.data);
  const history = historyOf(model, input.request.executionTime);
  return {
    action: 'fill',
    reason: reasonOf(rows),
    target: { mode: 'new', table, number: null },
    batches: [{ from: Math.min(history.from, spans[0]?.from ?? history.from), to: history.to }],
    whole: true,
    entries: [{ segment: table, number: null, spans: null, cut: false, fingerprint: print.data }],
    covered: [history],
    older: [],
    shared: [],
  };
}

function keyedTable(rows: RowsInput, spans: readonly Interval[]): PlannedRows {
  const { model, print, base, input } = rows;
  const fresh = !base || (recomputes(rows.change) && covers(spans, base.covered));
  const tail = fresh ? undefined : writableTail(rows);
  const table = tail?.table ?? segmentName(input.state, model.name, print.data);
  const target: Target =
    tail ??
    (fresh ? { mode: 'new', table, number: 1 } : { mode: 'copy', table, number: 1, from: base.number });
  const older = base && recomputes(rows.change) ? subtract(base.covered, spans) : [];
  const held = base?.entries.at(-1)?.fingerprint ?? print.data;
  const mixed = older.length > 0 || (!fresh && !recomputes(rows.change) && held !== print.data);
  const fingerprint = mixed ? held : print.data;
  return {
    action: 'fill',
    reason: reasonOf(rows),
    target,
    batches: batchesOf(model, spans),
    whole: false,
    entries: [{ segment: table, number: target.number, spans: null, cut: false, fingerprint }],
    covered: normalise([...(base?.covered ?? []), ...spans]),
    older,
    shared: [],
  };
}

function timeTable(rows: RowsInput, spans: readonly Interval[]): PlannedRows {
  const { model, print, base, input } = rows;
  const tail = writableTail(rows);
  const table = tail?.table ?? segmentName(input.state, model.name, print.data);
  const target: Target = tail ?? { mode: 'new', table, number: 1 };
  const before = (base?.entries ?? []).filter((entry) => entry.segment !== table);
  const left = before
    .map((entry) => cutEntry(entry, spans))
    .filter((entry) => (entry.spans?.length ?? 0) > 0);
  const mine = base?.entries.find((entry) => entry.segment === table);
  const own: Entry = {
    segment: table,
    number: target.number,
    spans: normalise([...(mine?.spans ?? []), ...spans]),
    cut: mine?.cut ?? false,
    fingerprint: print.data,
  };
  const kept = left.flatMap((entry) => entry.spans ?? []);
  return {
    action: 'fill',
    reason: reasonOf(rows),
    target,
    batches: batchesOf(model, spans),
    whole: false,
    entries: [...left, own],
    covered: normalise([...(base?.covered ?? []), ...spans]),
    older: normalise(
      left.filter((entry) => entry.fingerprint !== print.data).flatMap((entry) => entry.spans ?? []),
    ),
    shared: normalise(kept),
  };
}

function cutEntry(entry: Entry, away: readonly Interval[]): Entry {
  const spans = subtract(entry.spans ?? [], away);
  const cut = entry.cut || intersect(entry.spans ?? [], away).length > 0;
  return { ...entry, spans, cut };
}

/**
 * The live version's last segment, if this plan may write it: only prod, only appended history under the same logic, and only
 * while the version stands at the segment's head (after a rollback it does not, and a new segment is begun).
 */
function writableTail(rows: RowsInput): Extract<Target, { mode: 'tail' }> | undefined {
  const { base, change, input, model } = rows;
  const live = input.request.environment === PROD && !recomputes(change) && input.request.scope === null;
  const restated =
    input.request.restate.includes(model.name) || cascadedSpans(rows, cronOf(model).unit).length > 0;
  const last = base?.entries.at(-1);
  const head = last && input.state.segments.get(last.segment)?.head;
  if (!live || restated || !last || last.cut || last.number === null || head !== last.number)
    return undefined;
  return { mode: 'tail', table: last.segment, number: last.number + 1 };
}

function batchesOf(model: Model, spans: readonly Interval[]): readonly Interval[] {
  const size = isIncremental(model.kind) ? model.kind.batchSize : null;
  return cutBatches(normalise(spans), cronOf(model).unit, size);
}

function covers(spans: readonly Interval[], wanted: readonly Interval[]): boolean {
  return subtract(wanted, spans).length === 0;
}

function reasonOf(rows: RowsInput): string {
  if (rows.change && rows.change.class !== 'metadata') return rows.change.reason;
  if (rows.input.request.select?.includes(rows.model.name)) return 'Named in the backfill.';
  const fills = rows.model.parents.filter((parent) => {
    const planned = rows.soFar.planned.get(parent);
    return planned?.action === 'fill' && planned.target?.mode !== 'tail';
  });
  return fills.length > 0 ? `It reads ${fills.join(', ')}, computed again.` : 'History is missing.';
}

/** `teal_data.<model>__<short fingerprint>__<n>`, with a number that no segment of the model has yet. */
function segmentName(state: WarehouseState, model: string, fingerprint: string): string {
  const stem = model.replace('.', '__').slice(0, 40);
  const numbers = [...state.segments.values()]
    .filter((segment) => segment.model === model)
    .map((segment) => Number(/__(\d+)$/.exec(segment.table)?.[1] ?? 0));
  return `${stem}__${fingerprint.slice(0, 6)}__${Math.max(0, ...numbers) + 1}`;
}
