import { useEffect, useId } from 'react';
import { create } from 'zustand';
import type { CommandId } from '../../shared/protocol/table';
import { hasSingleKeys } from './choices/shortcuts';
import { isDesktop } from './shell';

/** Something a user can do now: a line of the palette, and a key where it has one. */
export interface Action {
  readonly id: string;
  readonly title: string;
  /** the heading it stands under in the palette: "For this model", "Canvas" */
  readonly group: string;
  /** the same thing on the command line */
  readonly line?: string;
  /** `Mod+Shift+C`: Mod is Ctrl, or Cmd on a Mac */
  readonly keys?: string;
  /** another key for the same, where a browser tab keeps the first one to itself */
  readonly otherKeys?: string;
  /** a name of `renderer/ui/icon` */
  readonly icon?: string;
  /** the row of the command table that this does; the palette then leaves out the row's own line */
  readonly command?: CommandId;
  run(): void;
  isAvailable?(): boolean;
}

const useActionStore = create<{ readonly owners: ReadonlyMap<string, readonly Action[]> }>(() => ({
  owners: new Map(),
}));

/** Offers actions until the returned function is called. */
function registerActions(owner: string, actions: readonly Action[]): () => void {
  useActionStore.setState(({ owners }) => ({ owners: new Map(owners).set(owner, actions) }));
  return () =>
    useActionStore.setState(({ owners }) => {
      const rest = new Map(owners);
      if (rest.get(owner) === actions) rest.delete(owner);
      return { owners: rest };
    });
}

/** Offers actions while the component is there. `actions` should be memoised. */
export function useOfferActions(actions: readonly Action[]): void {
  const owner = useId();
  useEffect(() => registerActions(owner, actions), [owner, actions]);
}

/** The actions on offer now; those of the latest component come first. */
export function listActions(): readonly Action[] {
  return availableOf(useActionStore.getState().owners);
}

/** Runs an action that is on offer now; the menus, the welcome screen and the keys name actions by id. */
export function runAction(id: string): void {
  listActions()
    .find((action) => action.id === id)
    ?.run();
}

export function useActions(): readonly Action[] {
  return availableOf(useActionStore((store) => store.owners));
}

/** Whether the chord is a key by itself, as `F` or `?`, which belongs to the text while somebody types. */
export function isSingleKey(keys: string): boolean {
  return !/\b(Mod|Ctrl|Alt)\b/.test(keys);
}

/** The key to show for an action: in a browser tab the one that the browser leaves to the page; none that is off. */
export function shownKeys({ keys, otherKeys }: Pick<Action, 'keys' | 'otherKeys'>): string | undefined {
  const shown = otherKeys !== undefined && !isDesktop() && hasSingleKeys() ? otherKeys : keys;
  return shown !== undefined && isSingleKey(shown) && !hasSingleKeys() ? undefined : shown;
}

function availableOf(owners: ReadonlyMap<string, readonly Action[]>): readonly Action[] {
  return [...owners.values()]
    .toReversed()
    .flatMap((actions) => actions.filter((action) => action.isAvailable?.() ?? true));
}
