import { fault } from '../base/errors';
import { PROD } from '../base/names';
import type { Session } from '../engine/contract';
import { appendEvent } from '../history/events';
import { versionIn, versionOf } from '../plan/lookup';
import type { PlannedModel } from '../plan/types';
import { emptyEnvironment, type Move, pointEnvironment } from '../release/point';
import { writeVersion } from '../release/store';
import { moveProd, readEnvironments } from '../release/swap';
import type { Environment, Version } from '../release/types';
import { versionQuery, versionViewName } from '../release/views';
import { columnList, id, join, sql } from '../sql/sql';
import type { PreparedModel, RunContext } from './context';

export interface Sealing {
  readonly context: RunContext;
  readonly session: Session;
  readonly prepared: ReadonlyMap<string, PreparedModel>;
  readonly rows: ReadonlyMap<string, number>;
}

/**
 * Ends a run in one transaction: version rows and views, version numbers of written tails, the environment's map, and for prod the
 * release. Until it commits, no reader sees anything of the run; afterwards, all of it. Gives the release's number, if one was made.
 */
export async function sealRun(sealing: Sealing): Promise<number | null> {
  const { context, session } = sealing;
  return session.transaction(async () => {
    for (const model of sealing.prepared.values()) await sealModel(sealing, model);
    const release = context.plan.environment === PROD ? await moveLive(sealing) : await moveShadow(sealing);
    const status = sql`UPDATE teal.run SET status = 'done', ended_at = ${new Date(context.now())}, release = ${release} WHERE id = ${context.run}`;
    await session.run(status);
    await appendEvent(
      session,
      { at: context.now(), kind: 'run.done', body: { run: context.run, plan: context.plan.id, release } },
      context.sha256,
    );
    return release;
  });
}

async function sealModel(sealing: Sealing, model: PreparedModel): Promise<void> {
  const { context, session } = sealing;
  const version: Version = {
    ...model.version,
    createdAt: context.now(),
    rows: sealing.rows.get(model.planned.model) ?? null,
  };
  await writeVersion(session, version);
  if (model.planned.target?.mode === 'tail') {
    await session.run(
      sql`UPDATE teal.segment SET head = ${model.planned.target.number} WHERE table_name = ${model.planned.target.table}`,
    );
  }
  if (model.planned.kind.name === 'VIEW') return;
  const segments = new Map([
    ...context.state.segments,
    ...(model.segment ? [[model.segment.table, model.segment] as const] : []),
  ]);
  const view = id(...versionViewName(version.model, version.number));
  const query = versionQuery(version, segments);
  await session.run(
    sql`CREATE OR REPLACE VIEW ${view} AS SELECT ${columnList(version.columns.map((column) => column.name))} FROM (${query}) AS version_rows`,
  );
}

async function moveLive(sealing: Sealing): Promise<number | null> {
  const { context, session } = sealing;
  const { plan } = context;
  const prod = (await readEnvironments(session, [PROD])).get(PROD) ?? emptyEnvironment(PROD);
  const wanted: Record<string, number | null> = {};
  for (const planned of plan.models)
    if (prod.versions[planned.model] !== planned.version) wanted[planned.model] = planned.version;
  for (const name of plan.removed) wanted[name] = null;
  const moved = Object.keys(plan.base).find((model) => (prod.versions[model] ?? null) !== plan.base[model]);
  if (moved)
    throw fault(
      'release.base_moved',
      `prod moved since the plan was made: ${moved} shows another version now.`,
      { kept: 'prod is as it was; what was filled is kept.', remedy: 'Plan again.' },
    );
  if (Object.keys(wanted).length === 0) return null;
  const note = {
    kind: plan.kind === 'run' ? ('run' as const) : ('plan' as const),
    title: plan.title,
    note: '',
    at: context.now(),
    user: plan.user,
    commit: plan.commit,
    run: context.run,
  };
  const { step, statements } = await moveProd({ session, prod, note }, wanted);
  await session.run(join(statements, ';\n'));
  return step.release.number;
}

async function moveShadow(sealing: Sealing): Promise<null> {
  const { context, session } = sealing;
  const { plan, state } = context;
  const known = (await readEnvironments(session, [plan.environment])).get(plan.environment);
  const current = known ?? emptyEnvironment(plan.environment);
  const moves: Move[] = plan.models
    .filter((planned) => differsFromProd(sealing, planned))
    .map((planned) => ({ model: planned.model, version: versionOfPlanned(sealing, planned) }));
  const stale = Object.keys(current.versions).filter(
    (model) =>
      versionIn(state, PROD, model)?.number === current.versions[model] &&
      !moves.some((move) => move.model === model),
  );
  const gone = [...plan.removed, ...stale].map((model): Move => ({ model, version: null }));
  const next: Environment = {
    ...current,
    base: { ...current.base, ...plan.base },
    baseRelease: plan.baseRelease,
    brief: plan.brief,
    title: plan.title,
    filledAt: context.now(),
  };
  await session.run(join(pointEnvironment(next, [...moves, ...gone]).statements, ';\n'));
  return null;
}

function differsFromProd(sealing: Sealing, planned: PlannedModel): boolean {
  return versionIn(sealing.context.state, PROD, planned.model)?.number !== planned.version;
}

function versionOfPlanned(sealing: Sealing, planned: PlannedModel): Version {
  const version =
    sealing.prepared.get(planned.model)?.version ??
    versionOf(sealing.context.state, planned.model, planned.version);
  if (!version)
    throw fault('release.not_found', `Version ${planned.version} of ${planned.model} is no longer kept.`);
  return version;
}
