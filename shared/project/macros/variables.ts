import { toDay, toTimestamp } from '../../base/time';
import { sql } from '../../sql/sql';
import { quoteString } from './pieces';

/** A configuration's value as SQL. A list is a tuple where it stands for itself and an array where `@VAR` gives it. */
export function variableText(value: unknown, list: 'tuple' | 'array' = 'tuple'): string {
  if (value === null || value === undefined) return 'NULL';
  if (typeof value === 'boolean') return value ? 'TRUE' : 'FALSE';
  if (typeof value === 'number' || typeof value === 'bigint') return String(value);
  if (value instanceof Date) return dateText(value);
  if (Array.isArray(value)) {
    const items = value.map((item) => variableText(item, 'array')).join(', ');
    return list === 'tuple' ? `(${items})` : `[${items}]`;
  }
  if (typeof value === 'object') {
    const entries = Object.entries(value);
    const keys = entries.map(([key]) => quoteString(key)).join(', ');
    return `MAP([${keys}], [${entries.map(([, item]) => variableText(item, 'array')).join(', ')}])`;
  }
  return quoteString(String(value));
}

function dateText(value: Date): string {
  const time = value.getTime();
  return time % 86_400_000 === 0
    ? sql`CAST(${toDay(time)} AS DATE)`.text
    : sql`CAST(${toTimestamp(time)} AS TIMESTAMP)`.text;
}
