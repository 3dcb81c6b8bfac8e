import { DAY, type Interval, subtract } from '../base/time';
import type { Model } from '../project/model';
import { type Cron, floorTo, type IntervalUnit, previousTick, readCron, step } from './cron';

const FALLBACK = readCron('@daily') as Cron;

/** The cron of a model; one that cannot be read counts as daily (loading reports it). */
export function cronOf(model: Pick<Model, 'cron'> & Partial<Pick<Model, 'cronZone'>>): Cron {
  return readCron(model.cron, model.cronZone ?? null) ?? FALLBACK;
}

const UNITS: Readonly<Record<string, IntervalUnit>> = {
  year: 'year',
  month: 'month',
  day: DAY,
  hour: 3_600_000,
  half_hour: 1_800_000,
  quarter_hour: 900_000,
  five_minute: 300_000,
};

/** The length of a model's intervals: what it says itself, else what its cron gives. */
export function unitOf(model: Pick<Model, 'cron' | 'intervalUnit'>): IntervalUnit {
  return UNITS[model.intervalUnit?.toLowerCase() ?? ''] ?? cronOf(model).unit;
}

/** The history that a model should hold at the execution time: from its start to the last tick of its cron, whole intervals only. */
export function historyOf(model: Pick<Model, 'cron' | 'start' | 'end'>, executionTime: number): Interval {
  const cron = cronOf(model);
  const to = floorTo(
    cron.unit,
    Math.min(previousTick(cron, executionTime), model.end ?? Number.POSITIVE_INFINITY),
  );
  const start = model.start ?? step(cron.unit, to, -1);
  return { from: floorTo(cron.unit, start), to: Math.max(to, floorTo(cron.unit, start)) };
}

/** The smallest whole intervals that hold a span. */
export function alignOut(unit: IntervalUnit, span: Interval): Interval {
  const from = floorTo(unit, span.from);
  const floor = floorTo(unit, span.to);
  return { from, to: floor === span.to ? floor : step(unit, floor) };
}

/** The whole intervals that lie within a span; turned round where there is none. */
export function alignIn(unit: IntervalUnit, span: Interval): Interval {
  const floor = floorTo(unit, span.from);
  return { from: floor < span.from ? step(unit, floor) : floor, to: floorTo(unit, span.to) };
}

/** What of the wanted history is not covered, plus the last `lookback` intervals before what is new. */
export function missingIntervals(
  wanted: Interval,
  covered: readonly Interval[],
  lookback: { unit: IntervalUnit; count: number },
): readonly Interval[] {
  const missing = subtract([wanted], covered);
  const first = missing[0];
  if (!first || lookback.count === 0) return missing;
  const reach = {
    from: Math.max(wanted.from, step(lookback.unit, first.from, -lookback.count)),
    to: first.to,
  };
  return subtract([wanted], subtract(covered, [reach]));
}

/**
 * Cuts each span into batches of `size` intervals from its start on, as SQLMesh does: where batches end is the model's say, since
 * it can change rows. Null: one batch a span.
 */
export function cutBatches(
  spans: readonly Interval[],
  unit: IntervalUnit,
  size: number | null,
): readonly Interval[] {
  if (size === null) return spans;
  return spans.flatMap((span) => {
    const batches: Interval[] = [];
    for (let from = span.from; from < span.to; ) {
      const to = Math.min(step(unit, from, size), span.to);
      batches.push({ from, to });
      from = to;
    }
    return batches;
  });
}

/** How many intervals of the unit a span holds. */
export function countIntervals(unit: IntervalUnit, spans: readonly Interval[]): number {
  return cutBatches(spans, unit, 1).length;
}
