import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import type { Rectangle } from 'electron';
import * as z from 'zod/mini';

const place = z.object({
  x: z.optional(z.int()),
  y: z.optional(z.int()),
  width: z.int(),
  height: z.int(),
  maximised: z.boolean(),
  theme: z.enum(['system', 'light', 'dark']),
});

/** Where the window was left, and in which theme; without x and y it goes to the middle of the screen. */
export type WindowPlace = z.infer<typeof place>;

export const SMALLEST = { width: 800, height: 560 };
const USUAL: WindowPlace = { width: 1440, height: 900, maximised: false, theme: 'system' };
/** so much of the upper edge must be in sight for a hand to take hold of */
const HOLD = 120;

/** The place that was kept, or the usual one where none was or it cannot be read. */
export function readPlace(file: string): WindowPlace {
  try {
    const parsed = place.safeParse(JSON.parse(readFileSync(file, 'utf8')));
    return parsed.success ? parsed.data : USUAL;
  } catch {
    return USUAL;
  }
}

/** Keeps the place; where nothing can be written the window opens in its usual place next time. */
export function keepPlace(file: string, left: WindowPlace): void {
  try {
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(`${file}.part`, `${JSON.stringify(left)}\n`);
    renameSync(`${file}.part`, file);
  } catch (error) {
    console.warn('The place of the window could not be kept.', error);
  }
}

/** A place that can be seen and reached on the displays there are now. */
export function fitPlace(kept: WindowPlace, areas: readonly Rectangle[]): WindowPlace {
  const { x, y, ...rest } = kept;
  const [first = { x: 0, y: 0, ...SMALLEST }] = areas;
  if (x !== undefined && y !== undefined) {
    for (const area of areas) {
      const fitted = { ...rest, ...sizeIn(area, rest), x, y };
      if (isHeldBy(area, fitted)) return fitted;
    }
  }
  return { ...rest, ...sizeIn(first, rest) };
}

function sizeIn(area: Rectangle, { width, height }: { width: number; height: number }) {
  return {
    width: between(width, Math.min(SMALLEST.width, area.width), area.width),
    height: between(height, Math.min(SMALLEST.height, area.height), area.height),
  };
}

function isHeldBy(area: Rectangle, { x, y, width }: { x: number; y: number; width: number }): boolean {
  const seen = Math.min(x + width, area.x + area.width) - Math.max(x, area.x);
  return seen >= HOLD && y >= area.y && y <= area.y + area.height - HOLD;
}

function between(value: number, least: number, most: number): number {
  return Math.max(least, Math.min(most, value));
}
