import type { Span } from '../../../../shared/protocol/views/common';
import { floorToUnit, GRID_UNITS, type GridUnit, nextUnit } from './units';

/** The columns that all rows of a grid share; `starts` holds one more than there are columns, the end of the last. */
export interface GridFrame {
  readonly unit: GridUnit;
  readonly starts: readonly number[];
}

/** More columns than this are taken together: days to weeks, weeks to months. */
const MOST_COLUMNS = 400;

/**
 * The finest unit, days or hours, made coarser until there are few enough columns; units on which the spans begin and
 * end come before those that cut them. Null where there is no span, as in a run of whole tables only.
 */
export function buildFrame(spans: readonly Span[], most = MOST_COLUMNS): GridFrame | null {
  const edges = spans.flatMap(({ from, to }) => [Date.parse(from), Date.parse(to)]);
  if (edges.length === 0) return null;
  const first = edges.reduce((least, edge) => Math.min(least, edge));
  const last = edges.reduce((latest, edge) => Math.max(latest, edge));
  const fits = (unit: GridUnit): boolean => edges.every((edge) => floorToUnit(unit, edge) === edge);
  const units = GRID_UNITS.slice(fits('day') ? 1 : 0);
  for (const unit of [...units.filter(fits), ...units]) {
    const starts = startsOf(unit, { first, last, most });
    if (starts) return { unit, starts };
  }
  return { unit: 'year', starts: startsOf('year', { first, last, most: Number.POSITIVE_INFINITY }) ?? [] };
}

/** The column that holds a time; times outside count as the first or the last. */
export function columnAt({ starts }: GridFrame, time: number): number {
  let low = 0;
  let high = Math.max(0, starts.length - 2);
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((starts[middle] ?? 0) <= time) low = middle;
    else high = middle - 1;
  }
  return low;
}

export function columnCount(frame: GridFrame | null): number {
  return frame ? Math.max(0, frame.starts.length - 1) : 0;
}

function startsOf(
  unit: GridUnit,
  range: { first: number; last: number; most: number },
): readonly number[] | undefined {
  const starts = [floorToUnit(unit, range.first)];
  for (let at = starts[0] ?? 0; at < range.last; ) {
    at = nextUnit(unit, at);
    starts.push(at);
    if (starts.length - 1 > range.most) return undefined;
  }
  return starts;
}
