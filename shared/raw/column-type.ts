import { fault } from '../base/errors';
import { tokenize } from '../sql/lexer';
import { authored, type Sql } from '../sql/sql';

/** What a type holds, as far as reading, profiling and wording go. */
export type TypeFamily = 'number' | 'moment' | 'date' | 'text' | 'boolean' | 'other';

const families: readonly (readonly [TypeFamily, RegExp])[] = [
  ['other', /[[\]]|^(STRUCT|MAP|UNION|LIST|ARRAY)\b/i],
  [
    'number',
    /^(U?(TINY|SMALL|BIG|HUGE)?INT|U?INTEGER|U?INT\d+|DECIMAL|NUMERIC|DOUBLE|FLOAT\d?|REAL|LONG|SHORT)\b/i,
  ],
  ['moment', /^(TIMESTAMP|DATETIME)/i],
  ['date', /^DATE$/i],
  ['boolean', /^(BOOL|BOOLEAN|LOGICAL)$/i],
  ['text', /^(VARCHAR|TEXT|STRING|CHAR|BPCHAR|ENUM)/i],
];

/** The family of a column type as DuckDB or a source's file writes it. */
export function familyOf(type: string): TypeFamily {
  return families.find(([, pattern]) => pattern.test(type.trim()))?.[0] ?? 'other';
}

/** A stated column type as SQL; what is more than the name of a type is a `source.invalid` fault. */
export function columnType(type: string): Sql {
  let depth = 0;
  const tokens = tokenize(type);
  const fits = tokens.every((token) => {
    if (token.kind !== 'symbol') return ['word', 'quoted', 'string', 'number'].includes(token.kind);
    if ('(['.includes(token.text)) depth += 1;
    if (')]'.includes(token.text)) depth -= 1;
    return depth >= 0 && ['(', ')', '[', ']', ','].includes(token.text);
  });
  if (fits && depth === 0 && tokens.length > 0) return authored(type);
  throw fault('source.invalid', `"${type}" is no column type.`, {
    remedy: 'Name a type such as VARCHAR, INTEGER or TIMESTAMP.',
  });
}
