import { type RefObject, useMemo } from 'react';
import { type Action, useOfferActions } from './actions';
import { useHasSingleKeys } from './choices/shortcuts';

const KEY = 'F';

/** Offers to go to a room's search field, and gives the key for the cap in it. */
export function useFindAction(
  id: string,
  { title, group, field }: { title: string; group: string; field: RefObject<HTMLElement | null> },
): string {
  const actions = useMemo(
    (): readonly Action[] => [
      { id, title, group, icon: 'search', keys: KEY, run: () => field.current?.focus() },
    ],
    [id, title, group, field],
  );
  useOfferActions(actions);
  return useHasSingleKeys() ? KEY : '';
}
