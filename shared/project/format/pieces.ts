import { connected, expressionText, type Layout, listLines, pad } from './expression';
import { type Comment, isSymbol, type Node } from './nodes';

/** A piece of a list or condition with the comments that belong to it. */
interface Piece {
  readonly lead: readonly string[];
  readonly nodes: readonly Node[];
  readonly trail: string;
}

/** Pieces, and comments that stand after the last of them. */
interface Pieces {
  readonly pieces: readonly Piece[];
  readonly after: readonly string[];
}

/** Items of a list: a comment on a line of its own belongs to what follows, one behind an item or its comma to that item. */
export function listPieces(nodes: readonly Node[]): Pieces {
  return gather(nodes, (node) => isSymbol(node, ','), false);
}

/** Parts of a condition, each but the first beginning with its AND or OR. */
function conditionPieces(nodes: readonly Node[]): Pieces {
  const starts = new Set(
    connected(nodes)
      .slice(1)
      .map((part) => part[0]),
  );
  return gather(nodes, (node) => starts.has(node), true);
}

function gather(nodes: readonly Node[], separates: (node: Node) => boolean, keep: boolean): Pieces {
  const pieces: { lead: string[]; nodes: Node[]; trail: string }[] = [];
  let waiting: string[] = [];
  let current = { lead: waiting, nodes: [] as Node[], trail: '' };
  const close = () => {
    const own: Comment[] = [];
    for (let last = current.nodes.at(-1); last?.type === 'comment'; last = current.nodes.at(-1)) {
      own.unshift(last);
      current.nodes.pop();
    }
    waiting = [];
    for (const comment of own) attach(current, comment, waiting);
    if (current.nodes.length > 0 || own.length > 0) pieces.push(current);
  };
  for (const node of nodes) {
    if (separates(node)) {
      close();
      current = { lead: waiting, nodes: keep ? [node] : [], trail: '' };
    } else if (node.type === 'comment' && current.nodes.length === 0) {
      const before = pieces.at(-1);
      if (before && !keep && !node.ownLine) attach(before, node, current.lead);
      else current.lead.push(node.text);
    } else current.nodes.push(node);
  }
  close();
  return { pieces, after: waiting };
}

/** Puts a comment behind a piece, or before the next where it cannot stand behind this one. */
function attach(piece: { trail: string }, comment: Comment, next: string[]): void {
  if (next.length > 0 || comment.ownLine || piece.trail.startsWith('--')) next.push(comment.text);
  else piece.trail = piece.trail === '' ? comment.text : `${piece.trail} ${comment.text}`;
}

/** A list with one item a line, and its comments. */
export function listText(nodes: readonly Node[], at: number, layout: Layout): readonly string[] {
  const { pieces, after } = listPieces(nodes);
  const items = pieces.map((piece) => expressionText(piece.nodes, at, layout));
  const lines = listLines(items, at, layout);
  const own = pieces.flatMap((piece, index) => [
    ...piece.lead.map((comment) => pad(at) + comment),
    withTrail(lines[index] ?? '', piece.trail),
  ]);
  return [...own, ...after.map((comment) => pad(at) + comment)];
}

/** A condition: on one line where it is short and has no comments, else one part a line. */
export function conditionText(nodes: readonly Node[], at: number, layout: Layout): readonly string[] {
  const { pieces, after } = conditionPieces(nodes);
  const plain = pieces.every((piece) => piece.lead.length === 0 && piece.trail === '');
  if (plain && after.length === 0)
    return [
      pad(at) +
        expressionText(
          pieces.flatMap((piece) => piece.nodes),
          at,
          layout,
        ),
    ];
  const own = pieces.flatMap((piece) => [
    ...piece.lead.map((comment) => pad(at) + comment),
    withTrail(pad(at) + expressionText(piece.nodes, at, layout), piece.trail),
  ]);
  return [...own, ...after.map((comment) => pad(at) + comment)];
}

export function withTrail(line: string, trail: string): string {
  return trail === '' ? line : `${line} ${trail}`;
}
