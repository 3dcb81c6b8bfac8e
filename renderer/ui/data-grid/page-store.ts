import type { GridPage, GridRow, LoadPage } from './grid-types';

const KEPT = 40;
const SAMPLE = 50;

/** The rows of a grid that were loaded so far. Pages come one at a time, those in sight first. */
export class PageStore {
  readonly #load: LoadPage;
  readonly #size: number;
  readonly #pages = new Map<number, readonly GridRow[]>();
  readonly #watchers = new Set<() => void>();
  #wanted: readonly number[] = [0];
  #busy: AbortController | undefined;
  #total: number | null = null;
  #known = 0;
  #ended = false;
  #failure: string | undefined;
  #version = 0;
  #sample: readonly GridRow[] = [];

  constructor(load: LoadPage, size: number) {
    this.#load = load;
    this.#size = size;
  }

  readonly subscribe = (watcher: () => void): (() => void) => {
    this.#watchers.add(watcher);
    void this.#pump();
    return () => {
      this.#watchers.delete(watcher);
      if (this.#watchers.size === 0) this.#busy?.abort();
    };
  };

  readonly version = (): number => this.#version;

  /** Whether anything is known yet: a first page or a failure. */
  isReady(): boolean {
    return this.#pages.size > 0 || this.#failure !== undefined;
  }

  total(): number | null {
    return this.#total;
  }

  /** Rows to make room for: all of them, or where that is not known, those seen and one page more. */
  count(): number {
    return this.#total ?? this.#known + (this.#ended ? 0 : this.#size);
  }

  failure(): string | undefined {
    return this.#failure;
  }

  row(index: number): GridRow | undefined {
    return this.#pages.get(Math.floor(index / this.#size))?.[index % this.#size];
  }

  /** The first rows ever loaded, always the same list. */
  sample(): readonly GridRow[] {
    return this.#sample;
  }

  /** Says which rows are in sight. */
  want(first: number, last: number): void {
    const from = Math.floor(first / this.#size);
    const to = Math.floor(Math.max(first, last) / this.#size);
    this.#wanted = Array.from({ length: to - from + 1 }, (_, at) => from + at);
    if (this.#failure === undefined) void this.#pump();
  }

  retry(): void {
    this.#failure = undefined;
    this.#changed();
    void this.#pump();
  }

  async #pump(): Promise<void> {
    if (this.#busy) return;
    const next = this.#wanted.find((page) => !this.#pages.has(page) && this.#mayExist(page));
    if (next === undefined) return;
    const busy = new AbortController();
    this.#busy = busy;
    try {
      const page = await this.#load({ offset: next * this.#size, limit: this.#size, signal: busy.signal });
      this.#put(next, page);
    } catch (error) {
      if (!busy.signal.aborted) this.#failure = error instanceof Error ? error.message : String(error);
    }
    this.#busy = undefined;
    this.#changed();
    if (this.#failure === undefined && this.#watchers.size > 0) void this.#pump();
  }

  #mayExist(page: number): boolean {
    return page === 0 || page * this.#size < this.count();
  }

  #put(page: number, { rows, total }: GridPage): void {
    this.#pages.set(page, rows);
    if (this.#sample.length === 0) this.#sample = rows.slice(0, SAMPLE);
    this.#total = total;
    this.#known = Math.max(this.#known, page * this.#size + rows.length);
    if (rows.length < this.#size) this.#ended = true;
    if (this.#pages.size <= KEPT) return;
    const middle = this.#wanted[0] ?? 0;
    const farthest = [...this.#pages.keys()].toSorted(
      (a, b) => Math.abs(b - middle) - Math.abs(a - middle),
    )[0];
    if (farthest !== undefined) this.#pages.delete(farthest);
  }

  #changed(): void {
    this.#version += 1;
    for (const watcher of this.#watchers) watcher();
  }
}
