import { typeName } from '../../sql/column-types';

/** A query's words, those in brackets nested. */
export type Node = string | Bracket;

export interface Bracket {
  readonly open: string;
  readonly nodes: readonly Node[];
}

const FUNCTIONS = synonyms({
  coalesce: 'ifnull nvl',
  substring: 'substr',
  length: 'len char_length character_length',
  ceil: 'ceiling',
  power: 'pow',
  lower: 'lcase',
  upper: 'ucase',
  array_agg: 'list',
  string_agg: 'group_concat listagg',
  date_diff: 'datediff',
  string_split: 'str_split string_to_array split',
  count_if: 'countif',
  arg_max: 'max_by argmax',
  arg_min: 'min_by argmin',
  variance: 'var_samp',
  uuid: 'gen_random_uuid',
});

function synonyms(table: Readonly<Record<string, string>>): ReadonlyMap<string, string> {
  return new Map(
    Object.entries(table).flatMap(([name, others]) =>
      others.split(' ').map((other) => [other, name] as const),
    ),
  );
}

const CLOSING: Readonly<Record<string, string>> = { '(': ')', '[': ']', '{': '}' };

/** Nests canonical words by their brackets, in one spelling for types, functions, casts and negations that mean the same. */
export function nestWords(words: readonly string[]): readonly Node[] {
  let at = 0;
  const read = (close: string | undefined): readonly Node[] => {
    const nodes: Node[] = [];
    while (at < words.length) {
      const word = words[at++] as string;
      if (word === close) break;
      const closing = CLOSING[word];
      nodes.push(closing === undefined ? word : { open: word, nodes: read(closing) });
    }
    return respell(nodes);
  };
  return read(undefined);
}

/** A word of the text; a bracket is none. */
export function wordAt(nodes: readonly Node[], at: number): string {
  const node = nodes[at];
  return typeof node === 'string' ? node : '';
}

/** Whether a node is a bracket in round parentheses. */
export function isParenthesis(node: Node | undefined): node is Bracket {
  return typeof node === 'object' && node.open === '(';
}

/** Whether a bracket holds a query. */
export function holdsQuery(node: Node | undefined): boolean {
  return isParenthesis(node) && ['select', 'with', 'from', 'values'].includes(wordAt(node.nodes, 0));
}

function respell(nodes: readonly Node[]): readonly Node[] {
  return movedNegations(nodes.flatMap((node, at) => respelt(nodes, node, at)));
}

function respelt(nodes: readonly Node[], node: Node, at: number): readonly Node[] {
  if (typeof node !== 'string') return wordAt(nodes, at - 1) === 'cast' ? [] : [node];
  const next = nodes[at + 1];
  if (node === 'cast' && isParenthesis(next)) return castOf(next);
  if (node === 'asc' && wordAt(nodes, at - 1) !== 'as' && ![wordAt(nodes, at - 1), next].includes('.'))
    return [];
  if (wordAt(nodes, at - 1) === '::') return [typeName(node)];
  if (isParenthesis(next) && wordAt(nodes, at - 1) !== '.') return [FUNCTIONS.get(node) ?? node];
  return [node];
}

/** `CAST(x AS type)` as `x::type`. */
function castOf({ nodes }: Bracket): readonly Node[] {
  const as = nodes.lastIndexOf('as');
  if (as < 0) return ['cast', { open: '(', nodes }];
  const value = nodes.slice(0, as);
  const [type, ...rest] = nodes.slice(as + 1);
  const spelt = typeof type === 'string' ? typeName(type) : '';
  const inner: readonly Node[] = isPrimary(value) ? value : [{ open: '(', nodes: value }];
  return [...inner, '::', spelt, ...rest];
}

/** A name, a literal, a call or a bracket: what `::` binds to as a whole. */
function isPrimary(nodes: readonly Node[]): boolean {
  const [first, second] = nodes;
  if (nodes.length === 1) return true;
  if (nodes.length === 2) return typeof first === 'string' && typeof second === 'object';
  return nodes.every((node, at) => (at % 2 === 0 ? typeof node === 'string' : node === '.' || node === '::'));
}

const STOPS = new Set(['and', 'or', 'then', 'else', 'when', ',', '=', '<>', '<', '>', '<=', '>=']);

/** `NOT x IS NULL` as `x IS NOT NULL`, and the same for IN. */
function movedNegations(nodes: readonly Node[]): readonly Node[] {
  const found = [...nodes];
  for (let at = 0; at < found.length; at++) {
    if (found[at] !== 'not' || ['is', 'as'].includes(wordAt(found, at - 1))) continue;
    let verb = at + 1;
    while (verb < found.length && !STOPS.has(wordAt(found, verb)) && !isVerb(found, verb)) verb++;
    if (verb <= at + 1 || !isVerb(found, verb)) continue;
    const isNull = found[verb] === 'is';
    const moved = found.splice(at, 1);
    found.splice(isNull ? verb : verb - 1, 0, ...moved);
  }
  return found;
}

function isVerb(nodes: readonly Node[], at: number): boolean {
  return (
    (nodes[at] === 'is' && nodes[at + 1] === 'null') || (nodes[at] === 'in' && isParenthesis(nodes[at + 1]))
  );
}
