import { type Interval, subtract, toIso } from '../../../shared/base/time';
import type { PlannedModel } from '../../../shared/protocol/views/backfill';
import type { Span } from '../../../shared/protocol/views/common';

/** A stretch of a lane, from and to as shares of the whole. */
export interface LanePart {
  readonly kind: 'compute' | 'shared' | 'older';
  readonly from: number;
  readonly to: number;
  readonly span: Span;
}

/** The time that the lanes of a plan stand for, from its first moment to its last; null where only whole tables are filled. */
export function laneRange(models: readonly PlannedModel[]): Interval | null {
  const spans = models
    .filter(({ whole }) => !whole)
    .flatMap(({ spans, shared, older }) => [...spans, ...shared, ...older]);
  if (spans.length === 0) return null;
  return {
    from: spans.reduce((least, { from }) => Math.min(least, Date.parse(from)), Number.POSITIVE_INFINITY),
    to: spans.reduce((most, { to }) => Math.max(most, Date.parse(to)), Number.NEGATIVE_INFINITY),
  };
}

/** What of a model's history is computed, taken over under the same logic, or left under an older one. */
export function laneParts(model: PlannedModel, range: Interval): readonly LanePart[] {
  const length = Math.max(1, range.to - range.from);
  const partsOf = (kind: LanePart['kind'], spans: readonly Interval[]): LanePart[] =>
    spans.map((span) => ({
      kind,
      from: (span.from - range.from) / length,
      to: (span.to - range.from) / length,
      span: { from: toIso(span.from), to: toIso(span.to) },
    }));
  const older = intervalsOf(model.older);
  return [
    ...partsOf('shared', subtract(intervalsOf(model.shared), older)),
    ...partsOf('older', older),
    ...partsOf('compute', intervalsOf(model.spans)),
  ];
}

function intervalsOf(spans: readonly Span[]): readonly Interval[] {
  return spans.map(({ from, to }) => ({ from: Date.parse(from), to: Date.parse(to) }));
}
