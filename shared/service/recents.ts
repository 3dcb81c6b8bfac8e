import type { RecentEntry } from './platform';

const most = 12;

/** The list with a project put first. */
export function withRecent(entries: readonly RecentEntry[], entry: RecentEntry): readonly RecentEntry[] {
  return [entry, ...entries.filter((other) => other.dir !== entry.dir)].slice(0, most);
}

/** The list as it was written down; one that is damaged is begun anew, since it holds nothing that is not kept elsewhere. */
export function parseRecents(text: string): readonly RecentEntry[] {
  try {
    const found: unknown = JSON.parse(text);
    return Array.isArray(found) ? found.filter(isEntry) : [];
  } catch {
    return [];
  }
}

function isEntry(value: unknown): value is RecentEntry {
  if (typeof value !== 'object' || value === null) return false;
  const entry = value as Partial<Record<keyof RecentEntry, unknown>>;
  return (
    typeof entry.dir === 'string' &&
    typeof entry.name === 'string' &&
    typeof entry.openedAt === 'number' &&
    typeof entry.state === 'string'
  );
}
