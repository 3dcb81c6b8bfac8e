import { PROD } from '../../base/names';
import type { Edition } from '../../release/editions';
import type { Environment, WarehouseState } from '../../release/types';
import { type Candidate, datedModel, intervalsOf } from './candidate';
import { changesKind, differsDirectly, differsIndirectly } from './differences';
import type { EditionDraft, EditionSource } from './draft';

/** How a project differs from an environment (SQLMesh: `ContextDiff`). */
export interface EnvironmentDifference {
  readonly isNew: boolean;
  readonly candidates: Map<string, Candidate>;
  readonly added: ReadonlySet<string>;
  readonly removed: readonly string[];
  /** what the environment, or the one it begins from, is made of */
  readonly before: Readonly<Record<string, string>>;
}

type StoredEdition = Edition<EditionSource>;

/** An edition by model and id, as stored. */
export function storedEdition(
  state: WarehouseState,
  model: string,
  id: string | undefined,
): StoredEdition | undefined {
  return id === undefined ? undefined : (state.editions.get(model)?.get(id) as StoredEdition | undefined);
}

/** An environment that is there and not expired. */
export function standingEnvironment(
  state: WarehouseState,
  name: string,
  now: number,
): Environment | undefined {
  const found = state.environments.get(name);
  const gone = found?.expiresAt !== null && found?.expiresAt !== undefined && found.expiresAt <= now;
  return found && !gone && Object.keys(found.editions).length > 0 ? found : undefined;
}

/** Lays the drafts of a project beside an environment. */
export function compareWithEnvironment(
  state: WarehouseState,
  drafts: ReadonlyMap<string, EditionDraft>,
  where: { environment: string; createFrom: string; now: number; recreate?: boolean },
): EnvironmentDifference {
  const anew = where.recreate === true && where.environment !== where.createFrom;
  const own = anew ? undefined : standingEnvironment(state, where.environment, where.now);
  const from = own ?? standingEnvironment(state, where.createFrom, where.now);
  const before = from?.editions ?? {};
  const live = state.environments.get(PROD)?.editions ?? {};
  const candidates = new Map<string, Candidate>();
  for (const [name, draft] of drafts) {
    const old = before[name] === draft.print.id ? undefined : storedEdition(state, name, before[name]);
    const known = storedEdition(state, name, draft.print.id);
    const edition = known ?? freshEdition(name, draft, old, where.now);
    candidates.set(name, {
      model: datedModel(draft.source.model, where.now),
      edition,
      isNew: known === undefined,
      old: old ?? null,
      live: live[name] === draft.print.id,
      ...(known ? intervalsOf(known, state.intervals) : { done: [], dev: [] }),
    });
  }
  const added = new Set([...drafts.keys()].filter((name) => before[name] === undefined));
  return {
    isNew: own === undefined,
    candidates,
    added,
    removed: Object.keys(before).filter((name) => !drafts.has(name)),
    before,
  };
}

/** An environment as it stands, without looking at any file. */
export function environmentAsItIs(
  state: WarehouseState,
  environment: Environment,
  now: number,
): EnvironmentDifference {
  const live = state.environments.get(PROD)?.editions ?? {};
  const candidates = new Map<string, Candidate>();
  for (const [name, id] of Object.entries(environment.editions)) {
    const edition = storedEdition(state, name, id);
    if (!edition) continue;
    candidates.set(name, {
      model: datedModel(edition.source.model, now),
      edition,
      isNew: false,
      old: null,
      live: live[name] === id,
      ...intervalsOf(edition, state.intervals),
    });
  }
  return {
    isNew: false,
    candidates: parentsFirst(candidates),
    added: new Set(),
    removed: [],
    before: environment.editions,
  };
}

function parentsFirst(candidates: ReadonlyMap<string, Candidate>): Map<string, Candidate> {
  const sorted = new Map<string, Candidate>();
  const visit = (name: string): void => {
    const candidate = candidates.get(name);
    if (!candidate || sorted.has(name)) return;
    for (const parent of Object.keys(candidate.edition.parents)) visit(parent);
    sorted.set(name, candidate);
  };
  for (const name of [...candidates.keys()].sort()) visit(name);
  return sorted;
}

const CHAIN = 10;

function freshEdition(
  model: string,
  draft: EditionDraft,
  old: StoredEdition | undefined,
  now: number,
): StoredEdition {
  const previous = old
    ? [
        ...old.previous,
        { id: old.print.id, line: old.line, devLine: old.devLine, category: old.category },
      ].slice(-CHAIN)
    : [];
  return {
    model,
    ...draft,
    line: draft.print.version,
    devLine: draft.print.version,
    category: 'BREAKING',
    forwardOnly: false,
    effectiveFrom: null,
    previous,
    createdAt: now,
  };
}

/** How a candidate differs from what the environment had; null where it does not. */
export function differenceOf({ edition, old }: Candidate): 'direct' | 'indirect' | 'metadata' | null {
  if (!old) return null;
  if (differsDirectly(edition, old)) return 'direct';
  return differsIndirectly(edition, old) ? 'indirect' : 'metadata';
}

/** Whether a candidate's kind changed so that it cannot go on from its earlier rows. */
export function breaksKind({ edition, old }: Candidate): boolean {
  return old !== null && changesKind(edition.source, old.source);
}
