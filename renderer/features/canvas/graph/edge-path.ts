import type { Box, Edge } from '../layout/positions';

const LEAST_BEND = 20;
const MOST_BEND = 90;

/** One path of SVG through all of these edges; a thousand edges are then one element. */
export function pathOf(edges: readonly Edge[], boxes: ReadonlyMap<string, Box>): string {
  return edges.map((edge) => curve(boxes.get(edge.from), boxes.get(edge.to))).join('');
}

function curve(from: Box | undefined, to: Box | undefined): string {
  if (!from || !to) return '';
  const x1 = from.x + from.width;
  const y1 = from.y + from.height / 2;
  const y2 = to.y + to.height / 2;
  const bend = Math.max(LEAST_BEND, Math.min(MOST_BEND, Math.abs(to.x - x1) / 2));
  return `M${x1} ${y1}C${x1 + bend} ${y1} ${to.x - bend} ${y2} ${to.x} ${y2}`;
}

/** Those edges that may be seen in an area. */
export function edgesIn(
  edges: readonly Edge[],
  boxes: ReadonlyMap<string, Box>,
  area: Box | undefined,
): readonly Edge[] {
  if (!area) return edges;
  return edges.filter((edge) => {
    const from = boxes.get(edge.from);
    const to = boxes.get(edge.to);
    if (!from || !to) return false;
    const left = Math.min(from.x + from.width, to.x) - MOST_BEND;
    const right = Math.max(from.x + from.width, to.x) + MOST_BEND;
    const [top, bottom] = [Math.min(from.y, to.y), Math.max(from.y + from.height, to.y + to.height)];
    const isBeside = right < area.x || left > area.x + area.width;
    return !isBeside && bottom >= area.y && top <= area.y + area.height;
  });
}
