import { PROD } from '../base/names';
import type { WarehouseState } from '../release/types';
import { changeOf } from './changes';
import { categorise } from './editions/categorise';
import { compareWithEnvironment } from './editions/compare';
import type { EditionDraft } from './editions/draft';
import type { Change } from './types';

/** How the saved files differ from prod, model by model, with the categories that a plan would give; metadata left out. */
export function pendingChanges(
  state: WarehouseState,
  drafts: ReadonlyMap<string, EditionDraft>,
  now: number,
): ReadonlyMap<string, Change> {
  const difference = compareWithEnvironment(state, drafts, { environment: PROD, createFrom: PROD, now });
  categorise(difference, { forwardOnly: false, choices: {}, autoCategorise: true });
  const changes = new Map<string, Change>();
  for (const [name, candidate] of difference.candidates) {
    const change = changeOf(name, candidate, difference);
    if (change && change.category !== 'METADATA') changes.set(name, change);
  }
  return changes;
}
