import type { Token } from '../../sql/lexer';
import { closingIndex } from '../../sql/text';
import { isSymbol } from './pieces';

const CLAUSES = new Set(['with', 'join', 'where', 'group_by', 'having', 'order_by', 'limit']);
const NEXT_CLAUSE =
  /^(where|group|having|qualify|window|order|limit|offset|union|except|intersect|returning|fetch)$/i;
const JOIN_WORD = /^(join|left|right|full|inner|cross|outer|natural|semi|anti|asof|positional|lateral)$/i;
const QUERY = /^(select|from|values|insert|update|delete|merge)$/i;

/** Whether a macro stands for the keyword of a clause that follows it. */
export function isClauseMacro(name: string): boolean {
  return CLAUSES.has(name);
}

/** The keyword that a clause macro stands for. */
export function clauseKeyword(name: string): string {
  return name.toUpperCase().replace('_', ' ');
}

/** The first token of a clause: that of the words before a join, else the macro itself. */
export function clauseStart(tokens: readonly Token[], name: string, at: number): number {
  let start = at;
  if (name === 'join') while (isJoinWord(tokens, start - 1)) start--;
  return start;
}

/** The index behind the clause that begins at `from`. */
export function clauseEnd(
  tokens: readonly Token[],
  name: string,
  { from, to }: { readonly from: number; readonly to: number },
): number {
  for (let i = from; i < to; i++) {
    const token = tokens[i];
    if (!token) return i;
    if (isSymbol(token, ')') || isSymbol(token, ']') || isSymbol(token, ';')) return i;
    if (isSymbol(token, '(') || isSymbol(token, '[')) {
      i = Math.max(closingIndex(tokens, i), i);
      continue;
    }
    if (endsClause(tokens, name, i)) return i;
  }
  return to;
}

function endsClause(tokens: readonly Token[], name: string, at: number): boolean {
  const token = tokens[at];
  if (token?.kind === 'macro') {
    const called = token.text.slice(1).toLowerCase();
    if (isClauseMacro(called) && isSymbol(tokens[at + 1], '(')) return true;
    return name === 'with' && isSymbol(tokens[at - 1], ')');
  }
  if (name === 'with') return token?.kind === 'word' && QUERY.test(token.text);
  if (name === 'join' && (isJoinWord(tokens, at) || isSymbol(token, ','))) return true;
  return token?.kind === 'word' && NEXT_CLAUSE.test(token.text);
}

function isJoinWord(tokens: readonly Token[], at: number): boolean {
  const token = tokens[at];
  return token?.kind === 'word' && JOIN_WORD.test(token.text) && !isSymbol(tokens[at + 1], '(');
}
