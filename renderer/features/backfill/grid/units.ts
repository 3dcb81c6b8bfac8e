import { DAY } from '../../../../shared/base/time';

/** What one column of the grid stands for. */
export type GridUnit = 'hour' | 'day' | 'week' | 'month' | 'year';

export const GRID_UNITS: readonly GridUnit[] = ['hour', 'day', 'week', 'month', 'year'];

const HOUR = 3_600_000;
const WEEK = 7 * DAY;
/** 1970-01-05, a Monday */
const FIRST_MONDAY = 4 * DAY;

/** The start of the unit that holds a time, in UTC; weeks begin on Monday. */
export function floorToUnit(unit: GridUnit, time: number): number {
  const date = new Date(time);
  switch (unit) {
    case 'hour':
      return Math.floor(time / HOUR) * HOUR;
    case 'day':
      return Math.floor(time / DAY) * DAY;
    case 'week':
      return Math.floor((time - FIRST_MONDAY) / WEEK) * WEEK + FIRST_MONDAY;
    case 'month':
      return Date.UTC(date.getUTCFullYear(), date.getUTCMonth());
    case 'year':
      return Date.UTC(date.getUTCFullYear(), 0);
  }
}

/** The start of the unit after the one that begins at `start`. */
export function nextUnit(unit: GridUnit, start: number): number {
  const date = new Date(start);
  switch (unit) {
    case 'hour':
      return start + HOUR;
    case 'day':
      return start + DAY;
    case 'week':
      return start + WEEK;
    case 'month':
      return Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1);
    case 'year':
      return Date.UTC(date.getUTCFullYear() + 1, 0);
  }
}
