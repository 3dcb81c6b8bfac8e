import type { Session } from '../engine/contract';
import { join, sql } from '../sql/sql';

/** A line that could not be loaded; `start` and `end` mark its bad part in UTF-16 units of `raw`. */
export interface QuarantinedLine {
  readonly file: string;
  /** from 1; in JSON arrays the number of the element */
  readonly line: number;
  /** empty where the whole line is at fault */
  readonly column: string;
  readonly reason: string;
  readonly raw: string;
  readonly start: number;
  readonly end: number;
}

const longestKept = 100_000;
const perStatement = 500;

/** Adds lines to a snapshot's quarantine. Of a line past 100,000 characters the start is kept; the file holds the rest. */
export async function writeQuarantine(
  session: Session,
  snapshot: string,
  lines: readonly QuarantinedLine[],
): Promise<void> {
  for (let from = 0; from < lines.length; from += perStatement) {
    const values = lines.slice(from, from + perStatement).map((line) => {
      const raw = line.raw.slice(0, longestKept);
      const [start, end] = [Math.min(line.start, raw.length), Math.min(line.end, raw.length)];
      return sql`(${snapshot}, ${line.file}, ${line.line}, ${line.column}, ${line.reason}, ${raw}, ${start}, ${end})`;
    });
    await session.run(sql`INSERT INTO teal.quarantine VALUES ${join(values)}`);
  }
}

/** The heading under which a reason is counted: "5 of 9 columns" stands under "Too few columns". */
export function reasonGroup(reason: string): string {
  const found = /^(\d+) of (\d+) columns$/.exec(reason);
  if (!found) return reason;
  return Number(found[1]) < Number(found[2]) ? 'Too few columns' : 'Too many columns';
}
