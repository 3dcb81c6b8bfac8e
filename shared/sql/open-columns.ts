import type { Token } from './lexer';
import { closingIndex, identifierOf } from './text';

const GRAMMAR = new Set([
  ...['over', 'filter', 'rows', 'groups', 'preceding', 'following', 'unbounded', 'current', 'row', 'nulls'],
  ...[
    'first',
    'last',
    'ignore',
    'respect',
    'within',
    'exclude',
    'replace',
    'ties',
    'between',
    'like',
    'ilike',
  ],
  ...[
    'is',
    'escape',
    'similar',
    'glob',
    'date',
    'time',
    'timestamp',
    'interval',
    'no',
    'others',
    'range',
    'by',
  ],
  ...[
    'case',
    'when',
    'then',
    'else',
    'end',
    'and',
    'or',
    'not',
    'in',
    'null',
    'true',
    'false',
    'distinct',
    'on',
  ],
  ...[
    'as',
    'asc',
    'desc',
    'order',
    'partition',
    'group',
    'from',
    'where',
    'all',
    'any',
    'some',
    'collate',
    'exists',
  ],
  ...['current_date', 'current_timestamp', 'current_time', 'localtimestamp', 'isnull', 'notnull', 'columns'],
]);

/**
 * Whether a select list names a column without its table that no relation is known to have, while the columns of one are not known
 * (SQLMesh then leaves the whole query as it is written).
 */
export function hasOpenColumn(
  list: readonly Token[],
  relations: readonly { readonly columns: readonly string[] | null }[],
): boolean {
  if (relations.every((relation) => relation.columns !== null)) return false;
  const known = new Set(
    relations.flatMap((relation) => relation.columns ?? []).map((name) => name.toLowerCase()),
  );
  for (const [index, token] of list.entries())
    if (list[index - 1]?.text.toLowerCase() === 'as' && isName(token))
      known.add(identifierOf(token).toLowerCase());
  for (let at = 0; at < list.length; at++) {
    if (list[at]?.text === '(' && list[at + 1]?.text.toLowerCase() === 'select') {
      const close = closingIndex(list, at);
      if (close < 0) return false;
      at = close;
    } else if (isBareColumn(list, at) && !known.has(identifierOf(list[at] as Token).toLowerCase()))
      return true;
  }
  return false;
}

function isBareColumn(list: readonly Token[], at: number): boolean {
  const token = list[at] as Token;
  const before = list[at - 1];
  const after = list[at + 1]?.text;
  if (!isName(token) || after === '(' || after === '.' || after === '->' || after === ':') return false;
  if (before && (['.', '::'].includes(before.text) || before.kind === 'number')) return false;
  if (before?.text.toLowerCase() === 'as') return false;
  const word = token.text.toLowerCase();
  if (token.kind === 'word' && GRAMMAR.has(word)) return false;
  // An alias without AS follows a value.
  return !before || !endsValue(before);
}

function endsValue(token: Token): boolean {
  const word = token.text.toLowerCase();
  if ([')', ']', '}'].includes(token.text) || token.kind === 'string' || token.kind === 'number') return true;
  return isName(token) && (token.kind === 'quoted' || !GRAMMAR.has(word));
}

function isName(token: Token): boolean {
  return token.kind === 'word' || token.kind === 'quoted';
}
