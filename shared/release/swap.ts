import { fault } from '../base/errors';
import { PROD } from '../base/names';
import { textOf } from '../base/rows';
import type { Session } from '../engine/contract';
import { id, join, sql } from '../sql/sql';
import { emptyEnvironment, type Move, pointEnvironment } from './point';
import { latestRelease, writeRelease } from './store';
import type { Environment, Release, Version, VersionMap } from './types';

/** Who moves prod, and why. */
export interface ReleaseNote {
  readonly kind: Release['kind'];
  readonly title: string;
  readonly note: string;
  readonly at: number;
  readonly user: string;
  readonly commit: string;
  readonly run: string | null;
}

export interface ReleaseStep {
  readonly release: Release;
  readonly previous: number | null;
  readonly moved: readonly {
    readonly model: string;
    readonly from: number | null;
    readonly to: number | null;
  }[];
}

/**
 * Makes prod show an environment's versions: inside the caller's transaction it reads both maps afresh, refuses if prod moved away
 * from the base (compare-and-set), and moves all views at once.
 */
export async function swapIntoProd(
  session: Session,
  environmentName: string,
  note: ReleaseNote,
): Promise<ReleaseStep> {
  const environment = await readEnvironment(session, environmentName);
  if (!environment)
    throw fault('environment.not_found', `There is no environment ${environmentName}.`, {
      kept: 'prod is as it was.',
    });
  const prod = (await readEnvironment(session, PROD)) ?? emptyEnvironment(PROD);
  const wanted = Object.entries(environment.versions).filter(
    ([model, number]) => prod.versions[model] !== number,
  );
  if (wanted.length === 0)
    throw fault('release.nothing', `${environmentName} shows what prod shows.`, {
      kept: 'prod is as it was.',
      remedy: 'Fill a backfill first.',
    });
  const moved = wanted.filter(
    ([model]) => (prod.versions[model] ?? null) !== (environment.base[model] ?? null),
  );
  if (moved.length > 0)
    throw baseMoved(
      moved.map(([model]) => model),
      environmentName,
    );
  return moveProd(session, prod, Object.fromEntries(wanted), note);
}

/** Makes prod show exactly what it showed after an earlier release. */
export async function rollBackTo(session: Session, target: Release, note: ReleaseNote): Promise<ReleaseStep> {
  const prod = (await readEnvironment(session, PROD)) ?? emptyEnvironment(PROD);
  const wanted: Record<string, number | null> = {};
  for (const model of new Set([...Object.keys(prod.versions), ...Object.keys(target.after)])) {
    const number = target.after[model] ?? null;
    if ((prod.versions[model] ?? null) !== number) wanted[model] = number;
  }
  if (Object.keys(wanted).length === 0)
    throw fault('release.nothing', `prod already shows what release ${target.number} showed.`, {
      kept: 'prod is as it was.',
    });
  return moveProd(session, prod, wanted, note);
}

/** Moves prod to the wanted numbers (null: taken away) and records the release; inside the caller's transaction. */
export async function moveProd(
  session: Session,
  prod: Environment,
  wanted: Readonly<Record<string, number | null>>,
  note: ReleaseNote,
): Promise<ReleaseStep> {
  const versions = await readVersions(session, wanted);
  const moves: Move[] = Object.entries(wanted).map(([model, number]) => ({
    model,
    version: number === null ? null : versionFor(versions, model, number),
  }));
  const previous = await latestRelease(session);
  const after = await pointEnvironment(session, { ...prod, filledAt: note.at }, moves);
  const release: Release = { number: previous + 1, ...note, after: after.versions };
  await writeRelease(session, release);
  const moved = Object.entries(wanted).map(([model, to]) => ({
    model,
    from: prod.versions[model] ?? null,
    to,
  }));
  return { release, previous: previous || null, moved };
}

/** An environment as it stands in the caller's transaction. */
export async function readEnvironment(session: Session, name: string): Promise<Environment | undefined> {
  const [row] = await session.rows(sql`SELECT body FROM teal.environment WHERE name = ${name}`);
  return row ? (JSON.parse(textOf(row, 'body')) as Environment) : undefined;
}

async function readVersions(
  session: Session,
  wanted: Readonly<Record<string, number | null>>,
): Promise<readonly Version[]> {
  const pairs = Object.entries(wanted).filter(([, number]) => number !== null);
  if (pairs.length === 0) return [];
  const list = join(pairs.map(([model, number]) => sql`(${model}, ${number})`));
  const rows = await session.rows(
    sql`SELECT body FROM teal.version WHERE (model, ${id('number')}) IN (${list})`,
  );
  return rows.map((row) => JSON.parse(textOf(row, 'body')) as Version);
}

function versionFor(versions: readonly Version[], model: string, number: number): Version {
  const version = versions.find((candidate) => candidate.model === model && candidate.number === number);
  if (!version)
    throw fault('release.not_found', `Version ${number} of ${model} is no longer kept.`, {
      kept: 'prod is as it was.',
    });
  return version;
}

function baseMoved(models: readonly string[], environment: string) {
  return fault(
    'release.base_moved',
    `prod moved since ${environment} was filled: ${models.join(', ')} ${models.length === 1 ? 'shows' : 'show'} another version now.`,
    {
      kept: 'prod and the shadow are as they were.',
      remedy: 'Plan the backfill again: what is missing is filled on top of what is live now.',
    },
  );
}

/** Whether two maps show the same. */
export function sameMap(a: VersionMap, b: VersionMap): boolean {
  const names = new Set([...Object.keys(a), ...Object.keys(b)]);
  return [...names].every((name) => a[name] === b[name]);
}
