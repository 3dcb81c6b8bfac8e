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

/** Whether a text is a cron expression: a name such as `@daily`, or five fields. */
export function isCronText(text: string): boolean {
  const fields = fieldsOf(text);
  return fields.length === FIELDS.length && fields.every((field, index) => isField(field, index));
}

/** The fewest minutes from one firing of a cron expression to the next. */
export function cronGap(text: string): number {
  const [minutes = '*', hours = '*', days = '*', months = '*', weekdays = '*'] = fieldsOf(text);
  const atMinutes = valuesOf(minutes, 0);
  const ofDay = valuesOf(hours, 1).flatMap((hour) => atMinutes.map((minute) => hour * 60 + minute));
  const within = gaps(ofDay);
  if (/[l#]/.test(`${days} ${weekdays}`.replace(/jul/g, ''))) return Math.min(within, 28 * DAY);
  const firing = firingDays(valuesOf(days, 2), valuesOf(months, 3), {
    weekdays: valuesOf(weekdays, 4).map((day) => day % 7),
    either: days !== '*' && weekdays !== '*',
  });
  const overnight = gaps(firing) * DAY - (ofDay.at(-1) ?? 0) + (ofDay[0] ?? 0);
  return Math.min(within, overnight);
}

function fieldsOf(text: string): readonly string[] {
  const plain = text.trim().toLowerCase();
  return (NAMED[plain] ?? plain).split(/\s+/);
}

/** The days of four years, from 2024-01-01 on, on which it fires. */
function firingDays(
  days: readonly number[],
  months: readonly number[],
  of: { readonly weekdays: readonly number[]; readonly either: boolean },
): readonly number[] {
  return Array.from({ length: 1461 }, (_, day) => day).filter((day) => {
    const date = new Date(Date.UTC(2024, 0, 1 + day));
    if (!months.includes(date.getUTCMonth() + 1)) return false;
    const fits = [days.includes(date.getUTCDate()), of.weekdays.includes(date.getUTCDay())];
    return of.either ? fits.includes(true) : !fits.includes(false);
  });
}

function gaps(sorted: readonly number[]): number {
  return Math.min(...sorted.slice(1).map((value, at) => value - (sorted[at] ?? 0)), Number.POSITIVE_INFINITY);
}

function valuesOf(field: string, index: number): readonly number[] {
  const limits = FIELDS[index] ?? { from: 0, to: 0, names: [] };
  const found = new Set<number>();
  for (const part of field.split(',')) {
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
    return ends.length <= 2 && ends.every((end) => isValue(end, index));
  });
}

function isValue(text: string, index: number): boolean {
  const field = FIELDS[index];
  if (!field || text === '') return false;
  if (field.names.includes(text)) return true;
  return /^\d+$/.test(text) && Number(text) >= field.from && Number(text) <= field.to;
}
