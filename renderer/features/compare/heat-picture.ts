import type { HeatMap } from './heat-map';

/** Cells of 4 x 18 on a pitch of 5 x 20, in pixels. */
export const PITCH = { x: 5, y: 20 } as const;
const CELL = { width: 4, height: 18 } as const;

/** The tokens that the picture is drawn in: the six steps, and the line of what was not read. */
export const HEAT_TOKENS = [
  '--heat-0',
  '--heat-1',
  '--heat-2',
  '--heat-3',
  '--heat-4',
  '--heat-5',
  '--line-strong',
] as const;

export type HeatColours = Readonly<Record<(typeof HEAT_TOKENS)[number], string>>;

const MOST_PIXELS = 16_000_000;

/** Draws every cell; parts that both sides share are a pale line, since nobody read them. */
export function drawHeat(canvas: HTMLCanvasElement, map: HeatMap, colours: HeatColours): void {
  const width = map.slots.length * PITCH.x;
  const height = map.rows.length * PITCH.y;
  const scale = Math.min(window.devicePixelRatio || 1, Math.sqrt(MOST_PIXELS / Math.max(1, width * height)));
  canvas.width = Math.round(width * scale);
  canvas.height = Math.round(height * scale);
  const context = canvas.getContext('2d');
  if (!context) return;
  context.scale(scale, scale);
  const steps = HEAT_TOKENS.slice(0, -1).map((token) => colours[token]);
  for (const [line, { levels }] of map.rows.entries()) {
    for (const [at, { partition, isShared }] of map.slots.entries()) {
      const x = at * PITCH.x;
      const y = line * PITCH.y + 1;
      if (partition) {
        context.fillStyle = steps[levels[at] ?? 0] ?? '';
        context.fillRect(x, y, CELL.width, CELL.height);
      } else if (isShared) {
        context.fillStyle = colours['--line-strong'];
        context.fillRect(x, y + CELL.height / 2 - 0.5, PITCH.x, 1);
      }
    }
  }
}
