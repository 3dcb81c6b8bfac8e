import { fault } from '../base/errors';
import { PROD } from '../base/names';
import { numberOf, textOf } from '../base/rows';
import type { Session } from '../engine/contract';
import { join, type Sql, sql } from '../sql/sql';
import { goOnFrom, spendEditions } from './lines';
import { emptyEnvironment, type Move, pointEnvironment } from './point';
import { complete, environmentStatement, releaseStatement } from './store';
import type { Environment, Release, Version, WarehouseState } from './types';

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
  readonly stand: Stand;
}

/** What a step of prod is decided on, read in the transaction that takes it. */
interface Stand {
  readonly environments: ReadonlyMap<string, Environment>;
  /** number of the newest release, 0 where there is none */
  readonly newest: number;
  readonly lastEvent: { readonly seq: number; readonly hash: string };
}

/** Why prod is moved, and where its versions are found; versions never change, so they need not be read afresh. */
export interface Moving {
  readonly note: ReleaseNote;
  readonly find: (model: string, number: number) => Version | undefined;
  readonly made?: Made;
}

/** Editions and lines that go with versions; `whole`: in place of all that were. */
type Made = Pick<Environment, 'editions' | 'lines'> & { readonly whole?: boolean };

/** A move to versions that are there already, with the editions that are known. */
export type Stepping = Moving & Pick<WarehouseState, 'editions'>;

/** Model -> the version number that it shall show; null: it is taken away. */
type Wanted = Readonly<Record<string, number | null>>;

/**
 * Decides how prod comes to show an environment's versions: reads both maps afresh in the caller's transaction and refuses if prod
 * moved away from the base (compare-and-set).
 */
export async function swapIntoProd(session: Session, name: string, moving: Stepping): Promise<PendingStep> {
  const stand = await readStand(session, [name, PROD]);
  const environment = stand.environments.get(name);
  const prod = stand.environments.get(PROD) ?? emptyEnvironment(PROD);
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
  const editions = editionsShown(environment, prod, moving.editions);
  const lines: Record<string, string> = {};
  for (const model of Object.keys(environment.versions)) {
    const line = moving.editions.get(model)?.get(editions[model] ?? '')?.line;
    if (line !== undefined) lines[model] = line;
  }
  const made = { editions, lines };
  const pending = await stepOn(session, stand, { wanted: Object.fromEntries(wanted), moving, made });
  // From now on both go on with the same lines.
  const follows = environmentStatement({ ...environment, lines: { ...environment.lines, ...lines } });
  return { ...pending, statements: [...pending.statements, follows] };
}

/** The editions of the models that an environment shows by itself, with those of the embedded ones that they read. */
function editionsShown(
  environment: Environment,
  prod: Environment,
  editions: WarehouseState['editions'],
): Record<string, string> {
  const shown: Record<string, string> = {};
  for (const model of Object.keys(environment.versions)) {
    const id = environment.editions[model];
    if (id === undefined) continue;
    shown[model] = id;
    const parents = Object.entries(editions.get(model)?.get(id)?.parents ?? {});
    const embedded = parents.filter(([name]) => !(name in environment.versions || name in prod.versions));
    Object.assign(shown, Object.fromEntries(embedded));
  }
  return shown;
}

/** Decides how prod comes to show exactly what it showed after an earlier release. */
export async function rollBackTo(session: Session, target: Release, moving: Stepping): Promise<PendingStep> {
  const stand = await readStand(session, [PROD]);
  const prod = stand.environments.get(PROD) ?? emptyEnvironment(PROD);
  const wanted: Record<string, number | null> = {};
  for (const model of new Set([...Object.keys(prod.versions), ...Object.keys(target.after)])) {
    const number = target.after[model] ?? null;
    if ((prod.versions[model] ?? null) !== number) wanted[model] = number;
  }
  if (Object.keys(wanted).length === 0) {
    const message = `prod already shows what release ${target.number} showed.`;
    throw fault('release.nothing', message, { kept: 'prod is as it was.' });
  }
  const made = { editions: target.editions, lines: target.lines, whole: true };
  return stepOn(session, stand, { wanted, moving, made });
}

/** A step to versions that were there before: their lines go on from them. */
async function stepOn(
  session: Session,
  stand: Stand,
  { wanted, moving, made }: { wanted: Wanted; moving: Stepping; made: Made },
): Promise<PendingStep> {
  const live = stand.environments.get(PROD)?.editions ?? {};
  const changed = Object.entries(made.editions).filter(([model, id]) => live[model] !== id);
  const moved = Object.entries(wanted).flatMap(([model, number]) => {
    const edition = moving.editions.get(model)?.get(made.editions[model] ?? '');
    const version = number === null ? undefined : moving.find(model, number);
    return edition && version ? [{ edition, version }] : [];
  });
  const pending = moveProd(stand, wanted, { ...moving, made });
  const statements = [
    ...pending.statements,
    ...(await goOnFrom(session, moved)),
    ...spendEditions(moving.editions, Object.fromEntries(changed)),
  ];
  return { ...pending, statements };
}

/** Decides the views, map and release by which prod comes to the wanted numbers. */
export function moveProd(stand: Stand, wanted: Wanted, { note, find, made }: Moving): PendingStep {
  const prod = stand.environments.get(PROD) ?? emptyEnvironment(PROD);
  const moves: Move[] = Object.entries(wanted).map(([model, number]) => ({
    model,
    version: number === null ? null : found(find(model, number), model, number),
  }));
  const whole = made?.whole === true;
  const { next, statements } = pointEnvironment(
    {
      ...prod,
      filledAt: note.at,
      editions: { ...(whole ? {} : prod.editions), ...made?.editions },
      lines: { ...(whole ? {} : prod.lines), ...made?.lines },
    },
    moves,
  );
  const { versions: after, editions, lines } = next;
  const release: Release = { number: stand.newest + 1, ...note, after, editions, lines };
  const moved = Object.entries(wanted).map(([model, to]) => ({
    model,
    from: prod.versions[model] ?? null,
    to,
  }));
  return {
    step: { release, previous: stand.newest || null, moved },
    statements: [...statements, releaseStatement(release)],
    stand,
  };
}

/** Environments, the newest release and the end of the log as they are in the caller's transaction, in one statement. */
export async function readStand(session: Session, names: readonly string[]): Promise<Stand> {
  const list = join(names.map((name) => sql`${name}`));
  const rows = await session.rows(sql`
    SELECT 'environment' AS what, name AS text, body, 0 AS number FROM teal.environment WHERE name IN (${list})
    UNION ALL SELECT 'release', '', '', coalesce(max(number), 0) FROM teal.release
    UNION ALL SELECT 'event', coalesce(max_by(hash, seq), ''), '', coalesce(max(seq), 0) FROM teal.event`);
  const of = (what: string) => rows.filter((row) => row.what === what);
  const [release] = of('release');
  const [event] = of('event');
  return {
    environments: new Map(
      of('environment').map((row) => [
        textOf(row, 'text'),
        complete(JSON.parse(textOf(row, 'body')) as Environment),
      ]),
    ),
    newest: release ? numberOf(release, 'number') : 0,
    lastEvent: event ? { seq: numberOf(event, 'number'), hash: textOf(event, 'text') } : { seq: 0, hash: '' },
  };
}

function found(version: Version | undefined, model: string, number: number): Version {
  if (version) return version;
  throw fault('release.not_found', `Version ${number} of ${model} is no longer kept.`, {
    kept: 'prod is as it was.',
  });
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
