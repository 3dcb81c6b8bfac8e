import { describe, expect, test } from 'vitest';
import { ticksOf, toShares } from '../../../renderer/features/canvas/graph/bar-spans';
import { pathsThrough, walk } from '../../../renderer/features/canvas/graph/connected';
import { edgesIn, pathOf } from '../../../renderer/features/canvas/graph/edge-path';
import { fitBoxes, MAP } from '../../../renderer/features/canvas/graph/fit';
import { stepFrom } from '../../../renderer/features/canvas/graph/step';
import { layersOf } from '../../../renderer/features/canvas/layout/layers';
import type { Box } from '../../../renderer/features/canvas/layout/positions';
import { simpleLayout } from '../../../renderer/features/canvas/layout/simple-layout';

const edges = [
  { from: 'raw.a', to: 'stg.a' },
  { from: 'raw.b', to: 'stg.b' },
  { from: 'stg.a', to: 'mart.both' },
  { from: 'stg.b', to: 'mart.both' },
  { from: 'mart.both', to: 'mart.last' },
  { from: 'stg.b', to: 'mart.last' },
];
const ids = ['raw.a', 'raw.b', 'stg.a', 'stg.b', 'mart.both', 'mart.last'];
const nodes = ids.map((id) => ({ id, width: 200, height: 76, isSource: id.startsWith('raw.') }));

function boxesOf(): ReadonlyMap<string, Box> {
  const positions = simpleLayout({ nodes, edges });
  return new Map([...positions].map(([id, at]) => [id, { ...at, width: 200, height: 76 }]));
}

describe('paths', () => {
  test('reach all that feeds a node and all that reads it, not its siblings', () => {
    expect([...pathsThrough(edges, 'stg.a')].toSorted()).toEqual([
      'mart.both',
      'mart.last',
      'raw.a',
      'stg.a',
    ]);
    expect([...walk(edges, 'mart.last', 'up')].toSorted()).toEqual([
      'mart.both',
      'raw.a',
      'raw.b',
      'stg.a',
      'stg.b',
    ]);
  });

  test('end where models read each other in a circle', () => {
    const circle = [
      { from: 'a', to: 'b' },
      { from: 'b', to: 'a' },
    ];
    expect([...walk(circle, 'a', 'down')]).toEqual(['b']);
    expect(layersOf(['a', 'b'], circle).size).toBe(2);
  });
});

describe('the simple layout', () => {
  test('puts every node right of all that it reads, and no node on another', () => {
    const boxes = boxesOf();
    for (const { from, to } of edges) {
      expect(boxes.get(to)?.x).toBeGreaterThan((boxes.get(from)?.x ?? Number.NaN) + 200);
    }
    const places = [...boxes.values()].map(({ x, y }) => `${x} ${y}`);
    expect(new Set(places).size).toBe(ids.length);
  });
});

describe('arrow keys', () => {
  const ground = { boxes: boxesOf(), edges };

  test('begin at the first source', () => {
    expect(stepFrom(null, 'ArrowRight', ground)).toBe('raw.a');
    expect(stepFrom('gone', 'ArrowDown', ground)).toBe('raw.a');
  });

  test('go along edges to the right and back, and within the column', () => {
    expect(stepFrom('raw.a', 'ArrowRight', ground)).toBe('stg.a');
    expect(stepFrom('mart.both', 'ArrowLeft', ground)).toBe('stg.a');
    expect(stepFrom('stg.a', 'ArrowDown', ground)).toBe('stg.b');
    expect(stepFrom('stg.b', 'ArrowUp', ground)).toBe('stg.a');
  });

  test('stay where there is nothing further', () => {
    expect(stepFrom('mart.last', 'ArrowRight', ground)).toBeUndefined();
    expect(stepFrom('raw.a', 'ArrowUp', ground)).toBeUndefined();
  });
});

describe('showing all', () => {
  const room = { width: 1000, height: 500 };

  test('never enlarges, and leaves no node below the map', () => {
    expect(fitBoxes([{ x: 0, y: 0, width: 200, height: 76 }], room).zoom).toBe(1);
    const corner = { x: 1400, y: 700, width: 200, height: 76 };
    const view = fitBoxes([{ x: 0, y: 0, width: 200, height: 76 }, corner], room);
    const right = (corner.x + corner.width) * view.zoom + view.x;
    const bottom = (corner.y + corner.height) * view.zoom + view.y;
    expect(right <= room.width - MAP.width || bottom <= room.height - MAP.height).toBe(true);
  });
});

describe('edges', () => {
  const boxes = boxesOf();

  test('are one path, a curve each; an edge to a node without a place is left out', () => {
    expect(pathOf(edges, boxes).match(/C/g)).toHaveLength(edges.length);
    expect(pathOf([{ from: 'raw.a', to: 'gone' }], boxes)).toBe('');
  });

  test('are drawn where they cross the area in sight, though both of their nodes lie outside of it', () => {
    const across = { from: 'left', to: 'right' };
    const apart = new Map([
      ['left', { x: 0, y: 0, width: 200, height: 76 }],
      ['right', { x: 5000, y: 0, width: 200, height: 76 }],
    ]);
    expect(edgesIn([across], apart, { x: 2000, y: -500, width: 1000, height: 1000 })).toEqual([across]);
    expect(edgesIn([across], apart, { x: 2000, y: 500, width: 1000, height: 1000 })).toEqual([]);
    expect(edgesIn([across], apart, undefined)).toEqual([across]);
  });
});

describe('partition bars', () => {
  const history = { from: '2025-01-01T00:00:00.000Z', to: '2025-04-01T00:00:00.000Z' };

  test('spans lie where their days are, cut at the ends of the history', () => {
    const [early] = toShares([{ from: '2024-12-01T00:00:00.000Z', to: '2025-02-15T00:00:00.000Z' }], history);
    expect(early).toEqual({ left: 0, width: 50 });
    expect(toShares([{ from: '2026-01-01T00:00:00.000Z', to: '2026-01-02T00:00:00.000Z' }], history)).toEqual(
      [],
    );
    expect(toShares([history], { from: history.from, to: history.from })).toEqual([]);
  });

  test('ticks stand at months, at years for long histories, nowhere past that', () => {
    expect(ticksOf(history)).toHaveLength(2);
    expect(ticksOf({ from: '2015-06-01T00:00:00.000Z', to: '2025-06-01T00:00:00.000Z' })).toHaveLength(10);
    expect(ticksOf({ from: '1925-01-01T00:00:00.000Z', to: '2025-01-01T00:00:00.000Z' })).toEqual([]);
  });
});
