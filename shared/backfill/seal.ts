import { fault } from '../base/errors';
import { environmentViewName, PROD } from '../base/names';
import { type Interval, subtract } from '../base/time';
import type { Session } from '../engine/contract';
import { appendEvent } from '../history/events';
import { versionOf } from '../plan/lookup';
import type { Plan } from '../plan/types';
import { addDone, clearDone, spendEditions, writeHead } from '../release/lines';
import { emptyEnvironment, type Move, pointEnvironment } from '../release/point';
import { keepAround, readStateNow, writeVersion } from '../release/store';
import { moveProd, readStand } from '../release/swap';
import type { AroundStatements, Environment, Version } from '../release/types';
import { versionQuery, versionViewName } from '../release/views';
import { columnList, id, join, sql } from '../sql/sql';
import { type PreparedModel, type RunContext, segmentsFor } from './context';
import { followLines, type MovedLine, remakeViews } from './follow-lines';
import { achievedVersion, type ModelOutcome } from './outcome';
import { aroundView, virtualUpdate } from './statements';
import { pinnedView, viewQuery } from './view-query';

export interface Sealing {
  readonly context: RunContext;
  readonly session: Session;
  readonly prepared: ReadonlyMap<string, PreparedModel>;
  readonly rows: ReadonlyMap<string, number>;
  /** what was carried out of each prepared model */
  readonly outcomes: ReadonlyMap<string, ModelOutcome>;
  /** something of the plan failed: what was finished is kept, and the environment is not pointed elsewhere */
  readonly failed: boolean;
}

/**
 * Ends a run in one transaction: version rows and views, version numbers of written tails, what is done, the environment's map, and
 * for prod the release. Until it commits, no reader sees anything of the run; afterwards, all of it. Where part of the plan failed,
 * the environment stays as it is, but for lines that it shows already. Gives the release's number, if one was made.
 */
export async function sealRun(sealing: Sealing): Promise<number | null> {
  const { context, session, failed } = sealing;
  return session.transaction(async () => {
    const moved: MovedLine[] = [];
    const made = new Map<string, Version>();
    for (const model of sealing.prepared.values()) {
      const version = await sealModel(sealing, model);
      if (!version) continue;
      made.set(model.planned.model, version);
      moved.push({ model: model.planned.model, line: model.planned.line, version });
    }
    await keepBooks(sealing);
    const release = await pointAll(sealing, made, moved);
    const at = new Date(context.now());
    if (!failed && context.plan.around.changed)
      await keepAround(session, context.plan.environment, kept(context));
    if (!failed) {
      await session.run(
        sql`UPDATE teal.run SET status = 'done', ended_at = ${at}, release = ${release} WHERE id = ${context.run}`,
      );
      await appendEvent(
        session,
        { at: context.now(), kind: 'run.done', body: { run: context.run, plan: context.plan.id, release } },
        context.sha256,
      );
    }
    return release;
  });
}

function kept({ plan }: RunContext): AroundStatements {
  const { before, after, variables } = plan.around;
  return { before, after, variables };
}

async function sealModel(sealing: Sealing, model: PreparedModel): Promise<Version | undefined> {
  const { context, session } = sealing;
  const { planned } = model;
  const outcome = sealing.outcomes.get(planned.model) ?? { done: [], complete: true };
  const achieved = achievedVersion(model.version, planned, { outcome, state: context.state });
  if (!achieved) return undefined;
  const version: Version = {
    ...achieved,
    createdAt: context.now(),
    rows: sealing.rows.get(planned.model) ?? null,
  };
  await writeVersion(session, version);
  await writeHead(session, { model: planned.model, line: planned.line, version: version.number });
  if (planned.target?.mode === 'tail') {
    await session.run(
      sql`UPDATE teal.segment SET head = ${planned.target.number} WHERE table_name = ${planned.target.table}`,
    );
  }
  const view = id(...versionViewName(version.model, version.number));
  if (planned.kind.name === 'VIEW') {
    const query = viewQuery(version, pinnedView);
    await aroundView(context, session, model, () =>
      session.run(sql`CREATE OR REPLACE VIEW ${view} AS ${query}`),
    );
    return version;
  }
  const query = versionQuery(version, segmentsFor(context, model));
  await session.run(
    sql`CREATE OR REPLACE VIEW ${view} AS SELECT ${columnList(version.columns.map((column) => column.name))} FROM (${query}) AS version_rows`,
  );
  return version;
}

async function keepBooks({ context, session, outcomes, failed }: Sealing): Promise<void> {
  const { books, models } = context.plan;
  const whole = wholeLogic(context.plan);
  for (const planned of models) {
    const record = books.records[planned.model];
    const outcome = outcomes.get(planned.model);
    if (!record || !outcome || outcome.done.length === 0) continue;
    const { line, devLine, dev } = record;
    if (planned.line.startsWith('env:')) continue;
    const carried = context.plan.kind === 'backfill';
    const spans = carried ? (whole.get(planned.model) ?? []) : outcome.done;
    if (spans.length === 0 || (carried && dev)) continue;
    await addDone(session, {
      ...{ model: planned.model, line, devLine, edition: planned.edition },
      done: dev ? [] : spans,
      dev: dev ? spans : [],
    });
  }
  if (failed) return;
  for (const cleared of books.cleared) await clearDone(session, cleared);
}

/**
 * What each model of a backfill holds that was computed by the present logic from parents that were too. A table that is not kept by
 * time holds all or nothing: older rows in it cannot be told from others.
 */
function wholeLogic({ models }: Plan): ReadonlyMap<string, readonly Interval[]> {
  const mixed = new Set<string>();
  return new Map(
    models.map(({ model, kind, covered, older, parents }) => {
      const reads = Object.keys(parents).some((parent) => mixed.has(parent));
      if (reads || older.length > 0) mixed.add(model);
      if (kind.name === 'INCREMENTAL_BY_TIME_RANGE') return [model, subtract(covered, older)] as const;
      return [model, mixed.has(model) ? [] : covered] as const;
    }),
  );
}

/** Points the environment, and every other one that follows a line that moved. */
async function pointAll(
  sealing: Sealing,
  made: ReadonlyMap<string, Version>,
  moved: readonly MovedLine[],
): Promise<number | null> {
  const { context, session, failed } = sealing;
  const { environment, books } = context.plan;
  const own = await readStand(session, [environment]);
  const shows = own.environments.get(environment);
  const following = { context, session, alone: books.restates };
  const all = await remakeViews(following, moved);
  const moves = failed || context.plan.kind === 'run' ? followed(shows, all) : undefined;
  const known = new Map([...all.map((one) => [one.model, one.version] as const), ...made]);
  const release =
    environment === PROD ? await moveLive(sealing, known, moves) : await moveShadow(sealing, known, moves);
  if (!books.restates) await followLines(following, all);
  if (!failed) await updateVirtualLayer(sealing);
  return release;
}

/** Runs what models ask for when views are pointed at their rows. */
async function updateVirtualLayer({ context, session, prepared }: Sealing): Promise<void> {
  for (const model of prepared.values()) {
    if (!model.planned.promoted) continue;
    const view = environmentViewName(context.plan.environment, model.planned.model);
    for (const statement of virtualUpdate(context, model, view)) await session.run(statement);
  }
}

/** What an environment shows of lines that moved, where nothing else of its plan is carried out. */
function followed(environment: Environment | undefined, moved: readonly MovedLine[]): readonly MovedLine[] {
  return moved.filter((one) => environment?.lines[one.model] === one.line);
}

async function moveLive(
  sealing: Sealing,
  made: ReadonlyMap<string, Version>,
  only: readonly MovedLine[] | undefined,
): Promise<number | null> {
  const { context, session } = sealing;
  const { plan } = context;
  const stand = await readStand(session, [PROD]);
  const prod = stand.environments.get(PROD) ?? emptyEnvironment(PROD);
  refuseMovedBase(sealing, prod);
  const shown = plan.models.filter((planned) => planned.promoted && planned.shown > 0);
  const target: Record<string, number | null> = only
    ? Object.fromEntries(only.map((one) => [one.model, one.version.number]))
    : Object.fromEntries([
        ...shown.map((planned) => [planned.model, planned.shown] as const),
        ...plan.removed.map((name) => [name, null] as const),
      ]);
  const wanted = Object.fromEntries(
    Object.entries(target).filter(([model, number]) => (prod.versions[model] ?? null) !== number),
  );
  const books = only
    ? { editions: prod.editions, lines: prod.lines }
    : {
        editions: plan.books.editions,
        lines: Object.fromEntries(shown.map((planned) => [planned.model, planned.shownLine])),
        whole: true,
      };
  if (!only) {
    const { editions } = await readStateNow(session);
    const spent = spendEditions(editions, changedEditions(prod, plan.books.editions));
    if (spent.length > 0) await session.run(join(spent, ';\n'));
  }
  const find = (model: string, number: number) => knownVersion(sealing, made, { model, number });
  const note = {
    kind: plan.kind === 'run' ? ('run' as const) : ('plan' as const),
    title: plan.title,
    note: '',
    at: context.now(),
    user: plan.user,
    commit: plan.commit,
    run: context.run,
  };
  if (Object.keys(wanted).length === 0) {
    const next = { ...prod, ...books };
    await session.run(join(pointEnvironment(next, []).statements, ';\n'));
    return null;
  }
  const { step, statements } = moveProd(stand, wanted, { note, find, made: books });
  await session.run(join(statements, ';\n'));
  return step.release.number;
}

function changedEditions(prod: Environment, now: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(now).filter(([model, id]) => prod.editions[model] !== id));
}

/** A run that was partly carried out before may find its own versions there. */
function refuseMovedBase({ context }: Sealing, prod: Environment): void {
  const { plan } = context;
  const own = new Map(plan.models.map((planned) => [planned.model, planned.version]));
  const moved = Object.keys(plan.base).find((model) => {
    const now = prod.versions[model] ?? null;
    return now !== plan.base[model] && now !== own.get(model);
  });
  if (moved)
    throw fault(
      'release.base_moved',
      `prod moved since the plan was made: ${moved} shows another version now.`,
      { kept: 'prod is as it was; what was filled is kept.', remedy: 'Plan again.' },
    );
}

/** The environment gets a view of every model that it shows by itself; what it had and shows no more goes. */
async function moveShadow(
  sealing: Sealing,
  made: ReadonlyMap<string, Version>,
  only: readonly MovedLine[] | undefined,
): Promise<null> {
  const { context, session } = sealing;
  const { plan } = context;
  const known = (await readStand(session, [plan.environment])).environments;
  const current = known.get(plan.environment) ?? emptyEnvironment(plan.environment);
  if (only) {
    if (only.length === 0) return null;
    const moves = only.map(({ model, version }): Move => ({ model, version }));
    await session.run(join(pointEnvironment(current, moves).statements, ';\n'));
    return null;
  }
  const shown = plan.models.filter((planned) => planned.promoted && planned.shown > 0);
  const moves = shown.map((planned): Move => {
    const version = knownVersion(sealing, made, { model: planned.model, number: planned.shown });
    if (version) return { model: planned.model, version };
    throw fault('release.not_found', `Version ${planned.shown} of ${planned.model} is no longer kept.`);
  });
  const names = new Set(shown.map((planned) => planned.model));
  const carried = plan.kind === 'backfill';
  const gone = carried ? [] : Object.keys(current.versions).filter((model) => !names.has(model));
  const lines = Object.fromEntries(shown.map((planned) => [planned.model, planned.shownLine]));
  const next: Environment = {
    ...current,
    base: { ...current.base, ...plan.base },
    baseRelease: plan.baseRelease,
    brief: plan.brief,
    title: plan.title,
    filledAt: context.now(),
    editions: plan.books.editions,
    lines: carried ? { ...current.lines, ...lines } : lines,
    expiresAt: plan.books.expiresAt,
  };
  const away = gone.map((model): Move => ({ model, version: null }));
  await session.run(join(pointEnvironment(next, [...moves, ...away]).statements, ';\n'));
  return null;
}

/** A version that this run makes, or one that was there before. */
function knownVersion(
  sealing: Sealing,
  made: ReadonlyMap<string, Version>,
  { model, number }: { model: string; number: number },
): Version | undefined {
  const own = made.get(model);
  return own?.number === number ? own : versionOf(sealing.context.state, model, number);
}
