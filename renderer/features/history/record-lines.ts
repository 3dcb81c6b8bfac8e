import type { HistoryEntry } from '../../../shared/protocol/views/history';
import { kindWords, type Outcome, outcomeWords, type RecordKind } from './record-words';

/** Which records are wanted; null takes all kinds or outcomes. */
export interface RecordFilter {
  readonly text: string;
  readonly kind: RecordKind | null;
  readonly outcome: Outcome | null;
}

export const everything: RecordFilter = { text: '', kind: null, outcome: null };

/** A line of the list: the head of a day in UTC, or a record. */
export type RecordLine =
  | { readonly type: 'day'; readonly day: string; readonly records: number }
  | { readonly type: 'record'; readonly record: HistoryEntry };

export function filterRecords(records: readonly HistoryEntry[], filter: RecordFilter): HistoryEntry[] {
  const words = filter.text.toLowerCase().split(/\s+/).filter(Boolean);
  return records.filter(
    (record) =>
      (filter.kind === null || record.kind === filter.kind) &&
      (filter.outcome === null || record.outcome === filter.outcome) &&
      (words.length === 0 || words.every((word) => searchText(record).includes(word))),
  );
}

/** Records under the heads of their days, in the order they come in. */
export function groupByDay(records: readonly HistoryEntry[]): RecordLine[] {
  const days = new Map<string, HistoryEntry[]>();
  for (const record of records) {
    const day = record.startedAt.slice(0, 10);
    const found = days.get(day);
    if (found) found.push(record);
    else days.set(day, [record]);
  }
  return [...days].flatMap(([day, found]): RecordLine[] => [
    { type: 'day', day, records: found.length },
    ...found.map((record): RecordLine => ({ type: 'record', record })),
  ]);
}

/** How many records there are of each kind or outcome, by name; what does not occur is left out. */
export function countBy<Key extends 'kind' | 'outcome'>(
  records: readonly HistoryEntry[],
  key: Key,
): ReadonlyMap<HistoryEntry[Key], number> {
  const counts = new Map<HistoryEntry[Key], number>();
  for (const record of records) counts.set(record[key], (counts.get(record[key]) ?? 0) + 1);
  return counts;
}

/** The line that a key leads to from the line of a record; day heads are passed over. Undefined for other keys. */
export function moveLine(
  lines: readonly RecordLine[],
  from: number,
  press: { key: string; page: number },
): number | undefined {
  const last = lines.length - 1;
  switch (press.key) {
    case 'ArrowDown':
      return nextRecord(lines, from + 1, 1) ?? from;
    case 'ArrowUp':
      return nextRecord(lines, from - 1, -1) ?? from;
    case 'PageDown':
      return nextRecord(lines, Math.min(last, from + press.page), -1);
    case 'PageUp':
      return nextRecord(lines, Math.max(0, from - press.page), 1);
    case 'Home':
      return nextRecord(lines, 0, 1);
    case 'End':
      return nextRecord(lines, last, -1);
    default:
      return undefined;
  }
}

function nextRecord(lines: readonly RecordLine[], from: number, step: 1 | -1): number | undefined {
  for (let at = from; at >= 0 && at < lines.length; at += step) if (lines[at]?.type === 'record') return at;
  return undefined;
}

function searchText(record: HistoryEntry): string {
  const { id, title, environment, user, commit, release, kind, outcome } = record;
  const numbered = release === null ? '' : `release ${release}`;
  const words = [kindWords[kind].title, outcomeWords[outcome].title];
  return [id, title, environment, user, commit, numbered, ...words].join(' ').toLowerCase();
}
