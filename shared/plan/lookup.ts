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

/** The version that an environment shows for a model, or undefined. */
export function versionIn(state: WarehouseState, environment: string, model: string): Version | undefined {
  return versionOf(state, model, state.environments.get(environment)?.versions[model]);
}

/** Highest version number that a model ever had, 0 where there is none. */
export function latestNumber(state: WarehouseState, model: string): number {
  const numbers = (state.versions.get(model) ?? []).map((version) => version.number);
  return Math.max(0, state.highest?.get(model) ?? 0, ...numbers);
}
