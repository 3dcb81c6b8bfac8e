import { type RefObject, useMemo } from 'react';
import { type Action, useOfferActions } from './actions';

/** Offers to go to a room's search field, with the key that its cap shows. */
export function useFindAction(
  id: string,
  { title, group, field }: { title: string; group: string; field: RefObject<HTMLElement | null> },
): void {
  const actions = useMemo(
    (): readonly Action[] => [
      { id, title, group, icon: 'search', keys: 'F', run: () => field.current?.focus() },
    ],
    [id, title, group, field],
  );
  useOfferActions(actions);
}
