import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it, onTestFinished } from 'vitest';
import { fitPlace, keepPlace, readPlace, type WindowPlace } from '../../electron/main/window-place';

const screen = { x: 0, y: 0, width: 1920, height: 1080 };
const right = { x: 1920, y: 0, width: 1280, height: 1024 };
const place: WindowPlace = { x: 100, y: 50, width: 1200, height: 800, maximised: false, theme: 'dark' };

function folder(): string {
  const dir = mkdtempSync(join(tmpdir(), 'teal-place-'));
  onTestFinished(() => rmSync(dir, { recursive: true, force: true }));
  return dir;
}

describe('the place of the window', () => {
  it('is kept and read back', () => {
    const file = join(folder(), 'desktop/window.json');
    keepPlace(file, place);
    expect(readPlace(file)).toEqual(place);
  });

  it.each([
    ['no file', undefined],
    ['half a file', '{"x": 1,'],
    ['words for numbers', '{"x":"1","y":2,"width":3,"height":4,"maximised":false,"theme":"dark"}'],
    ['a list', '[]'],
  ])('is the usual one where there is %s', (_name, text) => {
    const file = join(folder(), 'window.json');
    if (text !== undefined) writeFileSync(file, text);
    expect(readPlace(file)).toEqual({ width: 1440, height: 900, maximised: false, theme: 'system' });
  });

  it('stays on the display where it was, at any side of the first', () => {
    expect(fitPlace(place, [screen])).toEqual(place);
    const there = { ...place, x: 2000 };
    expect(fitPlace(there, [screen, right])).toEqual(there);
  });

  it('goes to the middle of the first display where its own is gone, or its upper edge is out of reach', () => {
    const { x: _x, y: _y, ...centred } = place;
    expect(fitPlace({ ...place, x: 2000 }, [screen])).toEqual(centred);
    expect(fitPlace({ ...place, y: -40 }, [screen])).toEqual(centred);
    expect(fitPlace({ ...place, y: 1060 }, [screen])).toEqual(centred);
    expect(fitPlace({ ...place, x: -1150 }, [screen])).toEqual(centred);
  });

  it('is judged by the size that its display leaves it, not by the one that was kept', () => {
    const wide = { ...place, x: -5000, width: 8000 };
    expect(fitPlace(wide, [screen])).toEqual({ width: 1920, height: 800, maximised: false, theme: 'dark' });
  });

  it('is never larger than its display, and on some display whatever was kept', () => {
    const any = fc.record({
      x: fc.integer({ min: -9000, max: 9000 }),
      y: fc.integer({ min: -9000, max: 9000 }),
      width: fc.integer({ min: -100, max: 9000 }),
      height: fc.integer({ min: -100, max: 9000 }),
    });
    fc.assert(
      fc.property(any, (kept) => {
        const { x, y, width, height } = fitPlace({ ...place, ...kept }, [screen, right]);
        expect(width).toBeLessThanOrEqual(1920);
        expect(height).toBeLessThanOrEqual(1080);
        expect(width).toBeGreaterThanOrEqual(800);
        if (x === undefined || y === undefined) return;
        const reachable = [screen, right].some(
          (area) => x + width > area.x && x < area.x + area.width && y >= area.y && y < area.y + area.height,
        );
        expect(reachable).toBe(true);
      }),
    );
  });

  it('has the colours of the window before its first paint', () => {
    const tokens = readFileSync('renderer/ui/tokens.css', 'utf8');
    const source = readFileSync('electron/main/shell-window.ts', 'utf8');
    for (const [, colour] of tokens.matchAll(/--bg: (#[0-9a-f]{6});/g)) expect(source).toContain(colour);
  });
});
