import type { Span } from '../../../../shared/protocol/views/common';

/** A part of a bar in percent of its width. */
export interface Share {
  readonly left: number;
  readonly width: number;
}

const MONTH = 30.4 * 86_400_000;
const MOST_TICKS = 14;

/** Where spans lie on a bar that stands for a history; what reaches over its ends is cut. */
export function toShares(spans: readonly Span[], history: Span): Share[] {
  const from = Date.parse(history.from);
  const length = Date.parse(history.to) - from;
  if (!(length > 0)) return [];
  return spans.flatMap((span) => {
    const left = Math.max(0, (Date.parse(span.from) - from) / length);
    const right = Math.min(1, (Date.parse(span.to) - from) / length);
    return right > left ? [{ left: left * 100, width: (right - left) * 100 }] : [];
  });
}

/** Where months begin on a bar in percent, or years where months would be too many; nothing past that. */
export function ticksOf(history: Span): number[] {
  const from = Date.parse(history.from);
  const to = Date.parse(history.to);
  const months = (to - from) / MONTH;
  const step = months <= MOST_TICKS ? 1 : months <= MOST_TICKS * 12 ? 12 : 0;
  if (step === 0 || !(to > from)) return [];
  const start = new Date(from);
  const ticks: number[] = [];
  const first = step === 1 ? start.getUTCMonth() : 0;
  for (let month = first + step; ; month += step) {
    const time = Date.UTC(start.getUTCFullYear(), month, 1);
    if (time >= to) return ticks;
    if (time > from) ticks.push(((time - from) / (to - from)) * 100);
  }
}
