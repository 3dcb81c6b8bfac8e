import type { Box, Edge } from '../layout/positions';

export type Direction = 'ArrowLeft' | 'ArrowRight' | 'ArrowUp' | 'ArrowDown';

interface Ground {
  readonly boxes: ReadonlyMap<string, Box>;
  readonly edges: readonly Edge[];
}

export function isDirection(key: string): key is Direction {
  return key === 'ArrowLeft' || key === 'ArrowRight' || key === 'ArrowUp' || key === 'ArrowDown';
}

/** The node that an arrow key leads to: left and right along edges, up and down within the column. */
export function stepFrom(id: string | null, direction: Direction, ground: Ground): string | undefined {
  const here = id === null ? undefined : ground.boxes.get(id);
  if (id === null || !here) return firstOf(ground.boxes);
  const choices =
    direction === 'ArrowRight'
      ? ground.edges.filter(({ from }) => from === id).map(({ to }) => to)
      : direction === 'ArrowLeft'
        ? ground.edges.filter(({ to }) => to === id).map(({ from }) => from)
        : inColumn(here, direction === 'ArrowUp' ? -1 : 1, ground.boxes);
  return nearest(here, choices, ground.boxes);
}

function inColumn(here: Box, sign: -1 | 1, boxes: ReadonlyMap<string, Box>): string[] {
  return [...boxes].flatMap(([id, box]) => {
    const overlaps = box.x < here.x + here.width && here.x < box.x + box.width;
    return overlaps && Math.sign(middle(box) - middle(here)) === sign ? [id] : [];
  });
}

function nearest(here: Box, ids: readonly string[], boxes: ReadonlyMap<string, Box>): string | undefined {
  let best: { id: string; far: number } | undefined;
  for (const id of ids) {
    const box = boxes.get(id);
    if (!box) continue;
    const far = Math.abs(middle(box) - middle(here));
    if (!best || far < best.far) best = { id, far };
  }
  return best?.id;
}

function firstOf(boxes: ReadonlyMap<string, Box>): string | undefined {
  return [...boxes].toSorted(([, a], [, b]) => a.x - b.x || a.y - b.y)[0]?.[0];
}

function middle({ y, height }: Box): number {
  return y + height / 2;
}
