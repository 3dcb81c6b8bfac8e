// Moments as cases write them ('YYYY-MM-DD HH:MM:SS', UTC) and spans of them, half-open.
import type { Ranges, Span } from '../runner/format';

export const millisOf = (moment: string): number => Date.parse(`${moment.replace(' ', 'T')}Z`);

function momentOf(millis: number): string {
  return new Date(millis).toISOString().slice(0, 19).replace('T', ' ');
}

/** Midnight after a day. */
export const dayAfter = (day: string): string => momentOf(millisOf(`${day} 00:00:00`) + 86_400_000);

const later = (a: string, b: string): string => [a, b].sort()[1] ?? a;

const earlier = (a: string, b: string): string => [a, b].sort()[0] ?? a;

/** Spans in order, touching ones joined. */
export function joined(ranges: Ranges): Span[] {
  const out: Span[] = [];
  for (const [from, to] of [...ranges].sort(([a], [b]) => (a < b ? -1 : 1))) {
    const last = out.at(-1);
    if (last && from <= last[1]) out[out.length - 1] = [last[0], later(to, last[1])];
    else out.push([from, to]);
  }
  return out;
}

/** What of `ranges` lies in none of `taken`. */
export function without(ranges: Ranges, taken: Ranges): Span[] {
  return joined(taken).reduce<Span[]>(
    (left, [from, to]) =>
      left.flatMap(([start, end]): Span[] => {
        if (to <= start || from >= end) return [[start, end]];
        return [...(start < from ? [[start, from] as const] : []), ...(to < end ? [[to, end] as const] : [])];
      }),
    joined(ranges),
  );
}

export function covers(ranges: Ranges, [from, to]: Span): boolean {
  return without([[from, to]], ranges).length === 0;
}

/** A model's unit: from an earlier count of its intervals, in ms; a month where the count fits months alone. */
export interface Unit {
  /** the number of units in spans */
  count(ranges: Ranges): number;
  /** the moment some units after another */
  after(moment: string, units: number): string;
}

/** The unit of which `count` fill `ranges`. */
export function unitOf(count: number, ranges: Ranges): Unit {
  const length = (spans: Ranges) => spans.reduce((sum, [from, to]) => sum + millisOf(to) - millisOf(from), 0);
  const months = (spans: Ranges) =>
    spans.reduce((sum, [from, to]) => sum + monthNumber(to) - monthNumber(from), 0);
  const millis = length(ranges) / Math.max(count, 1);
  if (millis > 27 * 86_400_000 && months(ranges) === count)
    return { count: months, after: (moment, units) => addMonths(moment, units) };
  return {
    count: (spans) => Math.round(length(spans) / millis),
    after: (moment, units) => momentOf(millisOf(moment) + units * millis),
  };
}

const monthNumber = (moment: string): number => Number(moment.slice(0, 4)) * 12 + Number(moment.slice(5, 7));

function addMonths(moment: string, months: number): string {
  const date = new Date(millisOf(moment));
  return momentOf(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + months, 1));
}

/** Spans cut into batches of so many units; each span is one batch where there is no size. */
export function batchesOf(ranges: Ranges, unit: Unit, size: number | undefined): Span[] {
  if (!size) return [...ranges];
  return ranges.flatMap(([from, to]) => {
    const batches: Span[] = [];
    for (let start = from; start < to; ) {
      const next = unit.after(start, size);
      batches.push([start, earlier(next, to)]);
      start = next;
    }
    return batches;
  });
}
