import { describe, expect, test } from 'vitest';
import { findShortcuts, listShortcuts } from '../../../renderer/features/shortcuts/shortcut-list';

const ACTIONS = [
  { title: 'Find a model', group: 'Canvas', keys: 'F' },
  { title: 'Tidy the canvas', group: 'Canvas' },
  { title: 'Find a record', group: 'History', keys: 'F' },
  { title: 'Keyboard shortcuts', group: 'Window', keys: '?' },
];
const PARTS = [{ place: 'On the canvas', lines: [{ title: 'Zoom in', keys: ['Plus', '='] }] }];

describe('the list of shortcuts', () => {
  test('has the actions that have a key, the parts in sight, and what holds everywhere', () => {
    const groups = listShortcuts(ACTIONS, PARTS);
    expect(groups.map(({ place }) => place)).toEqual(['Canvas', 'Window', 'On the canvas', 'Everywhere']);
    expect(groups[0]?.lines).toEqual([{ title: 'Find a model', chords: ['F'] }]);
    expect(groups[2]?.lines).toEqual([{ title: 'Zoom in', chords: ['Plus', '='] }]);
  });

  test('a key that two actions have stands there once, for the one that it runs', () => {
    const titles = listShortcuts(ACTIONS, []).flatMap(({ lines }) => lines.map(({ title }) => title));
    expect(titles).not.toContain('Find a record');
  });

  test('is searched by title, place and key', () => {
    const groups = listShortcuts(ACTIONS, PARTS);
    const found = (query: string) =>
      findShortcuts(groups, query).flatMap(({ lines }) => lines.map(({ title }) => title));
    expect(found('canvas')).toEqual(['Find a model', 'Zoom in']);
    expect(found('zoom canvas')).toEqual(['Zoom in']);
    expect(found('shift')).toEqual(['Go to the control before']);
    expect(found('')).toHaveLength(6);
    expect(found('nothing such')).toEqual([]);
  });
});
