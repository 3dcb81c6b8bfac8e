const whole = new Intl.NumberFormat('en-US', { maximumFractionDigits: 0 });
const short = new Intl.NumberFormat('en-US', { maximumSignificantDigits: 3 });
const BYTE_UNITS = ['B', 'KB', 'MB', 'GB', 'TB'];
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
const MINUTE = 60;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** `41,114` */
export function formatCount(count: number): string {
  return whole.format(count);
}

/** A count with its noun: `1 model`, `5 models`, `3 entries`. */
export function countOf(count: number, one: string, many = `${one}s`): string {
  return `${formatCount(count)} ${count === 1 ? one : many}`;
}

/** `18.4 MB`, by powers of 1024 as disks are shown by most systems. */
export function formatBytes(bytes: number): string {
  const unit = Math.min(BYTE_UNITS.length - 1, Math.max(0, Math.floor(Math.log2(Math.max(1, bytes)) / 10)));
  return `${short.format(bytes / 1024 ** unit)} ${BYTE_UNITS[unit]}`;
}

/** `24 ms`, `4.1 s`, `3 min 20 s`, `2 h 5 min`, `3 d 4 h`. */
export function formatSeconds(seconds: number): string {
  if (seconds < 1) return `${Math.round(seconds * 1000)} ms`;
  if (seconds < 10) return `${seconds.toFixed(1)} s`;
  if (seconds < MINUTE) return `${Math.round(seconds)} s`;
  if (seconds < HOUR) return twoUnits(seconds, [MINUTE, 'min'], [1, 's']);
  if (seconds < DAY) return twoUnits(seconds, [HOUR, 'h'], [MINUTE, 'min']);
  return twoUnits(seconds, [DAY, 'd'], [HOUR, 'h']);
}

/** `98.98 %` of a share from 0 to 1. It never rounds up to 100 or down to 0. */
export function formatShare(share: number, digits = 2): string {
  const least = 10 ** -digits;
  const percent = share * 100;
  const shown = share > 0 && share < 1 ? Math.min(100 - least, Math.max(least, percent)) : percent;
  return `${shown.toFixed(digits)} %`;
}

/** `2025-04-03` */
export function formatDay(instant: string): string {
  return instant.slice(0, 10);
}

/** `2025-04-03 09:42` */
export function formatMinute(instant: string): string {
  return `${instant.slice(0, 10)} ${instant.slice(11, 16)}`;
}

/** `09:42:11.402` */
export function formatClock(instant: string): string {
  return instant.slice(11, 23).replace('Z', '');
}

/** `just now`, `2 min ago`, `5 h ago`, `yesterday`, `28 Mar`, `28 Mar 2024`; days are those of UTC. */
export function formatAgo(instant: string, now: number = Date.now()): string {
  const seconds = (now - Date.parse(instant)) / 1000;
  if (seconds < MINUTE) return 'just now';
  if (seconds < HOUR) return `${Math.floor(seconds / MINUTE)} min ago`;
  const days = utcDay(now) - utcDay(Date.parse(instant));
  if (days === 0) return `${Math.floor(seconds / HOUR)} h ago`;
  if (days === 1) return 'yesterday';
  return formatDate(instant, now);
}

function formatDate(instant: string, now: number): string {
  const date = new Date(instant);
  const year = date.getUTCFullYear();
  const text = `${date.getUTCDate()} ${MONTHS[date.getUTCMonth()]}`;
  return year === new Date(now).getUTCFullYear() ? text : `${text} ${year}`;
}

function utcDay(time: number): number {
  return Math.floor(time / (DAY * 1000));
}

function twoUnits(seconds: number, big: readonly [number, string], small: readonly [number, string]): string {
  const rounded = Math.round(seconds / small[0]) * small[0];
  const rest = Math.round((rounded % big[0]) / small[0]);
  const head = `${Math.floor(rounded / big[0])} ${big[1]}`;
  return rest === 0 ? head : `${head} ${rest} ${small[1]}`;
}
