const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
const WEEKDAYS = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'];
const NAMED: Readonly<Record<string, string>> = {
  '@hourly': '0 * * * *',
  '@daily': '0 0 * * *',
  '@midnight': '0 0 * * *',
  '@weekly': '0 0 * * 0',
  '@monthly': '0 0 1 * *',
  '@yearly': '0 0 1 1 *',
  '@annually': '0 0 1 1 *',
};
const FIELDS: readonly { readonly from: number; readonly to: number; readonly names: readonly string[] }[] = [
  { from: 0, to: 59, names: [] },
  { from: 0, to: 23, names: [] },
  { from: 1, to: 31, names: [] },
  { from: 1, to: 12, names: ['', ...MONTHS] },
  { from: 0, to: 7, names: WEEKDAYS },
];
const DAY = 1440;
const SHORTEST = 5;

/** Whether a text is a cron expression: a name such as `@daily`, or five fields. */
export function isCronText(text: string): boolean {
  const fields = fieldsOf(text);
  return fields.length === FIELDS.length && fields.every((field, index) => isField(field, index));
}

/** The moments at which a cron expression fires, as sets. */
export interface CronFields {
  readonly minutes: readonly number[];
  readonly hours: readonly number[];
  readonly days: readonly number[];
  readonly months: readonly number[];
  /** from 0, Sunday */
  readonly weekdays: readonly number[];
  /** the last day of a month, which `L` stands for */
  readonly lastDay: boolean;
  /** `MON#2`, the second Monday of a month; 0 stands for the last one */
  readonly nth: readonly { readonly weekday: number; readonly week: number }[];
  /** cron's rule: where both day of month and day of week are restricted, either may match */
  readonly eitherDay: boolean;
}

/** Reads a text that is a cron expression. */
export function cronFields(text: string): CronFields {
  const [minutes = '*', hours = '*', days = '*', months = '*', weekdays = '*'] = fieldsOf(text);
  const special = weekdays.split(',').filter((part) => /#|^l\d/.test(part));
  const plain = weekdays.split(',').filter((part) => !special.includes(part));
  const ofMonth = valuesOf(
    days.split(',').filter((part) => part !== 'l'),
    2,
  );
  const ofWeek = [...new Set(valuesOf(plain, 4).map((day) => day % 7))];
  return {
    minutes: valuesOf(minutes.split(','), 0),
    hours: valuesOf(hours.split(','), 1),
    days: ofMonth,
    months: valuesOf(months.split(','), 3),
    weekdays: ofWeek,
    lastDay: days.split(',').includes('l'),
    nth: special.map((part) => {
      const [weekday = '', week = 'l'] = part.replace(/^l/, '').split('#');
      return { weekday: numberFor(weekday, WEEKDAYS) % 7, week: week === 'l' ? 0 : Number(week) };
    }),
    eitherDay: !'*?'.includes(days) && !'*?'.includes(weekdays),
  };
}

/** Whether a cron fires on a day; the date's time does not count. */
export function firesOn(cron: CronFields, date: Date): boolean {
  if (!cron.months.includes(date.getUTCMonth() + 1)) return false;
  const [day, weekday] = [date.getUTCDate(), date.getUTCDay()];
  const after = new Date(date.getTime() + 1440 * 60_000).getUTCDate();
  const onDay = cron.days.includes(day) || (cron.lastDay && after === 1);
  const inLastWeek = new Date(date.getTime() + 7 * 1440 * 60_000).getUTCDate() <= 7;
  const onWeekday =
    cron.weekdays.includes(weekday) ||
    cron.nth.some(
      (one) => one.weekday === weekday && (one.week === 0 ? inLastWeek : Math.ceil(day / 7) === one.week),
    );
  return cron.eitherDay ? onDay || onWeekday : onDay && onWeekday;
}

/** The fewest minutes from one firing of a cron expression to the next. */
export function cronGap(text: string): number {
  const fields = cronFields(text);
  const ofDay = fields.hours.flatMap((hour) => fields.minutes.map((minute) => hour * 60 + minute));
  const firing = Array.from({ length: 1461 }, (_, day) => day).filter((day) =>
    firesOn(fields, new Date(Date.UTC(2024, 0, 1 + day))),
  );
  const overnight = gaps(firing) * DAY - (ofDay.at(-1) ?? 0) + (ofDay[0] ?? 0);
  const gap = Math.min(gaps(ofDay), overnight);
  // SQLMesh looks at the next six firings alone, so that the short step of `*/7` over the hour mostly stays unseen.
  const unseen = fields.minutes.length > 6 && gaps(fields.minutes) >= SHORTEST;
  return gap < SHORTEST && unseen ? SHORTEST : gap;
}

function fieldsOf(text: string): readonly string[] {
  const plain = text.trim().toLowerCase();
  return (NAMED[plain] ?? plain).split(/\s+/);
}

function gaps(sorted: readonly number[]): number {
  return Math.min(...sorted.slice(1).map((value, at) => value - (sorted[at] ?? 0)), Number.POSITIVE_INFINITY);
}

function valuesOf(parts: readonly string[], index: number): readonly number[] {
  const limits = FIELDS[index] ?? { from: 0, to: 0, names: [] };
  const found = new Set<number>();
  for (const part of parts) {
    const [range = '*', step = '1'] = part.split('/');
    const [low = '', high = part.includes('/') ? String(limits.to) : low] = range.split('-');
    const all = range === '*' || range === '?';
    const from = all ? limits.from : numberFor(low, limits.names);
    const to = all ? limits.to : numberFor(high, limits.names);
    for (let value = from; value <= to; value += Number(step)) found.add(value);
  }
  return [...found].toSorted((a, b) => a - b);
}

function numberFor(text: string, names: readonly string[]): number {
  return names.includes(text) ? names.indexOf(text) : Number(text);
}

function isField(field: string, index: number): boolean {
  return field.split(',').every((part) => {
    const [range = '', step, more] = part.split('/');
    if (more !== undefined || (step !== undefined && !/^[1-9]\d*$/.test(step))) return false;
    if (range === '*' || (range === '?' && (index === 2 || index === 4))) return true;
    if (range === 'l' && index === 2) return true;
    const [weekday = '', nth] = range.split('#');
    if (nth !== undefined && (index !== 4 || !/^[1-5l]$/.test(nth))) return false;
    const ends = (nth === undefined ? range : weekday).replace(/^l(?=\d)/, '').split('-');
    if (ends.length > 2 || !ends.every((end) => isValue(end, index))) return false;
    const [from = 0, to = from] = ends.map((end) => numberFor(end, FIELDS[index]?.names ?? []));
    return from <= to;
  });
}

function isValue(text: string, index: number): boolean {
  const field = FIELDS[index];
  if (!field || text === '') return false;
  if (field.names.includes(text)) return true;
  return /^\d+$/.test(text) && Number(text) >= field.from && Number(text) <= field.to;
}
