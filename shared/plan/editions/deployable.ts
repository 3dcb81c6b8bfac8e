import { floorTo, previousTick, step } from '../cron';
import { cronOf, unitOf } from '../intervals';
import { type Candidate, type Candidates, dependsOnPast } from './candidate';
import { hasRestatementCron, isForwardOnly } from './settings';
import { missingOf, startOf } from './spans';

/** Whether what a plan computes of a model may be shown by prod, and whether its readers read what prod may show. */
export interface Deployability {
  /** its rows go to the line that prod may show */
  isDeployable(model: string): boolean;
  /** it is read from that line, and that line's intervals count as done */
  isRepresentative(model: string): boolean;
}

export const allDeployable: Deployability = { isDeployable: () => true, isRepresentative: () => true };

/** Finds out for an environment other than prod what prod may take over of it (SQLMesh: `DeployabilityIndex`). */
export function deployabilityOf(
  candidates: Candidates,
  { start, executionTime }: { start: number | null; executionTime: number },
): Deployability {
  const deployable = new Map<string, boolean>();
  const below = new Map<string, boolean>();
  const representative = new Set<string>();
  for (const [name, candidate] of candidates) {
    const parents = Object.keys(candidate.edition.parents);
    const mayBe = parents.every((parent) => below.get(parent) !== false);
    if (!mayBe) {
      deployable.set(name, false);
      below.set(name, false);
      if (candidate.live) representative.add(name);
      continue;
    }
    const { edition } = candidate;
    const valid = start === null || startsWell(candidate, candidates, { start, executionTime });
    const restates = hasRestatementCron(candidate.model.kind);
    const shared =
      restates ||
      edition.forwardOnly ||
      edition.category === 'INDIRECT_NON_BREAKING' ||
      (isForwardOnly(candidate.model.kind) && edition.category !== 'METADATA') ||
      !valid;
    let children = valid && !restates;
    if (shared) {
      const shown =
        candidate.live || (edition.category === 'INDIRECT_NON_BREAKING' && candidate.done.length > 0);
      if (shown) representative.add(name);
      else children = false;
    }
    deployable.set(name, !shared);
    below.set(name, children);
  }
  return {
    isDeployable: (model) => deployable.get(model) ?? true,
    isRepresentative: (model) => representative.has(model) || (deployable.get(model) ?? true),
  };
}

/** Whether a model that goes on from its own past is asked for from its start, or from where it stands. */
function startsWell(
  candidate: Candidate,
  candidates: Candidates,
  { start, executionTime }: { start: number; executionTime: number },
): boolean {
  const { model } = candidate;
  if (!dependsOnPast(model)) return true;
  const unit = unitOf(model);
  const asked = floorTo(unit, start);
  const begin = startOf(candidate, candidates, executionTime);
  if (candidate.done.length === 0) {
    const aligned = floorTo(unit, begin);
    return (aligned < begin ? step(unit, aligned) : aligned) >= asked;
  }
  const [first] = missingOf(model, candidate.done, {
    start: begin,
    end: previousTick(cronOf(model), executionTime),
    executionTime,
    ignoreCron: false,
    endBounded: false,
  });
  return first === undefined || first.from >= asked;
}
