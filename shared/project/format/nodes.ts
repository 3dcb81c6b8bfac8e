import type { Token } from '../../sql/lexer';

/** A token of code, with the spelling that it will have. */
interface Leaf {
  readonly type: 'leaf';
  readonly token: Token;
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

/** A comment; `ownLine`: nothing but space stands before it on its line. */
export interface Comment {
  readonly type: 'comment';
  readonly text: string;
  readonly ownLine: boolean;
  readonly start: number;
  readonly end: number;
}

/** Brackets with what is between them. */
export interface Group {
  readonly type: 'group';
  readonly open: string;
  readonly close: string;
  readonly children: readonly Node[];
  readonly start: number;
  readonly end: number;
}

export type Node = Leaf | Comment | Group;

const CLOSING: Readonly<Record<string, string>> = { '(': ')', '[': ']', '{': '}' };

/** Tokens as a tree of brackets; undefined where they do not close. `spelling` gives the new text of a token by where it starts. */
export function buildNodes(
  text: string,
  tokens: readonly Token[],
  spelling: ReadonlyMap<number, string>,
): readonly Node[] | undefined {
  const stack: { open: Token | null; children: Node[] }[] = [{ open: null, children: [] }];
  for (const token of tokens) {
    const top = stack.at(-1);
    if (!top || token.kind === 'broken') return undefined;
    const symbol = token.kind === 'symbol' ? token.text : '';
    if (CLOSING[symbol]) stack.push({ open: token, children: [] });
    else if (symbol === ')' || symbol === ']' || symbol === '}') {
      if (!top.open || CLOSING[top.open.text] !== symbol) return undefined;
      stack.pop();
      stack.at(-1)?.children.push({
        type: 'group',
        open: top.open.text,
        close: symbol,
        children: top.children,
        start: top.open.start,
        end: token.end,
      });
    } else top.children.push(nodeOf(text, token, spelling));
  }
  return stack.length === 1 ? stack[0]?.children : undefined;
}

function nodeOf(text: string, token: Token, spelling: ReadonlyMap<number, string>): Leaf | Comment {
  const { start, end } = token;
  if (token.kind !== 'comment')
    return { type: 'leaf', token, text: spelling.get(start) ?? token.text, start, end };
  const before = text.slice(text.lastIndexOf('\n', start - 1) + 1, start);
  return { type: 'comment', text: token.text.trimEnd(), ownLine: before.trim() === '', start, end };
}

/** The word of a leaf in lower case, or an empty string for anything else. */
export function wordOf(node: Node | undefined): string {
  return node?.type === 'leaf' && node.token.kind === 'word' ? node.token.text.toLowerCase() : '';
}

export function isSymbol(node: Node | undefined, ...symbols: readonly string[]): boolean {
  return node?.type === 'leaf' && node.token.kind === 'symbol' && symbols.includes(node.token.text);
}

/** Whether a group holds a query, perhaps in further brackets. */
export function isQueryGroup(node: Node | undefined): boolean {
  if (node?.type !== 'group' || node.open !== '(') return false;
  const first = node.children.find((child) => child.type !== 'comment');
  return ['select', 'with', 'from'].includes(wordOf(first)) || isQueryGroup(first);
}

/** Whether a comment stands among these nodes where no clause of a query begins anew. */
export function hasComment(nodes: readonly Node[]): boolean {
  return nodes.some(
    (node) =>
      node.type === 'comment' || (node.type === 'group' && !isQueryGroup(node) && hasComment(node.children)),
  );
}

/** Pieces between the separators; a separator begins the piece after it where `keep`. */
export function splitNodes(
  nodes: readonly Node[],
  separates: (node: Node, index: number) => boolean,
  keep = false,
): readonly (readonly Node[])[] {
  const pieces: Node[][] = [[]];
  nodes.forEach((node, index) => {
    if (!separates(node, index)) pieces.at(-1)?.push(node);
    else pieces.push(keep ? [node] : []);
  });
  return pieces;
}
