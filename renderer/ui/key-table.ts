import { type KeyboardEvent, useEffect, useId, useRef } from 'react';
import { create } from 'zustand';
import { matchesKeys } from './keys';

/** What keys do somewhere, as it is listed. */
export interface ListedKeys {
  /** each as `ArrowUp`, `Space` or `Mod+C` */
  readonly keys: readonly string[];
  readonly title: string;
}

/** What keys do in a part that has the focus; `run` gives false where they do nothing now, and then go on to others. */
export interface KeyBinding extends ListedKeys {
  run(event: KeyboardEvent<HTMLElement>): unknown;
}

/** The keys of one kind of part: "On the canvas", "In a table". */
export interface KeyPart {
  readonly place: string;
  readonly lines: readonly ListedKeys[];
}

const usePartStore = create<{ readonly parts: ReadonlyMap<string, KeyPart> }>(() => ({ parts: new Map() }));

/** The one table of a part's keys: the returned handler takes them, and they are listed while the part is there. */
export function useKeyTable(
  place: string,
  bindings: readonly KeyBinding[],
): (event: KeyboardEvent<HTMLElement>) => void {
  useListedKeys(place, bindings);
  return (event) => {
    if (event.defaultPrevented) return;
    const taken = bindings.some(
      ({ keys, run }) => keys.some((chord) => matchesKeys(event, chord)) && run(event) !== false,
    );
    if (taken) event.preventDefault();
  };
}

/** Lists keys that something else takes, such as the editor's own. */
export function useListedKeys(place: string, lines: readonly ListedKeys[]): void {
  const owner = useId();
  const latest = useRef(lines);
  latest.current = lines;
  const words = JSON.stringify(lines.map(({ keys, title }) => [keys, title]));
  // biome-ignore lint/correctness/useExhaustiveDependencies: listed anew only when what is listed changed
  useEffect(() => {
    const part = { place, lines: latest.current.map(({ keys, title }) => ({ keys, title })) };
    usePartStore.setState(({ parts }) => ({ parts: new Map(parts).set(owner, part) }));
    return () =>
      usePartStore.setState(({ parts }) => {
        const rest = new Map(parts);
        rest.delete(owner);
        return { parts: rest };
      });
  }, [owner, place, words]);
}

/** The parts in sight with their keys; parts of one kind stand there once. */
export function useKeyParts(): readonly KeyPart[] {
  const parts = usePartStore((store) => store.parts);
  const places = new Map<string, Map<string, ListedKeys>>();
  for (const { place, lines } of parts.values()) {
    const known = places.get(place) ?? new Map<string, ListedKeys>();
    for (const line of lines) known.set(line.title, line);
    places.set(place, known);
  }
  return [...places].map(([place, lines]) => ({ place, lines: [...lines.values()] }));
}
