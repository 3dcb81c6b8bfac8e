import { DAY, toDay, toTimestamp } from '../../../../shared/base/time';
import type { Span } from '../../../../shared/protocol/views/common';

/** What is rendered: empty texts for the last interval. */
export interface RenderChoice {
  readonly model: string;
  readonly environment: string;
  readonly start: string;
  readonly end: string;
}

const DATE = /^\d{4}-\d{2}-\d{2}([ T]\d{2}:\d{2}(:\d{2})?)?$/;

/** What is wrong with a span that is typed, and in which field; undefined where it can be asked for. */
export function spanProblem({
  start,
  end,
}: {
  start: string;
  end: string;
}): { field: 'start' | 'end'; text: string } | undefined {
  const isMoment = (text: string): boolean =>
    text === '' || (DATE.test(text) && Number.isFinite(Date.parse(`${text.slice(0, 10)}T00:00:00Z`)));
  if (!isMoment(start)) return { field: 'start', text: 'A date, as 2025-02-01' };
  if (!isMoment(end)) return { field: 'end', text: 'A date, as 2025-02-28' };
  if (start !== '' && end !== '' && start > end) return { field: 'end', text: 'Not before the start' };
  return undefined;
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
