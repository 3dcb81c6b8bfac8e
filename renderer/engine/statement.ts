import type { Token } from '../../shared/sql/lexer';

/** What a statement does to transactions and rows, by its words. */
export interface StatementKind {
  readonly control: 'begin' | 'end' | null;
  /** may change what the file holds */
  readonly writes: boolean;
  /** gives a number of changed rows instead of rows */
  readonly counts: boolean;
}

const BEGINS = new Set(['begin', 'start']);
const ENDS = new Set(['commit', 'rollback', 'end', 'abort']);
const CHANGES = new Set(['insert', 'update', 'delete', 'merge', 'truncate']);
const READS = new Set([
  'select',
  'from',
  'values',
  'with',
  'pivot',
  'unpivot',
  'describe',
  'desc',
  'summarize',
  'show',
  'explain',
  'set',
  'reset',
  'use',
  'attach',
  'detach',
  'pragma',
  'call',
  '(',
]);

/** Reads a statement's kind from its tokens, comments left out. */
export function kindOf(tokens: readonly Token[]): StatementKind {
  const words = tokens.slice(0, 5).map((token) => token.text.toLowerCase());
  const first = words[0] ?? '';
  if (BEGINS.has(first)) return { control: 'begin', writes: false, counts: false };
  if (ENDS.has(first)) return { control: 'end', writes: false, counts: false };
  const changes =
    CHANGES.has(first) || (first === 'with' && tokens.some((token) => CHANGES.has(token.text.toLowerCase())));
  const counts = changes || first === 'create' || first === 'copy';
  const temporary = first === 'create' && words.some((word) => word === 'temp' || word === 'temporary');
  return { control: null, writes: changes || !(temporary || READS.has(first)), counts };
}
