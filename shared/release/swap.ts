import { fault } from '../base/errors';
import { PROD } from '../base/names';
import { numberOf, textOf, textOrNull } from '../base/rows';
import type { Session } from '../engine/contract';
import { join, type Sql, sql } from '../sql/sql';
import { emptyEnvironment, type Move, pointEnvironment } from './point';
import { releaseStatement } from './store';
import type { Environment, Release, Version } from './types';

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

/** A step of prod decided on the state of the caller's transaction: `statements` take it when they run in that transaction. */
export interface PendingStep {
  readonly step: ReleaseStep;
  readonly statements: readonly Sql[];
}

/** Model -> the version number that it shall show; null: it is taken away. */
type Wanted = Readonly<Record<string, number | null>>;

/**
 * Decides how prod comes to show an environment's versions: reads both maps afresh in the caller's transaction and refuses if prod
 * moved away from the base (compare-and-set).
 */
export async function swapIntoProd(session: Session, name: string, note: ReleaseNote): Promise<PendingStep> {
  const environments = await readEnvironments(session, [name, PROD]);
  const environment = environments.get(name);
  const prod = environments.get(PROD) ?? emptyEnvironment(PROD);
  const kept = 'prod is as it was.';
  if (!environment) throw fault('environment.not_found', `There is no environment ${name}.`, { kept });
  const wanted = Object.entries(environment.versions).filter(
    ([model, number]) => prod.versions[model] !== number,
  );
  if (wanted.length === 0) {
    const remedy = 'Fill a backfill first.';
    throw fault('release.nothing', `${name} shows what prod shows.`, { kept, remedy });
  }
  const moved = wanted
    .map(([model]) => model)
    .filter((model) => (prod.versions[model] ?? null) !== (environment.base[model] ?? null));
  if (moved.length > 0) throw baseMoved(moved, name);
  return moveProd({ session, prod, note }, Object.fromEntries(wanted));
}

/** Decides how prod comes to show exactly what it showed after an earlier release. */
export async function rollBackTo(session: Session, target: Release, note: ReleaseNote): Promise<PendingStep> {
  const prod = (await readEnvironments(session, [PROD])).get(PROD) ?? emptyEnvironment(PROD);
  const wanted: Record<string, number | null> = {};
  for (const model of new Set([...Object.keys(prod.versions), ...Object.keys(target.after)])) {
    const number = target.after[model] ?? null;
    if ((prod.versions[model] ?? null) !== number) wanted[model] = number;
  }
  if (Object.keys(wanted).length === 0) {
    const message = `prod already shows what release ${target.number} showed.`;
    throw fault('release.nothing', message, { kept: 'prod is as it was.' });
  }
  return moveProd({ session, prod, note }, wanted);
}

/** Decides the views, map and release by which prod comes to the wanted numbers. */
export async function moveProd(
  from: { readonly session: Session; readonly prod: Environment; readonly note: ReleaseNote },
  wanted: Wanted,
): Promise<PendingStep> {
  const { session, prod, note } = from;
  const { versions, previous } = await readVersions(session, wanted);
  const moves: Move[] = Object.entries(wanted).map(([model, number]) => ({
    model,
    version: number === null ? null : versionFor(versions, model, number),
  }));
  const { next, statements } = pointEnvironment({ ...prod, filledAt: note.at }, moves);
  const release: Release = { number: previous + 1, ...note, after: next.versions };
  const moved = Object.entries(wanted).map(([model, to]) => ({
    model,
    from: prod.versions[model] ?? null,
    to,
  }));
  return {
    step: { release, previous: previous || null, moved },
    statements: [...statements, releaseStatement(release)],
  };
}

/** Environments as they stand in the caller's transaction, by name. */
export async function readEnvironments(
  session: Session,
  names: readonly string[],
): Promise<ReadonlyMap<string, Environment>> {
  const list = join(names.map((name) => sql`${name}`));
  const rows = await session.rows(sql`SELECT name, body FROM teal.environment WHERE name IN (${list})`);
  return new Map(rows.map((row) => [textOf(row, 'name'), JSON.parse(textOf(row, 'body')) as Environment]));
}

/** The wanted versions and the number of the newest release, in one statement: a swap waits for as few as it can. */
async function readVersions(
  session: Session,
  wanted: Wanted,
): Promise<{ versions: readonly Version[]; previous: number }> {
  const pairs = Object.entries(wanted).map(([model, number]) => sql`(${model}, ${number ?? -1})`);
  const rows = await session.rows(sql`
    SELECT release, body FROM (SELECT coalesce(max(number), 0) AS release FROM teal.release) AS newest
    LEFT JOIN (SELECT body FROM teal.version WHERE (model, number) IN (${join(pairs)})) AS found ON true`);
  const bodies = rows.map((row) => textOrNull(row, 'body')).filter((body) => body !== null);
  return {
    versions: bodies.map((body) => JSON.parse(body) as Version),
    previous: rows[0] ? numberOf(rows[0], 'release') : 0,
  };
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
