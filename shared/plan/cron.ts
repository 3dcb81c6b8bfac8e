import { DAY } from '../base/time';
import { zoneOffset } from '../base/zone';
import { type CronFields, cronFields, cronGap, firesOn, isCronText } from '../project/cron-text';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

/** The length in ms of a model's intervals, or `month`/`year` where they are of the calendar. */
export type IntervalUnit = number | 'month' | 'year';

/** A cron expression, read. */
export interface Cron {
  readonly text: string;
  /** the time zone that it fires in; null: UTC */
  readonly zone: string | null;
  readonly unit: IntervalUnit;
  readonly fields: CronFields;
}

const known = new Map<string, Omit<Cron, 'zone'> | undefined>();

/** Reads `@daily` and the like, or five fields; undefined where it is neither. */
export function readCron(text: string, zone: string | null = null): Cron | undefined {
  if (!known.has(text))
    known.set(text, isCronText(text) ? { text, unit: unitOf(text), fields: cronFields(text) } : undefined);
  const cron = known.get(text);
  return cron && { ...cron, zone };
}

/** The last moment at or before `time` (ms UTC) at which the cron fires. */
export function previousTick(cron: Cron, time: number): number {
  const { zone } = cron;
  if (zone === null) return previousUtc(cron, time);
  const tick = previousUtc(cron, time + zoneOffset(zone, time));
  return tick - zoneOffset(zone, tick - zoneOffset(zone, tick));
}

function previousUtc(cron: Cron, time: number): number {
  const hours = cron.fields.hours.toReversed();
  const minutes = cron.fields.minutes.toReversed();
  const firstDay = Math.floor(time / DAY) * DAY;
  for (let day = firstDay; day > firstDay - 5 * 366 * DAY; day -= DAY) {
    if (!firesOn(cron.fields, new Date(day))) continue;
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

/** The longest unit that is no longer than the shortest time between two firings, as SQLMesh has it. */
function unitOf(text: string): IntervalUnit {
  const gap = cronGap(text) * MINUTE;
  if (gap >= 365 * DAY) return 'year';
  if (gap >= 28 * DAY) return 'month';
  return [DAY, HOUR, 30 * MINUTE, 15 * MINUTE].find((unit) => unit <= gap) ?? 5 * MINUTE;
}
