import { expressionText, type Layout, pad } from './expression';
import { type Comment, isSymbol, type Node, wordOf } from './nodes';
import { conditionText, listPieces, listText, withTrail } from './pieces';

type ClauseKind = 'with' | 'list' | 'from' | 'join' | 'condition' | 'inline' | 'set' | 'rest';

/** One clause of a query: its keywords, what follows them, and the comments on lines of their own before it. */
interface Clause {
  readonly kind: ClauseKind;
  readonly lead: readonly Comment[];
  readonly head: readonly Node[];
  readonly body: readonly Node[];
}

const JOIN_WORDS = new Set('left right full inner outer cross natural asof positional semi anti'.split(' '));
const SECOND: Readonly<Record<string, string>> = { group: 'by', order: 'by' };
const KINDS: Readonly<Record<string, ClauseKind>> = {
  with: 'with',
  select: 'list',
  group: 'list',
  order: 'list',
  from: 'from',
  where: 'condition',
  having: 'condition',
  qualify: 'condition',
  window: 'inline',
  limit: 'inline',
  offset: 'inline',
  union: 'set',
  except: 'set',
  intersect: 'set',
};

const MACROS: Readonly<Record<string, ClauseKind>> = {
  '@with': 'with',
  '@join': 'join',
  '@where': 'condition',
  '@having': 'condition',
  '@group_by': 'list',
  '@order_by': 'list',
  '@limit': 'inline',
};

/** A query as lines that stand at the column `at`, a clause each, as SQLMesh's formatter lays it out. */
export function queryLines(nodes: readonly Node[], at: number, layout: Layout): readonly string[] {
  return splitClauses(nodes).flatMap((clause) => [
    ...clause.lead.map((comment) => pad(at) + comment.text),
    ...clauseLines(clause, at, layout),
  ]);
}

function clauseLines(clause: Clause, at: number, layout: Layout): readonly string[] {
  const inner = at + layout.indent;
  const head = pad(at) + expressionText(clause.head, at, layout);
  if (clause.kind === 'with') return withLines(head, clause.body, { at, layout });
  if (clause.kind === 'join') return joinLines(head, clause.body, { at, layout });
  if (clause.body.length === 1 && wordOf(clause.body[0]) === 'all')
    return inlineLines(head, clause.body, { at, layout });
  if (clause.kind === 'list') return [head, ...listText(clause.body, inner, layout)];
  if (clause.kind === 'condition') return [head, ...conditionText(clause.body, inner, layout)];
  if (clause.body.length === 0) return [head];
  if (clause.kind === 'set') return [head, ...inlineLines('', clause.body, { at, layout })];
  return inlineLines(head, clause.body, { at, layout });
}

interface Around {
  readonly at: number;
  readonly layout: Layout;
}

/** What stays on the line of its keyword, unless comments make it a list of its own. */
function inlineLines(head: string, body: readonly Node[], { at, layout }: Around): readonly string[] {
  const { pieces, after } = listPieces(body);
  const bare = head.trim() === '';
  if (
    pieces.slice(0, -1).some((piece) => piece.trail !== '') ||
    pieces.some((piece) => piece.lead.length > 0)
  )
    return [...(bare ? [] : [head]), ...listText(body, bare ? at : at + layout.indent, layout)];
  const text = pieces.map((piece) => expressionText(piece.nodes, at, layout)).join(', ');
  const line = bare ? pad(at) + text : `${head} ${text}`;
  return [withTrail(line, pieces.at(-1)?.trail ?? ''), ...after.map((comment) => pad(at) + comment)];
}

function withLines(head: string, body: readonly Node[], { at, layout }: Around): readonly string[] {
  const { pieces, after } = listPieces(body);
  const lines: string[] = [];
  let line = head;
  pieces.forEach((piece, index) => {
    const text = expressionText(piece.nodes, at, layout);
    if (piece.lead.length > 0) {
      if (line.trim() !== '') lines.push(line.trimEnd());
      lines.push(...piece.lead.map((comment) => pad(at) + comment));
      line = pad(at);
    }
    line += `${line.trim() === '' ? '' : ' '}${text}${index < pieces.length - 1 ? ',' : ''}`;
    if (piece.trail !== '') {
      lines.push(withTrail(line, piece.trail));
      line = pad(at);
    }
  });
  if (line.trim() !== '') lines.push(line);
  return [...lines, ...after.map((comment) => pad(at) + comment)];
}

function joinLines(head: string, body: readonly Node[], around: Around): readonly string[] {
  const { at, layout } = around;
  const inner = at + layout.indent;
  const on = body.findIndex((node) => wordOf(node) === 'on' || wordOf(node) === 'using');
  if (on < 0) return inlineLines(head, body, around);
  const table = body.slice(0, on);
  const own: Node[] = [];
  for (let last = table.at(-1); last?.type === 'comment' && last.ownLine; last = table.at(-1)) {
    own.unshift(last);
    table.pop();
  }
  const word = body[on];
  const text = word?.type === 'leaf' ? word.text : '';
  if (text.toLowerCase() === 'using') {
    const using = listText(body.slice(on), inner, layout);
    return [
      ...inlineLines(head, table, around),
      ...own.map((comment) => commentLine(comment, inner)),
      ...using,
    ];
  }
  const [first = '', ...rest] = conditionText(body.slice(on + 1), inner, layout);
  const glued = first.trimStart().startsWith('--') || first.trimStart().startsWith('/*');
  return [
    ...inlineLines(head, table, around),
    ...own.map((comment) => commentLine(comment, inner)),
    ...(glued ? [pad(inner) + text, first] : [`${pad(inner)}${text} ${first.trimStart()}`]),
    ...rest,
  ];
}

function commentLine(node: Node, at: number): string {
  return node.type === 'comment' ? pad(at) + node.text : '';
}

function splitClauses(nodes: readonly Node[]): readonly Clause[] {
  const clauses: { kind: ClauseKind; lead: Comment[]; head: Node[]; body: Node[] }[] = [];
  let current = { kind: 'rest' as ClauseKind, lead: [] as Comment[], head: [] as Node[], body: [] as Node[] };
  const close = (): Comment[] => {
    const lead: Comment[] = [];
    const only = current.head.length === 0 && current.body.every((node) => node.type === 'comment');
    for (let last = current.body.at(-1); last?.type === 'comment'; last = current.body.at(-1)) {
      if (!last.ownLine && !only) break;
      lead.unshift(last);
      current.body.pop();
    }
    if (current.head.length + current.body.length > 0) clauses.push(current);
    return lead;
  };
  for (let i = 0; i < nodes.length; i++) {
    const head = clauseHead(nodes, i);
    if (!head) {
      current.body.push(nodes[i] as Node);
      continue;
    }
    const lead = close();
    current = { kind: head.kind, lead, head: nodes.slice(i, i + head.length), body: [] };
    i += head.length - 1;
  }
  const last = close();
  if (last.length > 0 && clauses.length > 0) clauses.at(-1)?.body.push(...last);
  return clauses;
}

/** What clause begins at a node, and how many nodes its keywords are. */
function clauseHead(nodes: readonly Node[], at: number): { kind: ClauseKind; length: number } | undefined {
  const word = wordOf(nodes[at]);
  const before = nodes[at - 1];
  const macro = macroClause(nodes, at);
  if (macro) return { kind: macro, length: 2 };
  if (word === '' || isSymbol(before, '.') || isSymbol(nodes[at + 1], '.', ':=', '=>')) return undefined;
  if (wordOf(before) === 'as') return undefined;
  if (JOIN_WORDS.has(word) || word === 'join') return joinHead(nodes, at);
  const kind = KINDS[word];
  if (!kind) return undefined;
  if (word === 'from' && wordOf(before) === 'distinct' && isDistinctFrom(nodes, at)) return undefined;
  if ((word === 'limit' || word === 'offset' || word === 'window') && !beginsRest(nodes, at))
    return undefined;
  if (word === 'except' && isSymbol(before, '*')) return undefined;
  if (word === 'with' && nodes.slice(0, at).some((node) => node.type !== 'comment')) return undefined;
  const second = SECOND[word];
  if (second) return wordOf(nodes[at + 1]) === second ? { kind, length: 2 } : undefined;
  return { kind, length: 1 + following(nodes, at + 1, word) };
}

/** The clause that a macro such as `@WHERE(...)` stands for. */
function macroClause(nodes: readonly Node[], at: number): ClauseKind | undefined {
  const [node, next] = [nodes[at], nodes[at + 1]];
  if (node?.type !== 'leaf' || node.token.kind !== 'macro' || next?.type !== 'group') return undefined;
  return MACROS[node.token.text.toLowerCase()];
}

/** How many further words belong to a keyword: `SELECT DISTINCT ON (...)`, `UNION ALL BY NAME`, `WITH RECURSIVE`. */
function following(nodes: readonly Node[], from: number, word: string): number {
  const next = wordOf(nodes[from]);
  if (word === 'with') return next === 'recursive' ? 1 : 0;
  if (word === 'select') {
    if (next === 'all') return 1;
    if (next !== 'distinct') return 0;
    return wordOf(nodes[from + 1]) === 'on' && nodes[from + 2]?.type === 'group' ? 3 : 1;
  }
  if (KINDS[word] !== 'set') return 0;
  const first = next === 'all' || next === 'distinct' ? 1 : 0;
  const byName = wordOf(nodes[from + first]) === 'by' && wordOf(nodes[from + first + 1]) === 'name';
  return byName ? first + 2 : first;
}

function joinHead(nodes: readonly Node[], at: number): { kind: ClauseKind; length: number } | undefined {
  let last = at;
  while (JOIN_WORDS.has(wordOf(nodes[last]))) last++;
  return wordOf(nodes[last]) === 'join' ? { kind: 'join', length: last - at + 1 } : undefined;
}

function isDistinctFrom(nodes: readonly Node[], at: number): boolean {
  const words = [wordOf(nodes[at - 2]), wordOf(nodes[at - 3])];
  return words[0] === 'is' || (words[0] === 'not' && words[1] === 'is');
}

// `limit`, `offset` and `window` may be names: they begin a clause where something they take follows.
function beginsRest(nodes: readonly Node[], at: number): boolean {
  const next = nodes[at + 1];
  if (wordOf(nodes[at]) === 'window') return wordOf(nodes[at + 2]) === 'as';
  return next !== undefined && next.type !== 'comment' && !isSymbol(next, ',', '=', '<', '>');
}
