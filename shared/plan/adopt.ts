import type { Version, WarehouseState } from '../release/types';
import { versionOf } from './lookup';
import type { PlanSoFar } from './plan-input';
import type { PinnedParent, PlannedModel } from './types';

type Parents = Readonly<Record<string, PinnedParent>>;

/** What is needed to judge whether a version may be taken over. */
export interface Adoption {
  readonly state: WarehouseState;
  readonly soFar: PlanSoFar;
  /** what the planned model reads */
  readonly parents: Parents;
  readonly fingerprint: string;
  readonly isView: boolean;
}

/**
 * A version that was filled before under the same logic and from parents that hold the same, shown ones first. An equal fingerprint
 * alone does not say so: a parent that was filled in a narrow scope holds older logic too. A view must read these very parents.
 */
export function sameLogic(model: string, adoption: Adoption): Version | undefined {
  const { state, fingerprint } = adoption;
  const shown = new Set([...state.environments.values()].map((environment) => environment.versions[model]));
  const fit = (state.versions.get(model) ?? []).filter(
    (version) =>
      version.fingerprint === fingerprint &&
      version.entries.every((entry) => entry.fingerprint === fingerprint) &&
      readsSame(version, adoption),
  );
  return fit.filter((version) => shown.has(version.number)).at(-1) ?? fit.at(-1);
}

/** A pinned parent as one text, as versions record it: `version 12` or a snapshot's id. */
export function pinText(parent: PinnedParent): string {
  if (parent.type === 'embedded') return parent.file;
  return parent.type === 'model' ? `version ${parent.version}` : parent.snapshot;
}

/** Whether a version was made from other parents than these. */
export function readsOther(version: Version, parents: Parents): boolean {
  return Object.entries(parents).some(([name, parent]) => version.inputs[name] !== pinText(parent));
}

function readsSame(version: Version, adoption: Adoption): boolean {
  const { state, soFar, parents } = adoption;
  if (adoption.isView) return !readsOther(version, parents);
  return Object.entries(parents).every(([name, parent]) => {
    if (parent.type !== 'model' || version.inputs[name] === pinText(parent)) return true;
    const planned = soFar.planned.get(name);
    const now = planned
      ? isPurePlan(planned, adoption)
      : isPure(versionOf(state, name, parent.version), state);
    return now && isPure(recorded(version, name, state), state);
  });
}

const known = new WeakMap<Version | PlannedModel, boolean>();

/** Whether all rows of a version, and all that it was computed from, are of the logic that its fingerprint names. */
function isPure(version: Version | undefined, state: WarehouseState): boolean {
  if (!version) return false;
  const before = known.get(version);
  if (before !== undefined) return before;
  const own = version.entries.every((entry) => entry.fingerprint === version.fingerprint);
  const models = Object.keys(version.inputs).filter((name) => version.inputs[name]?.startsWith('version '));
  const pure = own && models.every((name) => isPure(recorded(version, name, state), state));
  known.set(version, pure);
  return pure;
}

function isPurePlan(planned: PlannedModel, where: Pick<Adoption, 'state' | 'soFar'>): boolean {
  const { state, soFar } = where;
  const made = versionOf(state, planned.model, planned.version);
  if (made) return isPure(made, state);
  const before = known.get(planned);
  if (before !== undefined) return before;
  const own = planned.entries.every((entry) => entry.fingerprint === planned.fingerprint);
  const pure = Object.entries(planned.parents).every(([name, parent]) => {
    if (parent.type !== 'model') return true;
    const above = soFar.planned.get(name);
    return above ? isPurePlan(above, where) : isPure(versionOf(state, name, parent.version), state);
  });
  known.set(planned, own && pure);
  return own && pure;
}

function recorded(version: Version, parent: string, state: WarehouseState): Version | undefined {
  return versionOf(state, parent, Number(version.inputs[parent]?.replace('version ', '')));
}
