import type { Graph } from '../../../shared/protocol/views/project';

const WIDTH = 220;
const HEIGHT = 44;
const GAP_X = 80;
const GAP_Y = 20;
const MARGIN = 24;

interface Placed {
  readonly node: Graph['nodes'][number];
  readonly x: number;
  readonly y: number;
}

/** The graph as one page of HTML that needs nothing else: a drawing in layers, parents to the left. */
export function dagPage(graph: Graph, title: string): string {
  const placed = place(graph);
  const at = new Map(placed.map((one) => [one.node.id, one]));
  const lines = graph.edges.flatMap(({ from, to }) => {
    const [a, b] = [at.get(from), at.get(to)];
    return a && b ? [edge(a, b)] : [];
  });
  const width = Math.max(0, ...placed.map((one) => one.x)) + WIDTH + MARGIN;
  const height = Math.max(0, ...placed.map((one) => one.y)) + HEIGHT + MARGIN;
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<title>${escaped(title)}</title>
<style>
body { margin: 0; font: 13px system-ui, sans-serif; background: #f8fafc; color: #0f172a; }
h1 { font-size: 15px; margin: 16px 24px 0; }
rect { fill: #fff; stroke: #94a3b8; }
.source rect { stroke-dasharray: 4 3; }
.kind { fill: #475569; font-size: 12px; }
path { fill: none; stroke: #94a3b8; }
@media (prefers-color-scheme: dark) {
  body { background: #0f172a; color: #e2e8f0; }
  rect { fill: #1e293b; stroke: #64748b; }
  text { fill: #e2e8f0; }
  .kind { fill: #94a3b8; }
}
</style>
</head>
<body>
<h1>${escaped(title)}</h1>
<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" role="img" aria-label="Models and what they read">
${[...lines, ...placed.map(box)].join('\n')}
</svg>
</body>
</html>
`;
}

function place({ nodes, edges }: Graph): readonly Placed[] {
  const layers = new Map<string, number>();
  const layerOf = (id: string, trail: ReadonlySet<string>): number => {
    const known = layers.get(id);
    if (known !== undefined || trail.has(id)) return known ?? 0;
    const above = edges.filter((one) => one.to === id).map((one) => one.from);
    const layer = Math.max(-1, ...above.map((parent) => layerOf(parent, new Set([...trail, id])))) + 1;
    layers.set(id, layer);
    return layer;
  };
  const filled = new Map<number, number>();
  return nodes.map((node) => {
    const layer = layerOf(node.id, new Set());
    const row = filled.get(layer) ?? 0;
    filled.set(layer, row + 1);
    return { node, x: MARGIN + layer * (WIDTH + GAP_X), y: MARGIN + row * (HEIGHT + GAP_Y) };
  });
}

function box({ node, x, y }: Placed): string {
  const kind = node.kind ?? node.type;
  return `<g class="${node.type}" transform="translate(${x} ${y})"><title>${escaped(node.description || node.file)}</title><rect width="${WIDTH}" height="${HEIGHT}" rx="6"/><text x="10" y="18">${escaped(node.id)}</text><text class="kind" x="10" y="35">${escaped(kind)}</text></g>`;
}

function edge(from: Placed, to: Placed): string {
  const [x1, y1] = [from.x + WIDTH, from.y + HEIGHT / 2];
  const [x2, y2] = [to.x, to.y + HEIGHT / 2];
  const middle = (x1 + x2) / 2;
  return `<path d="M${x1} ${y1} C${middle} ${y1} ${middle} ${y2} ${x2} ${y2}"/>`;
}

function escaped(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}
