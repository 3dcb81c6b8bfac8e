import { type Group, hasComment, isQueryGroup, isSymbol, type Node, splitNodes, wordOf } from './nodes';

/** What a layout is made with; `query` lays out the inside of brackets that hold a query. */
export interface Layout {
  readonly text: string;
  /** spaces of one step */
  readonly indent: number;
  /** how wide a list or condition may be before it is broken up */
  readonly width: number;
  readonly leadingComma: boolean;
  readonly query: (nodes: readonly Node[], at: number, layout: Layout) => readonly string[];
}

/** Words before a bracket that do not call what is in it. */
const APART = new Set(
  'and or not in on as using when then else case where by select from join distinct all union except intersect having qualify limit offset with like ilike between is over exclude replace rename values materialized returning lateral interval end any some set'.split(
    ' ',
  ),
);
const TIGHT = new Set(['.', '::']);

export function pad(at: number): string {
  return ' '.repeat(at);
}

/** An expression from the column `at` on: on one line where it is short enough, else broken where SQLMesh's formatter breaks it. */
export function expressionText(nodes: readonly Node[], at: number, layout: Layout): string {
  if (nodes.length === 0) return '';
  if (hasComment(nodes)) return layout.text.slice(nodes[0]?.start, nodes.at(-1)?.end);
  const parts = connected(nodes).map((part) => inlineText(part, at, layout));
  if (parts.length === 1) return parts[0] ?? '';
  const wide = parts.reduce((sum, part) => sum + part.length, 0) > layout.width;
  return parts.join(wide ? `\n${pad(at)}` : ' ');
}

/** An expression cut before each AND and OR of its own, but not before the AND of a BETWEEN. */
export function connected(nodes: readonly Node[]): readonly (readonly Node[])[] {
  let between = 0;
  let cases = 0;
  return splitNodes(
    nodes,
    (node) => {
      const word = wordOf(node);
      if (word === 'case') cases++;
      if (word === 'end' && cases > 0) cases--;
      if (cases > 0) return false;
      if (word === 'between') between++;
      if (word === 'and' && between > 0) {
        between--;
        return false;
      }
      return word === 'and' || word === 'or';
    },
    true,
  ).filter((part) => part.length > 0);
}

function inlineText(nodes: readonly Node[], at: number, layout: Layout): string {
  let out = '';
  for (let i = 0; i < nodes.length; i++) {
    const node = nodes[i] as Node;
    const gap = i > 0 && isApart(nodes, i) ? ' ' : '';
    const end = wordOf(node) === 'case' ? caseEnd(nodes, i) : -1;
    if (end > 0) {
      out += gap + caseText(nodes.slice(i, end + 1), at, layout);
      i = end;
    } else out += gap + (node.type === 'group' ? groupText(nodes, i, { at, layout }) : node.text);
  }
  return out;
}

function caseEnd(nodes: readonly Node[], from: number): number {
  let depth = 0;
  for (let i = from; i < nodes.length; i++) {
    const word = isSymbol(nodes[i - 1], '.') ? '' : wordOf(nodes[i]);
    if (word === 'case') depth++;
    if (word === 'end' && --depth === 0) return i;
  }
  return -1;
}

function caseText(nodes: readonly Node[], at: number, layout: Layout): string {
  let depth = 0;
  const parts = splitNodes(
    nodes.slice(0, -1),
    (node, index) => {
      const word = wordOf(node);
      if (word === 'case') depth++;
      if (word === 'end') depth--;
      return index > 0 && depth === 1 && (word === 'when' || word === 'then' || word === 'else');
    },
    true,
  );
  const inner = at + layout.indent;
  const [head = [], ...rest] = parts;
  const first = inlineText(head, at, layout);
  const lines = rest.map(
    (part) =>
      `${part[0]?.type === 'leaf' ? part[0].text : ''} ${expressionText(part.slice(1), inner, layout)}`,
  );
  const last = nodes.at(-1);
  const end = last?.type === 'leaf' ? last.text : '';
  const wide = [first, ...lines, end].reduce((sum, line) => sum + line.length, 0) > layout.width;
  if (!wide) return [first, ...lines, end].join(' ');
  return `${first}\n${lines.map((line) => pad(inner) + line).join('\n')}\n${pad(at)}${end}`;
}

interface Around {
  readonly at: number;
  readonly layout: Layout;
}

function groupText(nodes: readonly Node[], index: number, { at, layout }: Around): string {
  const group = nodes[index] as Group;
  const inner = at + layout.indent;
  const wrap = (lines: readonly string[]) => `${group.open}\n${lines.join('\n')}\n${pad(at)}${group.close}`;
  if (isQueryGroup(group)) return wrap(layout.query(group.children, inner, layout));
  if (group.children.length === 0) return group.open + group.close;
  const items = splitNodes(group.children, (node) => isSymbol(node, ','));
  if (Number.isFinite(layout.width) && isPlain(nodes, index) && items.length === 1)
    return wrap([pad(inner) + expressionText(group.children, inner, layout)]);
  const short = items.map((item) => itemText(item, { at, layout }, group.open));
  if (short.reduce((sum, item) => sum + item.length, 0) <= layout.width || items.some((i) => i.length === 0))
    return group.open + short.join(', ') + group.close;
  const broken = items.map((item) => itemText(item, { at: inner, layout }, group.open));
  return wrap(listLines(broken, inner, layout));
}

/** Lines of a list, with commas behind or before its items. */
export function listLines(items: readonly string[], at: number, { leadingComma }: Layout): readonly string[] {
  return items.map((item, index) => {
    if (leadingComma) return `${pad(at)}${index > 0 ? ', ' : ''}${item}`;
    return `${pad(at)}${item}${index < items.length - 1 ? ',' : ''}`;
  });
}

function itemText(item: readonly Node[], { at, layout }: Around, open: string): string {
  const colon = item.findIndex((node) => isSymbol(node, ':'));
  if (colon < 0) return expressionText(item, at, layout);
  const [key, value] = [item.slice(0, colon), item.slice(colon + 1)];
  const gap = open === '{' ? ' ' : '';
  return `${expressionText(key, at, layout)}:${gap}${expressionText(value, at, layout)}`;
}

/** Whether brackets only hold together what is in them: they call nothing, list nothing and index nothing. */
function isPlain(nodes: readonly Node[], index: number): boolean {
  const group = nodes[index];
  if (group?.type !== 'group' || group.open !== '(') return false;
  const before = nodes[index - 1];
  if (before === undefined) return true;
  if (before.type === 'leaf' && before.token.kind === 'symbol') return !TIGHT.has(before.text);
  const word = wordOf(before);
  const first = group.children[0];
  if (word === 'on' && wordOf(nodes[index - 2]) === 'distinct') return false;
  if (word === 'as') return first?.type === 'leaf' && first.token.kind === 'macro';
  return ['and', 'or', 'not', 'when', 'then', 'else', 'case', 'on'].includes(word);
}

/** Whether there is a space before the node at `index`. */
function isApart(nodes: readonly Node[], index: number): boolean {
  const [before, node] = [nodes[index - 1] as Node, nodes[index] as Node];
  const touches = before.end === node.start;
  if (isSymbol(node, ',', ';') || isSymbol(node, '.', '::') || isSymbol(before, '.', '::')) return false;
  if (node.type === 'group') return isGroupApart(before, node);
  if (isSign(nodes, index - 1)) return isSymbol(node, '-', '+');
  const glued = before.type === 'leaf' && before.token.kind !== 'symbol' && node.type === 'leaf';
  if (glued && touches && node.token.kind !== 'symbol') return false;
  return !(isSymbol(before, ':') || isSymbol(node, ':'));
}

function isGroupApart(before: Node, group: Group): boolean {
  if (before.type === 'group') return group.open === '(' && before.end !== group.start;
  if (before.type === 'comment') return true;
  const { kind } = before.token;
  if (kind === 'symbol') return !isSymbol(before, '.', '::');
  if (kind === 'macro') return before.end !== group.start;
  if (group.open === '{') return before.end !== group.start;
  return kind === 'word' && APART.has(before.token.text.toLowerCase());
}

/** Whether a plus or minus belongs to the number after it. */
function isSign(nodes: readonly Node[], index: number): boolean {
  if (!isSymbol(nodes[index], '-', '+')) return false;
  const before = nodes[index - 1];
  if (before === undefined) return true;
  if (before.type === 'leaf' && before.token.kind === 'symbol') return true;
  return APART.has(wordOf(before)) && wordOf(before) !== 'end';
}
