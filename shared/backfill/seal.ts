import { fault } from '../base/errors';
import { PROD } from '../base/names';
import type { Session } from '../engine/contract';
import { appendEvent } from '../history/events';
import { versionOf } from '../plan/lookup';
import type { PlannedModel } from '../plan/types';
import { emptyEnvironment, type Move, pointEnvironment } from '../release/point';
import { writeVersion } from '../release/store';
import { moveProd, readStand } from '../release/swap';
import type { Environment, Version } from '../release/types';
import { versionQuery, versionViewName } from '../release/views';
import { columnList, id, join, sql } from '../sql/sql';
import { auditView, keepStopped } from './audit-batch';
import { type PreparedModel, type RunContext, segmentsFor } from './context';
import { pinnedView, viewQuery } from './view-query';

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
  try {
    return await sealAll(sealing);
  } catch (error) {
    await keepStopped(sealing.context, sealing.session, error);
    throw error;
  }
}

function sealAll(sealing: Sealing): Promise<number | null> {
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
  const view = id(...versionViewName(version.model, version.number));
  if (model.planned.kind.name === 'VIEW') {
    await session.run(sql`CREATE OR REPLACE VIEW ${view} AS ${viewQuery(context, model, pinnedView)}`);
    await auditView({ context, session, model });
    return;
  }
  const query = versionQuery(version, segmentsFor(context, model));
  await session.run(
    sql`CREATE OR REPLACE VIEW ${view} AS SELECT ${columnList(version.columns.map((column) => column.name))} FROM (${query}) AS version_rows`,
  );
}

async function moveLive(sealing: Sealing): Promise<number | null> {
  const { context, session } = sealing;
  const { plan } = context;
  const stand = await readStand(session, [PROD]);
  const prod = stand.environments.get(PROD) ?? emptyEnvironment(PROD);
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
  const find = (model: string, number: number) => knownVersion(sealing, model, number);
  const { step, statements } = moveProd(stand, wanted, { note, find });
  await session.run(join(statements, ';\n'));
  return step.release.number;
}

/** The environment gets views of what differs from prod as it is now; what shows prod's own version needs none, and loses one it had. */
async function moveShadow(sealing: Sealing): Promise<null> {
  const { context, session } = sealing;
  const { plan } = context;
  const known = (await readStand(session, [PROD, plan.environment])).environments;
  const current = known.get(plan.environment) ?? emptyEnvironment(plan.environment);
  const live = known.get(PROD)?.versions ?? {};
  const planned = Object.fromEntries(plan.models.map((model) => [model.model, model.version]));
  const wanted = { ...current.versions, ...planned };
  const moves: Move[] = plan.models
    .filter((model) => live[model.model] !== model.version)
    .map((model) => ({ model: model.model, version: versionOfPlanned(sealing, model) }));
  const same = Object.keys(current.versions).filter((model) => live[model] === wanted[model]);
  const gone = [...plan.removed, ...same].map((model): Move => ({ model, version: null }));
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

function versionOfPlanned(sealing: Sealing, planned: PlannedModel): Version {
  const version = knownVersion(sealing, planned.model, planned.version);
  if (!version)
    throw fault('release.not_found', `Version ${planned.version} of ${planned.model} is no longer kept.`);
  return version;
}

/** A version that this run makes, or one that was there before. */
function knownVersion(sealing: Sealing, model: string, number: number): Version | undefined {
  const made = sealing.prepared.get(model)?.version;
  return made?.number === number ? made : versionOf(sealing.context.state, model, number);
}
