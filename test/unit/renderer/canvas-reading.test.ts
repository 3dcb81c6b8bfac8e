import { describe, expect, test } from 'vitest';
import { edgesOfTexts, refusalOf } from '../../../renderer/features/canvas/connect/reading';

const EDGES = [
  { from: 'raw.s', to: 'stg.a' },
  { from: 'stg.a', to: 'mart.b' },
  { from: 'mart.b', to: 'mart.c' },
];
const GRAPH = { nodes: ['raw.s', 'stg.a', 'mart.b', 'mart.c', 'mart.d'].map((id) => ({ id })), edges: EDGES };

describe('what may read what', () => {
  test('anything that does not lead back may', () => {
    expect(refusalOf({ parent: 'raw.s', child: 'mart.c' }, EDGES)).toBeUndefined();
    expect(refusalOf({ parent: 'mart.d', child: 'stg.a' }, EDGES)).toBeUndefined();
    expect(refusalOf({ parent: 'stg.a', child: 'mart.b' }, EDGES)).toBeUndefined();
  });

  test('a circle is refused with its way', () => {
    expect(refusalOf({ parent: 'mart.c', child: 'stg.a' }, EDGES)).toBe(
      'That would be a circle: mart.b reads stg.a, mart.c reads mart.b.',
    );
    expect(refusalOf({ parent: 'mart.b', child: 'mart.b' }, EDGES)).toBe('A model cannot read itself.');
  });

  test('a source reads no model', () => {
    expect(refusalOf({ parent: 'mart.c', child: 'raw.s' }, EDGES)).toMatch(/raw\.s is a source/);
  });

  test('circles that are there already do not hang the search', () => {
    const loop = [...EDGES, { from: 'mart.c', to: 'mart.b' }];
    expect(refusalOf({ parent: 'mart.d', child: 'mart.b' }, loop)).toBeUndefined();
  });
});

describe('edges of unsaved texts', () => {
  test('stand in place of those of the saved file', () => {
    const drafts = [{ model: 'mart.d', text: 'MODEL (name mart.d);\nSELECT 1 FROM mart.c, other.x' }];
    expect(edgesOfTexts(GRAPH, drafts)).toEqual([...EDGES, { from: 'mart.c', to: 'mart.d' }]);
    expect(refusalOf({ parent: 'mart.d', child: 'stg.a' }, edgesOfTexts(GRAPH, drafts))).toMatch(/circle/);
    expect(edgesOfTexts(GRAPH, [{ model: 'mart.b', text: 'SELECT 1' }])).toEqual([EDGES[0], EDGES[2]]);
  });
});
