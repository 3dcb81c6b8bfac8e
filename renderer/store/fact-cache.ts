import { type Problem, toProblem } from '../../shared/base/errors';
import type { FactTopic } from '../../shared/protocol/events';
import { type FactId, factTopics } from './fact-topics';

/** One mirrored answer. Old data stays while it is asked for again, and beside a problem. */
export interface Fact<T> {
  readonly data: T | undefined;
  readonly problem: Problem | undefined;
  readonly loading: boolean;
}

type Ask = (id: FactId, input: unknown) => Promise<unknown>;

interface Entry {
  readonly id: FactId;
  readonly input: unknown;
  fact: Fact<unknown>;
  fresh: boolean;
  asking: boolean;
  readonly watchers: Set<() => void>;
}

const NOTHING: Fact<unknown> = { data: undefined, problem: undefined, loading: true };

/** Mirrors answers by command and input: each asked once at a time, unwatched ones forgotten past `limit`. */
export function createFactCache(ask: Ask, limit = 200) {
  const entries = new Map<string, Entry>();

  const set = (entry: Entry, fact: Fact<unknown>): void => {
    entry.fact = fact;
    for (const watcher of entry.watchers) watcher();
  };

  const fetch = async (entry: Entry): Promise<void> => {
    if (entry.asking) return;
    entry.asking = true;
    if (!entry.fact.loading) set(entry, { ...entry.fact, loading: true });
    let answer: Fact<unknown>;
    // An invalidation during the request makes it stale again, so it is repeated.
    do {
      entry.fresh = true;
      answer = await askOnce(entry);
    } while (!entry.fresh && entry.watchers.size > 0);
    entry.asking = false;
    set(entry, answer);
  };

  const askOnce = async (entry: Entry): Promise<Fact<unknown>> => {
    try {
      return { data: await ask(entry.id, entry.input), problem: undefined, loading: false };
    } catch (error) {
      return { data: entry.fact.data, problem: toProblem(error), loading: false };
    }
  };

  const trim = (): void => {
    for (const [key, entry] of entries) {
      if (entries.size <= limit) return;
      if (entry.watchers.size === 0) entries.delete(key);
    }
  };

  const open = (id: FactId, input: unknown): Entry => {
    const key = factKey(id, input);
    const entry = entries.get(key) ?? {
      id,
      input,
      fact: NOTHING,
      fresh: false,
      asking: false,
      watchers: new Set(),
    };
    entries.delete(key);
    entries.set(key, entry);
    return entry;
  };

  return {
    read: (id: FactId, input: unknown): Fact<unknown> => entries.get(factKey(id, input))?.fact ?? NOTHING,
    watch: (query: { id: FactId; input: unknown }, watcher: () => void): (() => void) => {
      const entry = open(query.id, query.input);
      entry.watchers.add(watcher);
      trim();
      if (!entry.fresh) void fetch(entry);
      return () => entry.watchers.delete(watcher);
    },
    invalidate: (topics: readonly FactTopic[]): void => {
      for (const entry of entries.values()) {
        if (!touches(entry.id, topics)) continue;
        entry.fresh = false;
        if (entry.watchers.size > 0) void fetch(entry);
      }
    },
    /** Forgets every answer that nobody watches, as when another project is opened. */
    clear: (): void => {
      for (const [key, entry] of entries) if (entry.watchers.size === 0) entries.delete(key);
    },
  };
}

/** The same for equal inputs, whatever the order of their fields. */
export function factKey(id: FactId, input: unknown): string {
  return `${id} ${JSON.stringify(input, (_key, value: unknown) => (isRecord(value) ? sortFields(value) : value))}`;
}

function sortFields(record: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(record).toSorted(([a], [b]) => (a < b ? -1 : 1)));
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function touches(id: FactId, topics: readonly FactTopic[]): boolean {
  const own: readonly FactTopic[] = factTopics[id];
  return own.some((topic) => topics.includes(topic));
}
