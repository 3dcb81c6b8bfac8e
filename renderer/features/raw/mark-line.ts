/** A line parted around what is bad in it; `before` and `after` are cut where there is no room for all. */
export interface MarkedParts {
  readonly before: string;
  readonly bad: string;
  readonly after: string;
}

const ELLIPSIS = '…';
const LINE_END = '↵';
/** letters kept before the bad part when the head of a line must be cut */
const LEAD = 24;

/**
 * Parts a line for showing it on one line of `room` letters. The bad part stays in sight: a long head is cut first.
 * An empty bad part is where something is missing; the end of the line is shown as a sign.
 */
export function markLine(line: { raw: string; start: number; end: number }, room: number): MarkedParts {
  const start = clamp(line.start, line.raw.length);
  const end = Math.max(start, clamp(line.end, line.raw.length));
  const bad = onOneLine(line.raw.slice(start, end));
  const isAtEnd = start === end && end === line.raw.length;
  const marked = isAtEnd ? LINE_END : bad;
  const head = onOneLine(line.raw.slice(0, start));
  const isInSight = head.length + Math.min(marked.length, LEAD) <= room;
  const kept = Math.max(0, Math.min(LEAD, Math.floor((room - marked.length) / 2)));
  const before = isInSight ? head : ELLIPSIS + (kept > 0 ? head.slice(-kept) : '');
  const left = Math.max(0, room - before.length - marked.length);
  const tail = onOneLine(line.raw.slice(end, end + left + 1));
  const after = tail.length > left ? tail.slice(0, Math.max(0, left - 1)) + ELLIPSIS : tail;
  return { before, bad: marked, after };
}

function clamp(at: number, length: number): number {
  return Math.min(length, Math.max(0, at));
}

// Line ends within quotes would hide what follows them.
function onOneLine(text: string): string {
  return text.replace(/\r\n|\r|\n/g, LINE_END);
}
