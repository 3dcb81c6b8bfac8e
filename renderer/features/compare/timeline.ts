import type { Span } from '../../../shared/protocol/views/common';
import type { ModelComparison, PartitionDiff } from '../../../shared/protocol/views/compare';

type Unit = ModelComparison['partitionUnit'];

/** One partition's place on the time axis, whether it was read or not. */
export interface Slot {
  readonly from: number;
  readonly to: number;
  /** undefined where nothing was read */
  readonly partition: PartitionDiff | undefined;
  /** equal without reading, since both sides share the segment */
  readonly isShared: boolean;
  /** filled under older logic than the new side's own */
  readonly isOlder: boolean;
}

export interface Tick {
  readonly slot: number;
  readonly text: string;
}

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const MOST_SLOTS = 4000;
const LEAST_GAP = 7;
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** Every partition from the first to the last that was read or shared, with gaps where there is none. */
export function buildSlots(model: ModelComparison): readonly Slot[] {
  const { partitions, partitionUnit, shared, older } = model;
  if (partitionUnit === 'none' && partitions.length === 0) return [];
  const known = [...partitions, ...shared];
  if (known.length === 0) return [];
  const first = partitionStart(Math.min(...known.map(({ from }) => Date.parse(from))), partitionUnit);
  const last = Math.max(...known.map(({ to }) => Date.parse(to)));
  const byStart = new Map(partitions.map((partition) => [Date.parse(partition.from), partition]));
  const starts = startsBetween(first, last, partitionUnit) ?? [...byStart.keys()].toSorted((a, b) => a - b);
  return starts.map((from) => {
    const to = partitionEnd(from, partitionUnit);
    const partition = byStart.get(from);
    const isShared = !partition && touches(shared, from, to);
    return { from, to, partition, isShared, isOlder: touches(older, from, to) };
  });
}

/** Words on the axis: months over days, years over months, days over hours; never nearer than they can be read. */
export function buildTicks(slots: readonly Slot[], unit: Unit): readonly Tick[] {
  const ticks: Tick[] = [];
  for (const [slot, { from }] of slots.entries()) {
    const text = tickText(from, unit, ticks.length === 0);
    const before = ticks.at(-1);
    if (text && (!before || slot - before.slot >= LEAST_GAP)) ticks.push({ slot, text });
  }
  return ticks;
}

/** `2025-02-14`, `2025-02` or `2025-02-14 09:00`. */
export function partitionName(from: number | string, unit: Unit): string {
  const text = new Date(from).toISOString();
  if (unit === 'month') return text.slice(0, 7);
  return unit === 'hour' ? `${text.slice(0, 10)} ${text.slice(11, 16)}` : text.slice(0, 10);
}

/** `partition` in the words of its unit. */
export function unitName(unit: Unit): string {
  return unit === 'none' ? 'partition' : unit;
}

function startsBetween(first: number, last: number, unit: Unit): number[] | undefined {
  const starts: number[] = [];
  for (let at = first; at < last; at = partitionEnd(at, unit)) {
    if (starts.length === MOST_SLOTS) return undefined;
    starts.push(at);
  }
  return starts;
}

function partitionStart(time: number, unit: Unit): number {
  const date = new Date(time);
  if (unit === 'month') return Date.UTC(date.getUTCFullYear(), date.getUTCMonth(), 1);
  const step = unit === 'hour' ? HOUR : DAY;
  return Math.floor(time / step) * step;
}

function partitionEnd(from: number, unit: Unit): number {
  if (unit === 'hour') return from + HOUR;
  if (unit !== 'month') return from + DAY;
  const date = new Date(from);
  return Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 1);
}

function tickText(from: number, unit: Unit, isFirst: boolean): string | undefined {
  const date = new Date(from);
  const year = String(date.getUTCFullYear());
  const month = MONTHS[date.getUTCMonth()] ?? '';
  if (unit === 'month') return date.getUTCMonth() === 0 || isFirst ? year : undefined;
  if (unit === 'hour')
    return date.getUTCHours() === 0 || isFirst ? `${date.getUTCDate()} ${month}` : undefined;
  if (date.getUTCDate() !== 1 && !isFirst) return undefined;
  return date.getUTCMonth() === 0 || isFirst ? `${month} ${year}` : month;
}

function touches(spans: readonly Span[], from: number, to: number): boolean {
  return spans.some((span) => Date.parse(span.from) < to && Date.parse(span.to) > from);
}
