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
  readonly watchers: Set<() => void>;
  fact: Fact<unknown>;
  /** whether nothing changed since it was asked */
  fresh: boolean;
  asking: boolean;
}

const NOTHING: Fact<unknown> = { data: undefined, problem: undefined, loading: true };

/** Mirrors answers by command and input: each asked once at a time, unwatched ones forgotten past `limit`. */
export class FactCache {
  readonly #ask: Ask;
  readonly #limit: number;
  /** in the order of their last use */
  readonly #entries = new Map<string, Entry>();

  constructor(ask: Ask, limit = 200) {
    this.#ask = ask;
    this.#limit = limit;
  }

  read(id: FactId, input: unknown): Fact<unknown> {
    return this.#entries.get(factKey(id, input))?.fact ?? NOTHING;
  }

  /** Calls `watcher` at every change until the returned function is called; asks where nothing fresh is there. */
  watch(query: { id: FactId; input: unknown }, watcher: () => void): () => void {
    const entry = this.#open(query.id, query.input);
    entry.watchers.add(watcher);
    this.#trim();
    if (!entry.fresh) void this.#fetch(entry);
    return () => entry.watchers.delete(watcher);
  }

  /** Asks watched facts of these topics again now, the others when they are next watched. */
  invalidate(topics: readonly FactTopic[]): void {
    for (const entry of this.#entries.values()) {
      if (!touches(entry.id, topics)) continue;
      entry.fresh = false;
      if (entry.watchers.size > 0) void this.#fetch(entry);
    }
  }

  /** Forgets every answer that nobody watches, as when another project is opened. */
  clear(): void {
    for (const [key, entry] of this.#entries) if (entry.watchers.size === 0) this.#entries.delete(key);
  }

  #open(id: FactId, input: unknown): Entry {
    const key = factKey(id, input);
    const made = { id, input, watchers: new Set<() => void>(), fact: NOTHING, fresh: false, asking: false };
    const entry = this.#entries.get(key) ?? made;
    this.#entries.delete(key);
    this.#entries.set(key, entry);
    return entry;
  }

  async #fetch(entry: Entry): Promise<void> {
    if (entry.asking) return;
    entry.asking = true;
    if (!entry.fact.loading) put(entry, { ...entry.fact, loading: true });
    let answer: Fact<unknown>;
    // An invalidation during the request makes it stale again, so it is repeated.
    do {
      entry.fresh = true;
      answer = await this.#askOnce(entry);
    } while (!entry.fresh && entry.watchers.size > 0);
    entry.asking = false;
    put(entry, answer);
  }

  async #askOnce(entry: Entry): Promise<Fact<unknown>> {
    try {
      return { data: await this.#ask(entry.id, entry.input), problem: undefined, loading: false };
    } catch (error) {
      return { data: entry.fact.data, problem: toProblem(error), loading: false };
    }
  }

  #trim(): void {
    for (const [key, entry] of this.#entries) {
      if (this.#entries.size <= this.#limit) return;
      if (entry.watchers.size === 0) this.#entries.delete(key);
    }
  }
}

/** The same for equal inputs, whatever the order of their fields. */
export function factKey(id: FactId, input: unknown): string {
  const sorted = JSON.stringify(input, (_key, value: unknown) =>
    isRecord(value) ? sortFields(value) : value,
  );
  return `${id} ${sorted}`;
}

function put(entry: Entry, fact: Fact<unknown>): void {
  entry.fact = fact;
  for (const watcher of entry.watchers) watcher();
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
