const MOMENT = /^\d{4}-\d{2}-\d{2}([ T]\d{2}:\d{2}(:\d{2})?)?$/;

/** Whether a text is a day or a moment as people type them: `2025-02-01`, `2025-02-01 06:00`. */
export function isMomentText(text: string): boolean {
  return MOMENT.test(text) && Number.isFinite(Date.parse(`${text.slice(0, 10)}T00:00:00Z`));
}

/** What is wrong with a span that is typed, and in which field; an empty field leaves its end open. */
export function spanProblem({
  start,
  end,
}: {
  readonly start: string;
  readonly end: string;
}): { readonly field: 'start' | 'end'; readonly text: string } | undefined {
  if (start !== '' && !isMomentText(start)) return { field: 'start', text: 'A date, as 2025-02-01' };
  if (end !== '' && !isMomentText(end)) return { field: 'end', text: 'A date, as 2025-02-28' };
  if (start !== '' && end !== '' && start > end) return { field: 'end', text: 'Not before the start' };
  return undefined;
}
