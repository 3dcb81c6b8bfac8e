/** A half-open span `[from, to)` in milliseconds since 1970 UTC. */
export interface Interval {
  readonly from: number;
  readonly to: number;
}

export const DAY = 86_400_000;

/** `2025-02-01T00:00:00.000Z`; as TIMESTAMP text `2025-02-01 00:00:00`. */
export function toIso(time: number): string {
  return new Date(time).toISOString();
}

/** `2025-02-01` */
export function toDay(time: number): string {
  return toIso(time).slice(0, 10);
}

/** `2025-02-01 00:00:00`, with milliseconds only where there are any. */
export function toTimestamp(time: number): string {
  return toIso(time).replace('T', ' ').replace('.000Z', '').replace('Z', '');
}

/** Sorted spans without overlap, touching ones joined. */
export function normalise(spans: readonly Interval[]): readonly Interval[] {
  const sorted = spans.filter((span) => span.to > span.from).toSorted((a, b) => a.from - b.from);
  const out: Interval[] = [];
  for (const span of sorted) {
    const last = out.at(-1);
    if (last && span.from <= last.to)
      out[out.length - 1] = { from: last.from, to: Math.max(last.to, span.to) };
    else out.push(span);
  }
  return out;
}

/** The part of `spans` that `cut` does not cover. */
export function subtract(spans: readonly Interval[], cut: readonly Interval[]): readonly Interval[] {
  let rest = normalise(spans);
  for (const hole of normalise(cut)) {
    rest = rest.flatMap((span) =>
      [
        { from: span.from, to: Math.min(span.to, hole.from) },
        { from: Math.max(span.from, hole.to), to: span.to },
      ].filter((piece) => piece.to > piece.from),
    );
  }
  return rest;
}

/** The part that both cover. */
export function intersect(a: readonly Interval[], b: readonly Interval[]): readonly Interval[] {
  return subtract(a, subtract(a, b));
}

export function covers(spans: readonly Interval[], wanted: Interval): boolean {
  return subtract([wanted], spans).length === 0;
}

export function totalLength(spans: readonly Interval[]): number {
  return normalise(spans).reduce((sum, span) => sum + span.to - span.from, 0);
}
