import type { BatchState } from '../../../../shared/protocol/views/backfill';
import type { GridCell } from './cells';

/** Sizes in pixels: cells of 12 by 24 on a pitch of 13 by 32, narrower where a run is long. */
export const ROW = 32;
export const CELL_HEIGHT = 24;
const PITCH = 13;
const LEAST_PITCH = 4;
const GAP = 1;
const RADIUS = 2;

/** The pitch at which the columns fit, between 13 and 4; past that the grid scrolls. */
export function pitchFor(columns: number, width: number): number {
  if (columns === 0) return PITCH;
  return Math.max(LEAST_PITCH, Math.min(PITCH, Math.floor(width / columns)));
}

export function cellBox(cell: Pick<GridCell, 'first' | 'end'>, pitch: number): { x: number; width: number } {
  return { x: cell.first * pitch, width: (cell.end - cell.first) * pitch - GAP };
}

/** A colour of the tokens, filled or as a line. */
export type PaintTone =
  | 'shadow'
  | 'shadow-tint'
  | 'shadow-line'
  | 'queued'
  | 'idle'
  | 'red'
  | 'cross'
  | 'stopped';

/** All shapes of one colour in one row, as one path of SVG and of canvas alike. */
export interface Paint {
  readonly tone: PaintTone;
  readonly d: string;
}

type Pen = (tone: PaintTone, d: string) => void;

/** What a row of cells looks like, back to front. */
export function paintCells(cells: readonly GridCell[], pitch: number): readonly Paint[] {
  const paths = new Map<PaintTone, string>();
  const pen: Pen = (tone, d) => paths.set(tone, `${paths.get(tone) ?? ''}${d}`);
  for (const cell of cells) paintCell(cell, cellBox(cell, pitch), pen);
  return ORDER.flatMap((tone) => {
    const d = paths.get(tone);
    return d ? [{ tone, d }] : [];
  });
}

const ORDER: readonly PaintTone[] = [
  'idle',
  'queued',
  'stopped',
  'shadow-tint',
  'shadow-line',
  'shadow',
  'red',
  'cross',
];

function paintCell(cell: GridCell, box: { x: number; width: number }, pen: Pen): void {
  const { x, width } = box;
  const full = roundBox(x, 0, width, CELL_HEIGHT);
  const share = cell.done / cell.batches.length;
  BACKS[cell.state](pen, { x, width, full });
  // Of several batches some may be filled already, whatever the worst of them does.
  const filled = cell.state === 'running' ? Math.max(share, 0.5) : share;
  if (cell.state === 'done' || cell.state === 'failed' || filled === 0) return;
  const height = Math.max(2, Math.round(CELL_HEIGHT * filled));
  pen('shadow', roundBox(x, CELL_HEIGHT - height, width, height));
}

interface Box {
  readonly x: number;
  readonly width: number;
  readonly full: string;
}

const BACKS: Readonly<Record<BatchState, (pen: Pen, box: Box) => void>> = {
  done: (pen, { full }) => pen('shadow', full),
  waiting: (pen, { full }) => pen('idle', full),
  queued: (pen, { x, width }) => pen('queued', roundBox(x + 0.5, 0.5, width - 1, CELL_HEIGHT - 1)),
  running: (pen, { x, width, full }) => {
    pen('shadow-tint', full);
    pen('shadow-line', roundBox(x + 0.75, 0.75, width - 1.5, CELL_HEIGHT - 1.5));
  },
  failed: (pen, { x, width, full }) => {
    pen('red', full);
    pen('cross', crossAt(x + width / 2, CELL_HEIGHT / 2, Math.min(2.5, width / 4)));
  },
  stopped: (pen, { x, width, full }) => {
    pen('idle', full);
    pen('stopped', roundBox(x + width / 2 - 2, CELL_HEIGHT / 2 - 2, Math.min(4, width), 4));
  },
};

function roundBox(x: number, y: number, width: number, height: number): string {
  const r = Math.max(0, Math.min(RADIUS, width / 2, height / 2));
  const arc = `a${r} ${r} 0 0 1 `;
  return (
    `M${x + r} ${y}h${width - 2 * r}${arc}${r} ${r}v${height - 2 * r}${arc}${-r} ${r}` +
    `h${2 * r - width}${arc}${-r} ${-r}v${2 * r - height}${arc}${r} ${-r}z`
  );
}

function crossAt(x: number, y: number, size: number): string {
  return `M${x - size} ${y - size}l${2 * size} ${2 * size}M${x + size} ${y - size}l${-2 * size} ${2 * size}`;
}
