import { previousTick } from '../cron';
import { cronOf } from '../intervals';
import type { Candidates } from './candidate';

interface Covering {
  readonly candidates: Candidates;
  /** how many ticks of its cron each model is to cover at the least */
  readonly count: number;
  /** the models that may be computed; null: all, so that no start is moved */
  readonly backfill: readonly string[] | null;
  readonly start: number | null;
  readonly end: number;
  /** how far prod is, by model */
  readonly ends: ReadonlyMap<string, number> | null;
}

/**
 * Where models begin to be looked at so that each covers a number of ticks of its cron, whatever the plan's start is; what a model
 * reads begins no later than the model (SQLMesh: `--min-intervals`).
 */
export function coveringStarts(from: Covering): ReadonlyMap<string, number> {
  const { candidates, count, backfill, start } = from;
  const starts = new Map<string, number>();
  if (count === 0 || !backfill || start === null) return starts;
  const wanted = new Set(backfill);
  const own = [...candidates].filter(([name]) => wanted.has(name)).reverse();
  for (const [name, { model }] of own) {
    const below = own
      .filter(([, child]) => child.edition.parents[name] !== undefined)
      .map(([child]) => starts.get(child) ?? start);
    const last = from.ends?.get(name) ?? from.end;
    const cron = cronOf(model);
    let first = previousTick(cron, model.end !== null && model.end < from.end ? model.end : last);
    for (let tick = 0; tick < count; tick++) first = previousTick(cron, first - 1);
    starts.set(name, Math.min(first, ...(below.length > 0 ? below : [start])));
  }
  return starts;
}
