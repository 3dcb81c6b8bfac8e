import { CLAUSES_AFTER_FROM } from '../../sql/clauses';
import { holdsQuery, isParenthesis, type Node, wordAt } from './spelling';

/**
 * Leaves out qualifiers that say nothing: in a query of one relation every column is that relation's. `tail` is the query from FROM
 * on.
 */
export function plainNames(tail: readonly Node[]): (nodes: readonly Node[]) => readonly Node[] {
  const name = onlyRelation(tail);
  const plain = (nodes: readonly Node[]): readonly Node[] =>
    nodes.flatMap((node, at): readonly Node[] => {
      if (typeof node === 'object') return [holdsQuery(node) ? node : { ...node, nodes: plain(node.nodes) }];
      const leads = node === name && nodes[at + 1] === '.' && !['.', 'from'].includes(wordAt(nodes, at - 1));
      const dot = node === '.' && nodes[at - 1] === name && !['.', 'from'].includes(wordAt(nodes, at - 2));
      return leads || dot ? [] : [node];
    });
  return name === undefined ? (nodes) => nodes : plain;
}

function onlyRelation(tail: readonly Node[]): string | undefined {
  if (tail[0] !== 'from') return undefined;
  let to = 1;
  while (to < tail.length && !CLAUSES_AFTER_FROM.includes(wordAt(tail, to))) to++;
  const relation = tail.slice(1, to);
  if (relation.some((node) => node === ',' || node === 'join' || node === 'pivot')) return undefined;
  const last = relation.at(-1);
  return typeof last === 'string' ? last : undefined;
}

const OPENING = new Set(['where', 'having', 'qualify', 'on', 'and', ',']);
const CLOSING = new Set(['and', ',', ...CLAUSES_AFTER_FROM, '']);

/** Leaves out the parentheses around one condition of several. */
export function plainParentheses(nodes: readonly Node[]): readonly Node[] {
  return nodes.flatMap((node, at) => {
    if (!isParenthesis(node) || holdsQuery(node) || !OPENING.has(wordAt(nodes, at - 1))) return [node];
    const next = nodes[at + 1];
    const ends = next === undefined || (typeof next === 'string' && CLOSING.has(next));
    const joined = node.nodes.some((inner) => inner === ',' || inner === 'or' || inner === 'between');
    return ends && !joined && at > 0 ? node.nodes : [node];
  });
}
