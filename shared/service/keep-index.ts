/** What was kept: `kept` is relative to the project's folder. */
export interface KeptContent {
  readonly kept: string;
  readonly sha256: string;
  readonly bytes: number;
}

/** How a platform keeps files and knows whether one changed. */
export interface KeepStore {
  keep(file: string, signal?: AbortSignal): Promise<KeptContent>;
  /** any write to the file changes it; null where there is no such file, or it is not to be remembered */
  stampOf(file: string): Promise<string | null>;
  isKept(kept: string): Promise<boolean>;
  /** what `save` wrote last, or null */
  load(): Promise<string | null>;
  save(text: string): Promise<void>;
}

/** A file as it was when it was kept. */
interface Entry extends KeptContent {
  readonly stamp: string;
}

/** Keeps files, and remembers which were kept as they are, so that a file that did not change is not read again. */
export function createKeepIndex(store: KeepStore) {
  let loaded: Promise<Map<string, Entry>> | undefined;
  let dirty = false;
  return {
    async keep(file: string, signal?: AbortSignal): Promise<KeptContent> {
      loaded ??= store.load().then(parse);
      const entries = await loaded;
      const known = entries.get(file);
      const before = await store.stampOf(file);
      const isSame = known && before !== null && known.stamp === before && (await store.isKept(known.kept));
      const { kept, sha256, bytes } = isSame ? known : await store.keep(file, signal);
      if (isSame) return { kept, sha256, bytes };
      const after = await store.stampOf(file);
      if (before !== null && before === after) {
        entries.set(file, { kept, sha256, bytes, stamp: before });
        dirty = true;
      }
      return { kept, sha256, bytes };
    },
    /** writes down what was learned; losing it costs time only */
    async save(): Promise<void> {
      if (!dirty || !loaded) return;
      dirty = false;
      await store.save(JSON.stringify([...(await loaded)]));
    },
  };
}

function parse(text: string | null): Map<string, Entry> {
  try {
    return new Map(JSON.parse(text ?? '[]') as [string, Entry][]);
  } catch {
    return new Map();
  }
}
