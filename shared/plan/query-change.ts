import { formText, type Item, type Part, queryForm, type SelectList } from './query/form';

/** Two queries, and whether all columns of what they read are known. */
export interface QueryPair {
  readonly before: string;
  readonly after: string;
  readonly resolved: boolean;
}

/** Whether two queries are the same but for their spelling. */
export function sameQuery({ before, after, resolved }: QueryPair): boolean {
  return before === after || formText(queryForm(before, resolved)) === formText(queryForm(after, resolved));
}

/**
 * Whether the new query differs from the old by added items of select lists alone, which leaves every old column as it was. Items
 * that make rows count as more than that, and so do items before others where GROUP BY or ORDER BY goes by their places.
 */
export function onlyAddsColumns({ before, after, resolved }: QueryPair): boolean {
  return addsOnly(queryForm(before, resolved), queryForm(after, resolved));
}

function addsOnly(before: readonly Part[], after: readonly Part[]): boolean {
  if (before.length !== after.length) return false;
  return before.every((old, at) => {
    const now = after[at] as Part;
    if (typeof old === 'string' || typeof now === 'string') return old === now;
    if ('items' in old) return 'items' in now && itemsAdded(old, now);
    return 'parts' in now && old.open === now.open && addsOnly(old.parts, now.parts);
  });
}

function itemsAdded(old: SelectList, now: SelectList): boolean {
  let at = 0;
  let before = false;
  const added: Item[] = [];
  for (const { text } of old.items) {
    const found = now.items.findIndex((item, index) => index >= at && item.text === text);
    if (found < 0) return false;
    before ||= found > at;
    added.push(...now.items.slice(at, found));
    at = found + 1;
  }
  added.push(...now.items.slice(at));
  return !added.some((item) => item.makesRows) && !(before && now.ordinals);
}
