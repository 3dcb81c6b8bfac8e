import { PROD } from '../base/names';
import type { WarehouseState } from './types';

/** A version by model and number. */
export interface VersionName {
  readonly model: string;
  readonly number: number;
}

/** All that the decision needs to know; times in ms UTC. */
export interface RetentionInput {
  readonly state: WarehouseState;
  readonly now: number;
  /** how long a version is kept after nothing shows it any more */
  readonly retention: number;
  /** moments at which environments end; one that is not named here stays */
  readonly expiries: ReadonlyMap<string, number>;
  /** what unfinished runs read or write, whoever else needs it */
  readonly versionsInUse: readonly VersionName[];
  readonly segmentsInUse: readonly string[];
  /** the versions that the view of a version reads, as its text says */
  readonly reads: (version: VersionName) => readonly VersionName[];
  /** takes versions that nothing shows whatever their age; what releases are kept for stays all the same */
  readonly ignoreAge: boolean;
}

/** What may go: environments, versions that nobody can come to any more, and tables that only these used. */
export interface Garbage {
  readonly environments: readonly string[];
  readonly versions: readonly VersionName[];
  readonly segments: readonly string[];
}

/**
 * Decides what is garbage. Kept is all that an environment shows, that a release within its retention led to, that unfinished runs
 * use, that is younger than the retention, and what any of these reads; a table goes only when no kept version uses it.
 */
export function findGarbage(input: RetentionInput): Garbage {
  const { state, now } = input;
  const environments = [...input.expiries]
    .filter(([name, at]) => name !== PROD && state.environments.has(name) && at <= now)
    .map(([name]) => name)
    .sort();
  const kept = withReads(rootsOf(input, new Set(environments)), input);
  const versions = [...state.versions.values()].flat();
  const used = new Set(input.segmentsInUse);
  for (const version of versions)
    if (kept.has(keyOf(version))) for (const entry of version.entries) used.add(entry.segment);
  const gone = versions.filter((version) => !kept.has(keyOf(version)));
  const freed = new Set(gone.flatMap((version) => version.entries.map((entry) => entry.segment)));
  return {
    environments,
    versions: gone.map(({ model, number }) => ({ model, number })),
    segments: [...state.segments.keys()].filter((table) => freed.has(table) && !used.has(table)).sort(),
  };
}

/** Releases that can still be rolled back to, and until when: the live one, and those replaced less than the retention ago. */
export function keptUntil(state: WarehouseState, retention: number): ReadonlyMap<number, number> {
  const until = state.releases.map((release, index) => {
    const next = state.releases[index + 1];
    return [release.number, next ? next.at + retention : Number.POSITIVE_INFINITY] as const;
  });
  return new Map(until);
}

function rootsOf(input: RetentionInput, expired: ReadonlySet<string>): readonly VersionName[] {
  const { state, now, retention } = input;
  const shown = [...state.environments.values()]
    .filter((environment) => !expired.has(environment.name))
    .flatMap((environment) => namesOf(environment.versions));
  const until = keptUntil(state, retention);
  const released = state.releases
    .filter((release) => (until.get(release.number) ?? 0) > now)
    .flatMap((release) => namesOf(release.after));
  const young = input.ignoreAge
    ? []
    : [...state.versions.values()].flat().filter((version) => version.createdAt + retention > now);
  return [...shown, ...headsOf(state, expired), ...released, ...young, ...input.versionsInUse];
}

/** The newest versions of the lines that environments are made of, also where nothing shows them yet. */
function headsOf(state: WarehouseState, expired: ReadonlySet<string>): readonly VersionName[] {
  return [...state.environments.values()]
    .filter((environment) => !expired.has(environment.name))
    .flatMap((environment) => Object.entries(environment.editions))
    .flatMap(([model, edition]) => {
      const known = state.editions.get(model)?.get(edition);
      const lines = known ? [known.line, `dev:${known.devLine}`] : [];
      return lines.flatMap((line) => {
        const number = state.heads.get(model)?.get(line);
        return number === undefined ? [] : [{ model, number }];
      });
    });
}

/** The names of these versions and of all that they read. */
function withReads(roots: readonly VersionName[], { reads }: RetentionInput): ReadonlySet<string> {
  const kept = new Set<string>();
  const queue = [...roots];
  for (let name = queue.pop(); name !== undefined; name = queue.pop()) {
    if (kept.has(keyOf(name))) continue;
    kept.add(keyOf(name));
    queue.push(...reads(name));
  }
  return kept;
}

function namesOf(versions: Readonly<Record<string, number>>): readonly VersionName[] {
  return Object.entries(versions).map(([model, number]) => ({ model, number }));
}

function keyOf({ model, number }: VersionName): string {
  return `${model} ${number}`;
}
