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

const RELATIVE = /^(?:(in)\s+)?(an?|\d+)\s+(second|sec|minute|min|hour|day|week|month|year)s?(?:\s+(ago))?$/i;
const NAMED: Readonly<Record<string, number>> = { yesterday: -DAY, today: 0, tomorrow: DAY };
const UNITS: Readonly<Record<string, number>> = {
  second: 1000,
  sec: 1000,
  minute: 60_000,
  min: 60_000,
  hour: 3_600_000,
  day: DAY,
  week: 7 * DAY,
};

/** A moment that is told from another one: `1 week ago`, `in 2 days`, `yesterday`; null where the text is none. Days count from midnight. */
export function parseRelative(text: string, now: number): number | null {
  const plain = text.trim().toLowerCase();
  const midnight = Math.floor(now / DAY) * DAY;
  if (plain === 'now') return now;
  if (Object.hasOwn(NAMED, plain)) return midnight + (NAMED[plain] ?? 0);
  const match = RELATIVE.exec(plain);
  if (!match || Boolean(match[1]) === Boolean(match[4])) return null;
  const [, ahead, number = '', unit = ''] = match;
  const count = (/^an?$/.test(number) ? 1 : Number(number)) * (ahead ? 1 : -1);
  const length = UNITS[unit];
  if (length !== undefined) return (length < DAY ? now : midnight) + count * length;
  return addMonths(midnight, count * (unit === 'year' ? 12 : 1));
}

/** The same day of another month, or that month's last one. */
function addMonths(time: number, months: number): number {
  const date = new Date(time);
  const first = Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + months, 1);
  const last = new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + months + 1, 0)).getUTCDate();
  return first + (Math.min(date.getUTCDate(), last) - 1) * DAY;
}

/** What SQLMesh takes as a number: a day as `20250201`, else milliseconds since 1970. */
export function parseNumber(text: string): number | null {
  const plain = text.trim();
  if (!/^\d+$/.test(plain)) return null;
  const day = /^(\d{4})(\d{2})(\d{2})$/.exec(plain);
  return (day && parseMoment(day.slice(1).join('-'))) ?? Number(plain);
}
