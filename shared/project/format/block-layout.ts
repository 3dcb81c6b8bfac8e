import { codeTokens, tokenize } from '../../sql/lexer';
import { expressionText, type Layout, pad } from './expression';
import { buildNodes, type Group, hasComment, isSymbol, type Node, splitNodes, wordOf } from './nodes';
import { listPieces, withTrail } from './pieces';
import { type FunctionCase, spellTypes, spellWords } from './words';

/** Properties whose one item in brackets stays on the line. */
const FLAT = new Set(['partitioned_by', 'clustered_by', 'time_column']);
const BOOLEANS = new Set(['true', 'false']);

/** A MODEL or AUDIT block, a property a line; undefined where it cannot be taken apart. */
export function blockText(layout: Layout, functions: FunctionCase): string | undefined {
  const code = codeTokens(layout.text);
  const spelling = new Map(
    [...spellWords(code, functions === 'usual' ? 'usual' : functions)].filter(([start]) => {
      const word = code.find((token) => token.start === start)?.text.toLowerCase() ?? '';
      return BOOLEANS.has(word) || word === 'interval';
    }),
  );
  const nodes = buildNodes(layout.text, tokenize(layout.text), spelling);
  const [word, group, ...rest] = nodes ?? [];
  if (word?.type !== 'leaf' || group?.type !== 'group' || rest.length > 0) return undefined;
  const { pieces, after } = listPieces(group.children);
  const at = layout.indent;
  const lines = pieces.flatMap((piece, index) => {
    const comma = index < pieces.length - 1 ? ',' : '';
    return [
      ...piece.lead.map((comment) => pad(at) + comment),
      ...(piece.nodes.length > 0
        ? [withTrail(`${pad(at)}${propertyText(piece.nodes, at, layout)}${comma}`, piece.trail)]
        : []),
    ];
  });
  const all = [...lines, ...after.map((comment) => pad(at) + comment)];
  return `${word.token.text.toUpperCase()} (\n${all.join('\n')}\n)`;
}

function propertyText(nodes: readonly Node[], at: number, layout: Layout): string {
  if (hasComment(nodes)) return layout.text.slice(nodes[0]?.start, nodes.at(-1)?.end);
  const name = wordOf(nodes[0]);
  const [first, ...value] = nodes;
  if (name === '' || value.length === 0 || first?.type !== 'leaf') return expressionText(nodes, at, layout);
  if (name === 'kind') return `${name} ${kindText(value, at, layout)}`;
  const only = value.length === 1 ? value[0] : undefined;
  if (name === 'columns' && only?.type === 'group' && only.open === '(')
    return `${name} ${columnsText(only, at, layout)}`;
  if (only?.type === 'group' && only.open === '(' && !FLAT.has(name) && isSingle(only)) {
    const inner = at + layout.indent;
    return `${name} (\n${pad(inner)}${valueText(only.children, inner, layout)}\n${pad(at)})`;
  }
  return `${name} ${valueText(value, at, layout)}`;
}

function kindText(value: readonly Node[], at: number, layout: Layout): string {
  const [word, group] = value;
  if (word?.type !== 'leaf' || word.token.kind !== 'word') return valueText(value, at, layout);
  const name = word.token.text.toUpperCase();
  if (group === undefined) return name;
  if (group.type !== 'group' || value.length > 2 || hasComment([group])) return valueText(value, at, layout);
  const inner = at + layout.indent;
  const items = splitNodes(group.children, (node) => isSymbol(node, ','));
  const lines = items.map((item) => pad(inner) + propertyText(item, inner, layout));
  return `${name} (\n${lines.join(',\n')}\n${pad(at)})`;
}

function isSingle(group: Group): boolean {
  return group.children.length > 0 && !group.children.some((node) => isSymbol(node, ','));
}

function columnsText(group: Group, at: number, layout: Layout): string {
  const inner = at + layout.indent;
  const items = splitNodes(group.children, (node) => isSymbol(node, ','));
  const lines = items.map(([name, ...type]) => {
    const written = name?.type === 'leaf' ? name.text : '';
    return `${pad(inner)}${written} ${typeText(type, inner, layout)}`;
  });
  return `(\n${lines.join(',\n')}\n${pad(at)})`;
}

function typeText(type: readonly Node[], at: number, layout: Layout): string {
  const written = valueText(type, at, layout);
  const spelling = spellTypes(codeTokens(written));
  let out = '';
  let from = 0;
  for (const [start, text] of spelling) {
    out += written.slice(from, start) + text;
    from = start + text.length;
  }
  return out + written.slice(from);
}

/** A value on one line, whatever is in its brackets. */
function valueText(value: readonly Node[], at: number, layout: Layout): string {
  const flat: Layout = { ...layout, width: Number.POSITIVE_INFINITY };
  const only = value.length === 1 ? value[0] : undefined;
  if (only?.type !== 'group') return expressionText(value, at, flat);
  const items = splitNodes(only.children, (node) => isSymbol(node, ','));
  const texts = items.map((item) => expressionText(item, at, flat));
  const wide = texts.reduce((sum, text) => sum + text.length, 0) > layout.width;
  if (!wide || texts.length < 2) return `${only.open}${texts.join(', ')}${only.close}`;
  const inner = at + layout.indent;
  const broken = items.map((item) => pad(inner) + expressionText(item, inner, layout));
  return `${only.open}\n${broken.join(',\n')}\n${pad(at)}${only.close}`;
}
