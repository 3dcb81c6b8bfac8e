import { PROD } from '../base/names';
import type { PinnedParent } from '../release/definition';
import type { Version, WarehouseState } from '../release/types';

/** A version by model and number, or undefined. */
export function versionOf(
  state: WarehouseState,
  model: string,
  number: number | null | undefined,
): Version | undefined {
  return number === null || number === undefined
    ? undefined
    : state.versions.get(model)?.find((version) => version.number === number);
}

/** The newest version of a line of rows, or undefined. */
export function headOf(state: WarehouseState, model: string, line: string): Version | undefined {
  return versionOf(state, model, state.heads.get(model)?.get(line));
}

/** The version that an environment shows for a model, or undefined. */
export function versionIn(state: WarehouseState, environment: string, model: string): Version | undefined {
  return versionOf(state, model, state.environments.get(environment)?.versions[model]);
}

/** The version that an environment's readers see; one that has none of its own shows prod's. */
export function baseOf(state: WarehouseState, environment: string, model: string): Version | undefined {
  return versionIn(state, environment, model) ?? versionIn(state, PROD, model);
}

/** Highest version number that a model ever had, 0 where there is none. */
export function latestNumber(state: WarehouseState, model: string): number {
  const numbers = (state.versions.get(model) ?? []).map((version) => version.number);
  return Math.max(0, state.highest?.get(model) ?? 0, ...numbers);
}

/** A pinned parent as one text, as versions record it: `version 12`, a snapshot's id, or an embedded model's file. */
export function pinText(parent: PinnedParent): string {
  if (parent.type === 'embedded') return parent.file;
  return parent.type === 'model' ? `version ${parent.version}` : parent.snapshot;
}
