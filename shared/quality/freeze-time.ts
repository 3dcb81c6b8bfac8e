import { toDay, toTimestamp } from '../base/time';
import { codeTokens } from '../sql/lexer';
import { sql } from '../sql/sql';
import type { Edit } from '../sql/text';

const CLOCKS: Readonly<Record<string, (at: number) => string>> = {
  current_date: (at) => sql`CAST(${toDay(at)} AS DATE)`.text,
  today: (at) => sql`CAST(${toDay(at)} AS DATE)`.text,
  current_timestamp: (at) => sql`CAST(${toTimestamp(at)} AS TIMESTAMP)`.text,
  get_current_timestamp: (at) => sql`CAST(${toTimestamp(at)} AS TIMESTAMP)`.text,
  now: (at) => sql`CAST(${toTimestamp(at)} AS TIMESTAMP)`.text,
  current_time: (at) => sql`CAST(${toTimestamp(at).slice(11)} AS TIME)`.text,
  get_current_time: (at) => sql`CAST(${toTimestamp(at).slice(11)} AS TIME)`.text,
};
const CALLED_ONLY = new Set(['today', 'now', 'get_current_timestamp', 'get_current_time']);

/** The edits that make a query's clocks stand at one moment. */
export function freezeTime(text: string, at: number): readonly Edit[] {
  const tokens = codeTokens(text);
  return tokens.flatMap((token, index) => {
    const name = token.kind === 'word' ? token.text.toLowerCase() : '';
    const clock = Object.hasOwn(CLOCKS, name) ? CLOCKS[name] : undefined;
    const before = tokens[index - 1]?.text.toLowerCase();
    const close =
      tokens[index + 1]?.text === '(' && tokens[index + 2]?.text === ')' ? tokens[index + 2] : undefined;
    if (!clock || before === '.' || before === 'as' || (CALLED_ONLY.has(name) && !close)) return [];
    return [{ start: token.start, end: close?.end ?? token.end, text: clock(at) }];
  });
}
