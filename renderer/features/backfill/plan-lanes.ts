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
export function laneRange(models: readonly PlannedModel[]): { from: number; to: number } | null {
  const spans = models
    .filter(({ whole }) => !whole)
    .flatMap(({ spans, shared, older }) => [...spans, ...shared, ...older]);
  if (spans.length === 0) return null;
  return {
    from: spans.reduce((least, { from }) => Math.min(least, Date.parse(from)), Number.POSITIVE_INFINITY),
    to: spans.reduce((most, { to }) => Math.max(most, Date.parse(to)), Number.NEGATIVE_INFINITY),
  };
}

/** What of a model's history is computed, taken over, or left under older logic; what is computed lies on top. */
export function laneParts(model: PlannedModel, range: { from: number; to: number }): readonly LanePart[] {
  const length = Math.max(1, range.to - range.from);
  const share = (instant: string): number => (Date.parse(instant) - range.from) / length;
  const partsOf = (kind: LanePart['kind'], spans: readonly Span[]): LanePart[] =>
    spans.map((span) => ({ kind, from: share(span.from), to: share(span.to), span }));
  return [
    ...partsOf('shared', model.shared),
    ...partsOf('older', model.older),
    ...partsOf('compute', model.spans),
  ];
}
