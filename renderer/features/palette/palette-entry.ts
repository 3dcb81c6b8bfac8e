import type { IconName } from '../../ui/icon';
import { fuzzyMatch, type Match } from './fuzzy';

/** One line of the palette. */
export interface PaletteEntry {
  readonly id: string;
  readonly kind: 'command' | 'model' | 'release' | 'environment';
  readonly group: string;
  readonly title: string;
  readonly icon: IconName;
  /** in mono at the right: a command line that can be copied, or where the thing is */
  readonly line?: string;
  readonly keys?: string;
  /** left out where the line can only be copied */
  readonly run?: () => void;
}

export interface PaletteHit {
  readonly entry: PaletteEntry;
  readonly match: Match;
}

export interface HitGroup {
  readonly title: string;
  readonly hits: readonly PaletteHit[];
}

const PREFIXES: Readonly<Record<string, PaletteEntry['kind']>> = {
  '>': 'command',
  '#': 'model',
  '@': 'release',
};
const MOST = 60;

/** The entries that fit a query such as `comp`, `>swap`, `#sales` or `@11`, best group first. */
export function findHits(entries: readonly PaletteEntry[], query: string): HitGroup[] {
  const kind = PREFIXES[query.charAt(0)];
  const text = kind ? query.slice(1) : query;
  const hits = entries
    .filter((entry) => kind === undefined || entry.kind === kind)
    .flatMap((entry) => {
      const match = fuzzyMatch(text, entry.title);
      return match ? [{ entry, match }] : [];
    })
    .toSorted((a, b) => b.match.score - a.match.score)
    .slice(0, MOST);
  const groups = new Map<string, PaletteHit[]>();
  for (const hit of hits) {
    const list = groups.get(hit.entry.group);
    if (list) list.push(hit);
    else groups.set(hit.entry.group, [hit]);
  }
  return [...groups].map(([title, list]) => ({ title, hits: list }));
}
