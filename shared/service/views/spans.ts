import { type Interval, toIso } from '../../base/time';
import type { Span } from '../../protocol/views/common';

export function spanView(span: Interval): Span {
  return { from: toIso(span.from), to: toIso(span.to) };
}

export function spanViews(spans: readonly Interval[]): Span[] {
  return spans.map(spanView);
}

export function isoOrNull(time: number | null | undefined): string | null {
  return time === null || time === undefined ? null : toIso(time);
}
