import { toDay, toTimestamp } from '../base/time';
import { type Sql, sql, typed } from './sql';

const TEXT_TYPE = /^(VARCHAR|TEXT|STRING|CHAR|BPCHAR|NVARCHAR)\b/;

/** A moment (ms UTC) as a literal of a time column's type; text and number columns use the column's strftime format. */
export function momentLiteral(
  column: { readonly type: string; readonly format: string | null },
  time: number,
): Sql {
  const type = column.type.toUpperCase();
  if (type === 'DATE') return typed('DATE', toDay(time));
  if (type === 'TIMESTAMP WITH TIME ZONE' || type === 'TIMESTAMPTZ')
    return typed('TIMESTAMPTZ', `${toTimestamp(time)}+00`);
  if (/^(TIMESTAMP|DATETIME)/.test(type)) return typed('TIMESTAMP', toTimestamp(time));
  const text = formatMoment(column.format ?? '%Y-%m-%d', time);
  return TEXT_TYPE.test(type) ? sql`${text}` : sql`${Number(text)}`;
}

/** strftime in UTC for the parts that order by text: `%Y %m %d %H %M %S`. */
function formatMoment(format: string, time: number): string {
  const iso = new Date(time).toISOString();
  const parts: Readonly<Record<string, string>> = {
    Y: iso.slice(0, 4),
    m: iso.slice(5, 7),
    d: iso.slice(8, 10),
    H: iso.slice(11, 13),
    M: iso.slice(14, 16),
    S: iso.slice(17, 19),
    '%': '%',
  };
  return format.replace(/%([A-Za-z%])/g, (whole, letter: string) => parts[letter] ?? whole);
}
