import { DAY, toDay, toTimestamp } from '../../../../shared/base/time';
import type { Span } from '../../../../shared/protocol/views/common';

/** What is rendered: empty texts for the last interval. */
export interface RenderChoice {
  readonly model: string;
  readonly environment: string;
  readonly start: string;
  readonly end: string;
}

/** A half-open span as people say it: its last day is part of it. */
export function spanWords({ from, to }: Span): string {
  const [start, end] = [Date.parse(from), Date.parse(to)];
  if (start % DAY !== 0 || end % DAY !== 0) return `${toTimestamp(start)} to ${toTimestamp(end)}`;
  const [first, last] = [toDay(start), toDay(end - 1)];
  return first >= last ? first : `${first} to ${last}`;
}

/** The same on the command line. */
export function renderLine({ model, start, end }: RenderChoice): string {
  return [
    `teal render ${model}`,
    start === '' ? '' : `--start ${quoted(start)}`,
    end === '' ? '' : `--end ${quoted(end)}`,
  ]
    .filter(Boolean)
    .join(' ');
}

function quoted(text: string): string {
  return /^[\w:@.+-]+$/.test(text) ? text : `"${text}"`;
}
