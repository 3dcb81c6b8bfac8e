import { type Interval, intersect, normalise, subtract } from '../base/time';
import { isIncremental, type Model } from '../project/model';
import type { Entry, Version, WarehouseState } from '../release/types';
import { writesItself } from '../sql/this-model';
import type { Candidate } from './editions/candidate';
import { cutBatches, unitOf } from './intervals';
import type { PlannedModel, Target } from './types';

/** The part of a planned model that says what is computed and where it goes. */
export type PlannedRows = Pick<
  PlannedModel,
  'target' | 'batches' | 'whole' | 'entries' | 'covered' | 'older' | 'shared'
>;

/** What the rows of one model are planned from. */
export interface RowsInput {
  readonly state: WarehouseState;
  readonly candidate: Candidate;
  /** what is computed */
  readonly spans: readonly Interval[];
  /** the newest version of the line that is written */
  readonly base: Version | undefined;
  /** nothing of the line's earlier rows is kept */
  readonly fresh: boolean;
  /** rows are appended to a line that prod shows, so that its last segment may be gone on with */
  readonly appends: boolean;
}

/** Decides for one model what is kept, shared, computed, and into which table. */
export function planRows(rows: RowsInput): PlannedRows {
  const { kind } = rows.candidate.model;
  if (!isIncremental(kind)) return wholeTable(rows);
  if (writesItself(rows.candidate.model)) return ownTable(rows);
  return kind.name === 'INCREMENTAL_BY_TIME_RANGE' ? timeTable(rows) : keyedTable(rows);
}

/** A line without rows, begun so that it can be read. */
export function noRows(candidate: Candidate): PlannedRows {
  const whole = !isIncremental(candidate.model.kind);
  return { target: null, batches: [], whole, entries: [], covered: [], older: [], shared: [] };
}

/** The rows of a version as they are. */
export function sameRows(candidate: Candidate, base: Version | undefined): PlannedRows {
  const covered = base?.covered ?? [];
  return { ...noRows(candidate), entries: base?.entries ?? [], covered, shared: covered };
}

function wholeTable(rows: RowsInput): PlannedRows {
  const { spans, base } = rows;
  const fingerprint = printOf(rows);
  const table = segmentName(rows.state, rows.candidate.edition.model, fingerprint);
  return {
    target: { mode: 'new', table, number: null },
    batches: batchesOf(rows),
    whole: true,
    entries: [{ segment: table, number: null, spans: null, cut: false, fingerprint }],
    covered: normalise([...(base?.covered ?? []), ...spans]),
    older: [],
    shared: [],
  };
}

function keyedTable(rows: RowsInput): PlannedRows {
  const { base, fresh, candidate, spans } = rows;
  const fingerprint = printOf(rows);
  const tail = fresh ? undefined : writableTail(rows);
  const table = tail?.table ?? segmentName(rows.state, candidate.edition.model, fingerprint);
  const target: Target =
    tail ??
    (fresh || !base
      ? { mode: 'new', table, number: 1 }
      : { mode: 'copy', table, number: 1, from: base.number });
  const held = base?.entries.at(-1)?.fingerprint ?? fingerprint;
  const before = fresh ? [] : (base?.covered ?? []);
  const older = held === fingerprint ? [] : subtract(before, spans);
  return {
    target,
    batches: batchesOf(rows),
    whole: false,
    entries: [
      {
        ...(tail ? base?.entries.at(-1) : {}),
        segment: table,
        number: target.number,
        spans: null,
        cut: false,
        fingerprint: older.length > 0 ? held : fingerprint,
      },
    ],
    covered: normalise([...before, ...spans]),
    older,
    shared: [],
  };
}

/** Rows that the model's statements change stand in a plain table that no other version shares. */
function ownTable(rows: RowsInput): PlannedRows {
  const { base, fresh, candidate, spans, state } = rows;
  const fingerprint = printOf(rows);
  const table = segmentName(state, candidate.edition.model, fingerprint);
  const copies = base !== undefined && base.entries.length > 0 && !fresh;
  const covered = normalise([...(copies ? base.covered : []), ...spans]);
  const isByTime = candidate.model.kind.name === 'INCREMENTAL_BY_TIME_RANGE';
  return {
    target: copies
      ? { mode: 'copy', table, number: null, from: base.number }
      : { mode: 'new', table, number: null },
    batches: batchesOf(rows),
    whole: false,
    entries: [{ segment: table, number: null, spans: isByTime ? covered : null, cut: false, fingerprint }],
    covered,
    older: [],
    shared: [],
  };
}

function timeTable(rows: RowsInput): PlannedRows {
  const { base, spans, candidate } = rows;
  const fingerprint = printOf(rows);
  const tail = writableTail(rows);
  const table = tail?.table ?? segmentName(rows.state, candidate.edition.model, fingerprint);
  const target: Target = tail ?? { mode: 'new', table, number: 1 };
  const left = (base?.entries ?? [])
    .filter((entry) => entry.segment !== table)
    .map((entry) => cutEntry(entry, spans))
    .filter((entry) => (entry.spans?.length ?? 0) > 0);
  const mine = base?.entries.find((entry) => entry.segment === table);
  const own: Entry = {
    ...(mine ?? { segment: table, cut: false }),
    number: target.number,
    spans: normalise([...(mine?.spans ?? []), ...spans]),
    fingerprint,
  };
  return {
    target,
    batches: batchesOf(rows),
    whole: false,
    entries: [...left, own],
    covered: normalise([...(base?.covered ?? []), ...spans]),
    older: normalise(
      left.filter((entry) => entry.fingerprint !== fingerprint).flatMap((entry) => entry.spans ?? []),
    ),
    shared: normalise(left.flatMap((entry) => entry.spans ?? [])),
  };
}

function cutEntry(entry: Entry, away: readonly Interval[]): Entry {
  const spans = subtract(entry.spans ?? [], away);
  const cut = entry.cut || intersect(entry.spans ?? [], away).length > 0;
  return { ...entry, spans, cut };
}

/**
 * The line's last segment, if this plan may write it: only appended history under the same logic, and only while the newest version
 * stands at the segment's head.
 */
function writableTail(rows: RowsInput): Extract<Target, { mode: 'tail' }> | undefined {
  const { base, appends, state } = rows;
  const last = base?.entries.at(-1);
  const head = last && state.segments.get(last.segment)?.head;
  if (!appends || !last || last.cut || last.number === null || head !== last.number) return undefined;
  if (last.fingerprint !== printOf(rows)) return undefined;
  return { mode: 'tail', table: last.segment, number: last.number + 1 };
}

function batchesOf({ candidate, spans }: RowsInput): readonly Interval[] {
  return batchesFor(candidate.model, spans);
}

/** Spans as the batches that a model is computed or audited in. */
export function batchesFor(model: Model, spans: readonly Interval[]): readonly Interval[] {
  const size = isIncremental(model.kind) ? model.kind.batchSize : null;
  return cutBatches(normalise(spans), unitOf(model), size);
}

function printOf({ candidate }: RowsInput): string {
  return candidate.edition.print.version;
}

/** `<model>__<short fingerprint>__<n>`, with a number that no segment of the model has yet. */
function segmentName(state: WarehouseState, model: string, fingerprint: string): string {
  const stem = model.replace(/[^\p{L}\p{N}_]+/gu, '__').slice(0, 40);
  const numbers = [...state.segments.values()]
    .filter((segment) => segment.model === model)
    .map((segment) => Number(/__(\d+)$/.exec(segment.table)?.[1] ?? 0));
  return `${stem}__${fingerprint.slice(0, 6)}__${Math.max(0, ...numbers) + 1}`;
}
