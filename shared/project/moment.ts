import { DAY } from '../base/time';

const DATE = /^(\d{4})-(\d{2})-(\d{2})(?:[T ](\d{2}):(\d{2})(?::(\d{2})(?:\.(\d{1,6}))?)?)?(?:Z|\+00:?00)?$/;

/** A date or time in UTC as ms, or null where the text is none; a date that does not exist (2025-02-30) is none either. */
export function parseMoment(text: string): number | null {
  const match = DATE.exec(text.trim());
  if (!match) return null;
  const [, year, month, day, hour = '0', minute = '0', second = '0', fraction = '0'] = match;
  const time = Date.UTC(
    Number(year),
    Number(month) - 1,
    Number(day),
    Number(hour),
    Number(minute),
    Number(second),
    Number(fraction.padEnd(3, '0').slice(0, 3)),
  );
  return new Date(time).getUTCDate() === Number(day) ? time : null;
}

/** The end of a range as a person writes it: a date without a time includes that day. */
export function parseInclusiveEnd(text: string): number | null {
  const time = parseMoment(text);
  if (time === null) return null;
  return /[T :]/.test(text.trim()) ? time : time + DAY;
}
