import type { GridFrame } from './frame';
import type { GridUnit } from './units';

export interface Tick {
  readonly column: number;
  readonly text: string;
}

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
const LETTER = 7;
const SPACE = 12;

/** Names for the columns that have room for one: months and years first, then what lies between. */
export function axisTicks(frame: GridFrame, pitch: number): readonly Tick[] {
  const named = frame.starts.slice(0, -1).map((start, column) => nameColumn(frame.unit, start, column));
  const kept: Tick[] = [];
  for (const isStrong of [true, false]) {
    named.forEach((name, column) => {
      if (!name || name.isStrong !== isStrong) return;
      if (kept.every((tick) => hasRoom(tick, { column, text: name.text }, pitch)))
        kept.push({ column, text: name.text });
    });
  }
  return kept.toSorted((a, b) => a.column - b.column);
}

function hasRoom(a: Tick, b: Tick, pitch: number): boolean {
  const [left, right] = a.column < b.column ? [a, b] : [b, a];
  return (right.column - left.column) * pitch >= left.text.length * LETTER + SPACE;
}

interface ColumnName {
  readonly text: string;
  readonly isStrong: boolean;
}

/** The first column says all that the later ones leave out. */
function nameColumn(unit: GridUnit, start: number, column: number): ColumnName | undefined {
  const date = new Date(start);
  const day = date.getUTCDate();
  const month = MONTHS[date.getUTCMonth()] ?? '';
  const year = date.getUTCFullYear();
  const isFirst = column === 0;
  switch (unit) {
    case 'hour': {
      const hour = date.getUTCHours();
      if (isFirst || hour === 0) return { text: `${month} ${day}`, isStrong: true };
      return hour % 6 === 0 ? { text: `${hour}:00`, isStrong: false } : undefined;
    }
    case 'day':
      if (isFirst || day === 1) return { text: `${month} ${day}`, isStrong: true };
      return day % 7 === 1 ? { text: `${day}`, isStrong: false } : undefined;
    case 'week':
      if (isFirst || (day <= 7 && month === 'Jan')) return { text: `${month} ${year}`, isStrong: true };
      return day <= 7 ? { text: month, isStrong: false } : undefined;
    case 'month':
      if (isFirst || month === 'Jan')
        return { text: isFirst ? `${month} ${year}` : `${year}`, isStrong: true };
      return { text: month, isStrong: false };
    case 'year':
      return { text: `${year}`, isStrong: isFirst };
  }
}
