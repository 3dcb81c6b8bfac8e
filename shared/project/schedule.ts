import { cronGap, isCronText } from './cron-text';

/** Lengths of intervals in minutes; months and years as SQLMesh counts them here. */
const UNITS: Readonly<Record<string, number>> = {
  year: 365 * 1440,
  month: 28 * 1440,
  day: 1440,
  hour: 60,
  half_hour: 30,
  quarter_hour: 15,
  five_minute: 5,
};

/** What does not fit in a model's schedule, and at which property. */
export interface ScheduleFlaw {
  readonly property: 'cron' | 'interval_unit';
  readonly message: string;
  readonly remedy: string;
}

const checked = new Map<string, ScheduleFlaw | undefined>();

/** Checks a cron and the length of a model's intervals, as SQLMesh does. */
export function checkSchedule(
  cron: string,
  unit: string | undefined,
  allowPartials: boolean,
): ScheduleFlaw | undefined {
  const key = `${cron}|${unit ?? ''}|${allowPartials}`;
  if (!checked.has(key)) checked.set(key, flawOf(cron, unit, allowPartials));
  return checked.get(key);
}

function flawOf(cron: string, unit: string | undefined, allowPartials: boolean): ScheduleFlaw | undefined {
  if (!isCronText(cron))
    return {
      property: 'cron',
      message: `${cron || '(empty)'} is no cron expression.`,
      remedy: "Write '@daily' or five fields.",
    };
  if (unit !== undefined && !Object.hasOwn(UNITS, unit))
    return {
      property: 'interval_unit',
      message: `There is no interval unit ${unit}.`,
      remedy: `Use one of ${Object.keys(UNITS).join(', ')}.`,
    };
  const gap = cronGap(cron);
  const longest = Object.values(UNITS).find((minutes) => minutes <= gap);
  if (longest === undefined)
    return {
      property: 'cron',
      message: `${cron} fires more often than every five minutes.`,
      remedy: 'Let five minutes lie between two runs.',
    };
  if (unit === undefined || allowPartials || (UNITS[unit] ?? 0) <= longest) return undefined;
  return {
    property: 'interval_unit',
    message: `A run each ${cron} comes before an interval of one ${unit} is over.`,
    remedy: 'Choose a shorter interval_unit, or set allow_partials to true.',
  };
}
