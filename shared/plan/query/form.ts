import { canonicalSql } from '../../project/macros/uses';
import { CLAUSES_AFTER_FROM, SET_OPERATORS } from '../../sql/clauses';
import { plainNames, plainParentheses } from './names';
import { type Bracket, holdsQuery, isParenthesis, type Node, nestWords, wordAt } from './spelling';

/** A query to compare: its words, brackets nested, and each select list as one piece. */
export type Part = string | { readonly open: string; readonly parts: readonly Part[] } | SelectList;

/** The items of one SELECT, as text. */
export interface SelectList {
  readonly items: readonly Item[];
  /** whether its query sorts or groups by the place of an item */
  readonly ordinals: boolean;
}

export interface Item {
  readonly text: string;
  /** whether it may give several rows for one */
  readonly makesRows: boolean;
}

const SEPARATOR = '\u0001';

/**
 * Reads a query, as it is written or in its canonical words. Where all columns of what it reads are known (`resolved`), the places
 * in GROUP BY and ORDER BY are spelled out, and needless qualifiers and parentheses are left out.
 */
export function queryForm(text: string, resolved: boolean): readonly Part[] {
  const words = (text.includes(SEPARATOR) ? text : canonicalSql(text)).split(SEPARATOR);
  return partsOf(nestWords(words), resolved);
}

/** A form as one text: equal for queries that SQLMesh reads alike. */
export function formText(parts: readonly Part[]): string {
  return parts
    .map((part) => {
      if (typeof part === 'string') return part;
      if ('items' in part) return part.items.map((item) => item.text).join(`${SEPARATOR},${SEPARATOR}`);
      return `${part.open}${SEPARATOR}${formText(part.parts)}${SEPARATOR})`;
    })
    .join(SEPARATOR);
}

function partsOf(nodes: readonly Node[], resolved: boolean): readonly Part[] {
  const cores = cutCores(nodes);
  const last = cores.at(-1) ?? [];
  const shared = cores.length > 1 ? orderItems(last) : [];
  const first = selectOf(cores[0] ?? []);
  return cores.flatMap((core) => coreParts(core, { resolved, shared: shared.some(isPlace), first }));
}

/** Cuts a level at its set operators; each core but the first begins with one. */
function cutCores(nodes: readonly Node[]): readonly (readonly Node[])[] {
  const cores: Node[][] = [[]];
  for (const node of nodes) {
    if (typeof node === 'string' && SET_OPERATORS.includes(node)) cores.push([]);
    cores.at(-1)?.push(node);
  }
  return cores;
}

interface Select {
  /** where the list begins and ends */
  readonly from: number;
  readonly to: number;
  readonly items: readonly (readonly Node[])[];
}

const LIST_ENDS = new Set(['from', ...CLAUSES_AFTER_FROM]);

function selectOf(core: readonly Node[]): Select | undefined {
  const select = core.findIndex((node, at) => node === 'select' && core[at - 1] !== '.');
  if (select < 0) return undefined;
  let from = select + 1;
  if (core[from] === 'distinct') from++;
  if (core[from] === 'on') from += 2;
  let to = from;
  while (
    to < core.length &&
    !(LIST_ENDS.has(wordAt(core, to)) && core[to - 1] !== '.' && !isDistinctFrom(core, to))
  )
    to++;
  return { from, to, items: splitAtCommas(core.slice(from, to)) };
}

function isDistinctFrom(core: readonly Node[], at: number): boolean {
  return core[at] === 'from' && core[at - 1] === 'distinct';
}

interface Context {
  readonly resolved: boolean;
  /** whether the ORDER BY behind a chain of queries names places */
  readonly shared: boolean;
  readonly first: Select | undefined;
}

function coreParts(core: readonly Node[], { resolved, shared, first }: Context): readonly Part[] {
  const inner = (nodes: readonly Node[]) => nodes.map((node) => partOf(node, resolved));
  const select = selectOf(core);
  if (!select) return inner(core);
  const named = select.items.map((item) => withAlias(item, resolved));
  const spelt = resolved
    ? withoutPlaces(core.slice(select.to), named, first?.items ?? named)
    : core.slice(select.to);
  const tail = withTableAliases(spelt);
  const plain = resolved ? plainNames(tail) : (nodes: readonly Node[]) => nodes;
  const items = named.map((item): Item => {
    const nodes = plain(item);
    return { text: formText(inner(resolved ? plainParentheses(nodes) : nodes)), makesRows: makesRows(nodes) };
  });
  const ordinals = shared || groupItems(tail).some(isPlace) || orderItems(tail).some(isPlace);
  const rest = plain(tail);
  return [
    ...inner(core.slice(0, select.from)),
    { items, ordinals },
    ...inner(resolved ? plainParentheses(rest) : rest),
  ];
}

function partOf(node: Node, resolved: boolean): Part {
  return typeof node === 'string' ? node : { open: node.open, parts: partsOf(node.nodes, resolved) };
}

function splitAtCommas(nodes: readonly Node[]): readonly (readonly Node[])[] {
  const items: Node[][] = [[]];
  for (const node of nodes) {
    if (node === ',') items.push([]);
    else items.at(-1)?.push(node);
  }
  return items;
}

function clauseItems(nodes: readonly Node[], word: string): readonly (readonly Node[])[] {
  const at = nodes.findLastIndex((node, index) => node === word && nodes[index + 1] === 'by');
  if (at < 0) return [];
  let to = at + 2;
  while (to < nodes.length && !CLAUSES_AFTER_FROM.includes(wordAt(nodes, to))) to++;
  return splitAtCommas(nodes.slice(at + 2, to));
}

function groupItems(nodes: readonly Node[]): readonly (readonly Node[])[] {
  return clauseItems(nodes, 'group').filter((item) => item.length === 1);
}

function orderItems(nodes: readonly Node[]): readonly (readonly Node[])[] {
  return clauseItems(nodes, 'order').filter((item) =>
    item.slice(1).every((node) => ['desc', 'nulls', 'first', 'last'].includes(String(node))),
  );
}

function isPlace(item: readonly Node[]): boolean {
  return /^\d+$/.test(wordAt(item, 0));
}

/** GROUP BY and ORDER BY with the items themselves in the place of their numbers. */
function withoutPlaces(
  tail: readonly Node[],
  own: readonly (readonly Node[])[],
  first: readonly (readonly Node[])[],
): readonly Node[] {
  let clause = '';
  return tail.flatMap((node, at) => {
    if (node === 'by') clause = wordAt(tail, at - 1);
    else if (typeof node === 'string' && CLAUSES_AFTER_FROM.includes(node)) clause = '';
    const before = wordAt(tail, at - 1);
    if (typeof node !== 'string' || !/^\d+$/.test(node) || !['by', ','].includes(before)) return [node];
    const item = (clause === 'group' ? own : first)[Number(node) - 1];
    const as = item?.lastIndexOf('as') ?? -1;
    if (!item || as < 0 || !['group', 'order'].includes(clause)) return [node];
    if (clause === 'order') return [item.at(-1) as Node];
    const value = item.slice(0, as);
    return isConstant(value) || makesRows(value) ? [node] : value;
  });
}

function isConstant(nodes: readonly Node[]): boolean {
  return nodes.length === 1 && /^(\d|'|null$|true$|false$)/.test(wordAt(nodes, 0));
}

const NO_OPERANDS = new Set(
  'and or not is in like ilike between when then else case distinct interval date timestamp escape collate :: . + - * / % || = <> < > <= >= -> ->> similar to over filter'.split(
    ' ',
  ),
);

function isOperand(node: Node | undefined): boolean {
  return typeof node === 'object' || (typeof node === 'string' && !NO_OPERANDS.has(node));
}

function isName(node: Node | undefined): boolean {
  return (
    typeof node === 'string' && /^["\p{L}_]/u.test(node) && !['end', 'null', 'true', 'false'].includes(node)
  );
}

/** An item with the word AS before its alias; a cast column is named after itself, and so is any column that is `resolved`. */
function withAlias(item: readonly Node[], resolved: boolean): readonly Node[] {
  const last = item.at(-1);
  const before = item.at(-2);
  if (before === 'as' || item.length === 0) return item;
  if (item.length > 1 && isName(last) && isOperand(before) && !isTypeEnd(item))
    return [...item.slice(0, -1), 'as', last as Node];
  const cast = item.indexOf('::');
  const path = cast < 0 ? item : item.slice(0, cast);
  const plain = path.length > 0 && path.every((node, at) => (at % 2 === 0 ? isName(node) : node === '.'));
  return plain && (cast > 0 || resolved) ? [...item, 'as', path.at(-1) as Node] : item;
}

/** Whether an item ends with a type of several words. */
function isTypeEnd(item: readonly Node[]): boolean {
  const text = item.slice(-3).join(' ');
  return (
    text.endsWith('double precision') ||
    text.endsWith('time zone') ||
    (item.at(-2) === 'time' && item.at(-1) === 'zone')
  );
}

const JOINS = new Set(
  'join left right full inner outer cross natural asof positional semi anti lateral on using tablesample pivot unpivot'.split(
    ' ',
  ),
);

/** FROM with the word AS before every alias. */
function withTableAliases(tail: readonly Node[]): readonly Node[] {
  if (tail[0] !== 'from') return tail;
  const found: Node[] = [];
  let expected = false;
  let inFrom = true;
  tail.forEach((node, at) => {
    const word = typeof node === 'string' ? node : '';
    if (CLAUSES_AFTER_FROM.includes(word)) inFrom = false;
    const before = tail[at - 1];
    if (inFrom && (word === 'from' || word === 'join' || word === ',')) expected = true;
    else if (
      inFrom &&
      expected &&
      word !== 'as' &&
      isName(node) &&
      !JOINS.has(word) &&
      isRelationEnd(before)
    ) {
      if (before !== 'as') found.push('as');
      expected = false;
    } else if (JOINS.has(word) || word === 'as')
      expected = word !== 'on' && word !== 'using' && word !== 'as' && expected;
    found.push(node);
  });
  return found;
}

function isRelationEnd(node: Node | undefined): boolean {
  if (typeof node === 'object') return true;
  return isName(node) && !JOINS.has(node as string) && node !== 'from' && node !== 'as';
}

function makesRows(nodes: readonly Node[]): boolean {
  return nodes.some((node, at) => {
    if (typeof node === 'string')
      return (node === 'unnest' || node === 'explode') && isParenthesis(nodes[at + 1]);
    return !holdsQuery(node) && makesRows((node as Bracket).nodes);
  });
}
