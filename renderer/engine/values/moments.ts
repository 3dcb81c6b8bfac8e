const MICROS_A_DAY = 86_400_000_000n;
const DAYS_IN_400_YEARS = 146_097;
const MILLIS_A_DAY = 86_400_000;
const LONGEST = 2n ** 63n - 1n;

/** `2024-02-29`, `0044-03-15 (BC)`, of days since 1970, as DuckDB prints a DATE. */
export function dateText(days: number): string {
  if (days === 2 ** 31 - 1) return 'infinity';
  if (days === -(2 ** 31 - 1)) return '-infinity';
  // The Gregorian calendar repeats every 400 years, and Date knows only some of them.
  const cycles = Math.floor(days / DAYS_IN_400_YEARS);
  const date = new Date((days - cycles * DAYS_IN_400_YEARS) * MILLIS_A_DAY);
  const year = date.getUTCFullYear() + cycles * 400;
  const [shown, era] = year > 0 ? [year, ''] : [1 - year, ' (BC)'];
  return `${pad(shown, 4)}-${pad(date.getUTCMonth() + 1, 2)}-${pad(date.getUTCDate(), 2)}${era}`;
}

/** `12:30:00.5` of a count of `perSecond`ths since midnight. */
export function timeText(count: bigint, perSecond: bigint): string {
  const seconds = count / perSecond;
  const digits = String(perSecond).length - 1;
  const fraction = String(count % perSecond).padStart(digits, '0');
  const shown = digits === 0 ? '' : fraction.replace(/0+$/, '');
  const clock = [seconds / 3600n, (seconds / 60n) % 60n, seconds % 60n].map((part) => pad(Number(part), 2));
  return clock.join(':') + (shown === '' ? '' : `.${shown}`);
}

/** `2024-01-01 00:00:00.5` of a count of `perSecond`ths since 1970, as DuckDB prints a TIMESTAMP. */
export function timestampText(count: bigint, perSecond: bigint): string {
  if (count === LONGEST) return 'infinity';
  if (count === -LONGEST) return '-infinity';
  const perDay = (MICROS_A_DAY / 1_000_000n) * perSecond;
  let days = count / perDay;
  let rest = count % perDay;
  if (rest < 0n) {
    days -= 1n;
    rest += perDay;
  }
  const date = dateText(Number(days));
  const era = date.endsWith(' (BC)') ? ' (BC)' : '';
  return `${era === '' ? date : date.slice(0, -era.length)} ${timeText(rest, perSecond)}${era}`;
}

/** TIME WITH TIME ZONE from its 64 bits: microseconds in the upper 40, the turned-round offset in the lower 24. */
export function timeZoneText(bits: bigint): string {
  const offset = 57_599 - Number(bits & 0xff_ffffn);
  const seconds = Math.abs(offset);
  const parts = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60];
  while (parts.length > 1 && parts.at(-1) === 0) parts.pop();
  const sign = offset < 0 ? '-' : '+';
  return `${timeText(bits >> 24n, 1_000_000n)}${sign}${parts.map((part) => pad(part, 2)).join(':')}`;
}

function pad(value: number, length: number): string {
  return String(value).padStart(length, '0');
}
