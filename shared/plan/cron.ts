import { DAY } from '../base/time';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

/** The length in ms of a model's intervals, or `month`/`year` where they are of the calendar. */
export type IntervalUnit = number | 'month' | 'year';

/** A cron expression as sets of the moments it fires at, in UTC. */
export interface Cron {
  readonly text: string;
  readonly unit: IntervalUnit;
  readonly minutes: ReadonlySet<number>;
  readonly hours: ReadonlySet<number>;
  readonly days: ReadonlySet<number>;
  readonly months: ReadonlySet<number>;
  readonly weekdays: ReadonlySet<number>;
  /** cron's rule: where both day of month and day of week are restricted, either may match */
  readonly eitherDay: boolean;
}

const NAMED: Readonly<Record<string, string>> = {
  '@hourly': '0 * * * *',
  '@daily': '0 0 * * *',
  '@midnight': '0 0 * * *',
  '@weekly': '0 0 * * 0',
  '@monthly': '0 0 1 * *',
  '@yearly': '0 0 1 1 *',
  '@annually': '0 0 1 1 *',
};

/** Reads `@daily` and the like, or five fields; undefined where it is neither. */
export function readCron(text: string): Cron | undefined {
  const fields = (NAMED[text.trim().toLowerCase()] ?? text.trim()).split(/\s+/);
  if (fields.length !== 5) return undefined;
  const limits = [
    [0, 59],
    [0, 23],
    [1, 31],
    [1, 12],
    [0, 7],
  ] as const;
  const sets = fields.map((field, index) =>
    readField(field, limits[index]?.[0] ?? 0, limits[index]?.[1] ?? 0),
  );
  const [minutes, hours, days, months, weekdaysRaw] = sets;
  if (!minutes || !hours || !days || !months || !weekdaysRaw) return undefined;
  const weekdays = new Set([...weekdaysRaw].map((day) => day % 7));
  const eitherDay = fields[2] !== '*' && fields[4] !== '*';
  return { text, unit: unitOf(fields, minutes, hours), minutes, hours, days, months, weekdays, eitherDay };
}

/** The last moment at or before `time` (ms UTC) at which the cron fires. */
export function previousTick(cron: Cron, time: number): number {
  const hours = [...cron.hours].sort((a, b) => b - a);
  const minutes = [...cron.minutes].sort((a, b) => b - a);
  const firstDay = Math.floor(time / DAY) * DAY;
  for (let day = firstDay; day > firstDay - 5 * 366 * DAY; day -= DAY) {
    if (!firesOn(cron, new Date(day))) continue;
    for (const hour of hours) {
      for (const minute of minutes) {
        const tick = day + hour * HOUR + minute * MINUTE;
        if (tick <= time) return tick;
      }
    }
  }
  return 0;
}

/** The start of the interval that holds `time`. */
export function floorTo(unit: IntervalUnit, time: number): number {
  if (typeof unit === 'number') return Math.floor(time / unit) * unit;
  const date = new Date(time);
  return Date.UTC(date.getUTCFullYear(), unit === 'month' ? date.getUTCMonth() : 0, 1);
}

/** The start of the interval `count` after the one that starts at `time`. */
export function step(unit: IntervalUnit, time: number, count = 1): number {
  if (typeof unit === 'number') return time + unit * count;
  const date = new Date(time);
  const months = unit === 'month' ? count : count * 12;
  return Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + months, 1);
}

function unitOf(
  fields: readonly string[],
  minutes: ReadonlySet<number>,
  hours: ReadonlySet<number>,
): IntervalUnit {
  if (minutes.size > 1) {
    const sorted = [...minutes].sort((a, b) => a - b);
    const gap = Math.min(...sorted.slice(1).map((minute, index) => minute - (sorted[index] ?? 0)));
    return gap >= 30 ? 30 * MINUTE : gap >= 15 ? 15 * MINUTE : 5 * MINUTE;
  }
  if (hours.size > 1) return HOUR;
  if (fields[2] === '*' || fields[4] !== '*') return DAY;
  return fields[3] === '*' ? 'month' : 'year';
}

function firesOn(cron: Cron, date: Date): boolean {
  if (!cron.months.has(date.getUTCMonth() + 1)) return false;
  const day = cron.days.has(date.getUTCDate());
  const weekday = cron.weekdays.has(date.getUTCDay());
  return cron.eitherDay ? day || weekday : day && weekday;
}

function readField(field: string, low: number, high: number): ReadonlySet<number> | undefined {
  const values = new Set<number>();
  for (const part of field.split(',')) {
    const match = /^(?:\*|(\d+)(?:-(\d+))?)(?:\/(\d+))?$/.exec(part);
    if (!match) return undefined;
    const [, from, to, every] = match;
    const first = from === undefined ? low : Number(from);
    const last = to !== undefined ? Number(to) : from !== undefined && every === undefined ? first : high;
    if (first < low || last > high || first > last || every === '0') return undefined;
    for (let value = first; value <= last; value += Number(every ?? 1)) values.add(value);
  }
  return values;
}
