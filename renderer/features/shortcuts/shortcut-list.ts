import type { KeyPart } from '../../ui/key-table';

/** Keys and what they do; any one of the chords does it. */
interface ShortcutLine {
  readonly title: string;
  readonly chords: readonly string[];
}

/** The lines of one place: "Rooms", "On the canvas". */
export interface ShortcutGroup {
  readonly place: string;
  readonly lines: readonly ShortcutLine[];
}

interface Keyed {
  readonly title: string;
  readonly group: string;
  readonly keys?: string;
}

const EVERYWHERE: ShortcutGroup = {
  place: 'Everywhere',
  lines: [
    { title: 'Go to the next control', chords: ['Tab'] },
    { title: 'Go to the control before', chords: ['Shift+Tab'] },
    { title: 'Close what floats', chords: ['Escape'] },
  ],
};

/** All keys there are now: of the actions on offer, of the parts in sight, and those of every window. */
export function listShortcuts(
  actions: readonly Keyed[],
  parts: readonly KeyPart[],
): readonly ShortcutGroup[] {
  const groups = new Map<string, ShortcutLine[]>();
  const taken = new Set<string>();
  for (const { title, group, keys } of actions) {
    // The first action with a key is the one that it runs.
    if (keys === undefined || taken.has(keys)) continue;
    taken.add(keys);
    groups.set(group, [...(groups.get(group) ?? []), { title, chords: [keys] }]);
  }
  const ofParts = parts.map(({ place, lines }) => ({
    place,
    lines: lines.map(({ title, keys }) => ({ title, chords: keys })),
  }));
  return [...[...groups].map(([place, lines]) => ({ place, lines })), ...ofParts, EVERYWHERE];
}

/** The groups with those of their lines that have the words in their title, their place or their keys. */
export function findShortcuts(groups: readonly ShortcutGroup[], query: string): readonly ShortcutGroup[] {
  const words = query.toLowerCase().split(' ').filter(Boolean);
  return groups.flatMap(({ place, lines }) => {
    const found = lines.filter(({ title, chords }) => {
      const text = [place, title, ...chords].join(' ').toLowerCase();
      return words.every((word) => text.includes(word));
    });
    return found.length === 0 ? [] : [{ place, lines: found }];
  });
}
