import { fault } from '../base/errors';
import { PROD } from '../base/names';
import type { Session } from '../engine/contract';
import { appendEvent } from '../history/events';
import type { CommandOutput, CommandRequest } from '../protocol/table';
import type { Cleaned } from '../protocol/views/verbs';
import {
  bytesOfSegments,
  cleaningStatements,
  dropEnvironmentStatements,
  readVersionReads,
} from '../release/clean';
import { findGarbage, type Garbage } from '../release/retention';
import { readState } from '../release/store';
import type { WarehouseState } from '../release/types';
import type { Sql } from '../sql/sql';
import {
  expiryOf,
  inUse,
  lastPlan,
  noEnvironment,
  plannedAt,
  refuseDuringRun,
  settingsOf,
} from './environments';
import type { Workspace } from './workspace';

/** Takes one environment away at once: its views and its map. Its rows go with a later cleaning, where nothing else shows them. */
export async function invalidateEnvironment(
  workspace: Workspace,
  name: string,
): Promise<CommandOutput<'environment.invalidate'>> {
  if (name === PROD)
    throw fault('environment.invalid', 'prod is what readers see: it cannot be taken away.', {
      kept: 'Nothing was changed.',
      remedy: 'Name another environment; teal environments lists them.',
    });
  await refuseDuringRun(workspace, name);
  const views = await workspace.write(async (session) => {
    const state = await readState(session);
    if (!state.environments.has(name)) throw noEnvironment(name, [...state.environments.keys()]);
    const statements = await dropEnvironmentStatements(session, name, state);
    await inOneStep(workspace, session, {
      statements,
      kind: 'environment.invalidated',
      body: { environment: name },
    });
    return statements.filter(({ text }) => text.startsWith('DROP VIEW')).length;
  });
  changed(workspace);
  return { environment: name, views };
}

/** Takes away environments that ended, then versions and tables that are no longer kept, in one transaction. */
export async function clean(
  workspace: Workspace,
  request: CommandRequest<'warehouse.clean'>,
): Promise<Cleaned> {
  await refuseDuringRun(workspace);
  const only = request.environment;
  const done = await workspace.write(async (session) => {
    const state = await readState(session);
    if (only !== undefined && !state.environments.has(only))
      throw noEnvironment(only, [...state.environments.keys()]);
    const garbage = await garbageOf(workspace, session, { state, request });
    const bytes = await bytesOfSegments(session, garbage.segments);
    await remove(workspace, session, { state, garbage });
    return {
      environments: [...garbage.environments],
      versions: garbage.versions.map((version) => ({ ...version })),
      tables: garbage.segments.map((table) => ({ table, bytes: bytes.get(table) ?? 0 })),
      bytes: [...bytes.values()].reduce((sum, size) => sum + size, 0),
    };
  });
  if (done.environments.length + done.versions.length > 0) changed(workspace);
  return done;
}

async function garbageOf(
  workspace: Workspace,
  session: Session,
  { state, request }: { state: WarehouseState; request: CommandRequest<'warehouse.clean'> },
): Promise<Garbage> {
  const settings = settingsOf(workspace);
  const planned = await plannedAt(session);
  const expiries = [...state.environments.values()].flatMap((environment) => {
    const at = expiryOf(environment.name, lastPlan(environment, planned), settings);
    const isAsked = request.environment === undefined || request.environment === environment.name;
    return at === null || !isAsked ? [] : [[environment.name, at] as const];
  });
  const used = await inUse(session);
  const found = findGarbage({
    state,
    now: workspace.platform.now(),
    retention: settings.retention,
    expiries: new Map(expiries),
    versionsInUse: used.versions,
    segmentsInUse: used.segments,
    reads: await readVersionReads(session, state),
    ignoreAge: request.ignoreTtl,
  });
  return request.environment === undefined ? found : { ...found, versions: [], segments: [] };
}

async function remove(
  workspace: Workspace,
  session: Session,
  { state, garbage }: { state: WarehouseState; garbage: Garbage },
): Promise<void> {
  if (garbage.environments.length + garbage.versions.length === 0) return;
  const views: Sql[] = [];
  for (const name of garbage.environments)
    views.push(...(await dropEnvironmentStatements(session, name, state)));
  await inOneStep(workspace, session, {
    statements: [...views, ...cleaningStatements(garbage, state)],
    kind: 'warehouse.cleaned',
    body: { ...garbage },
  });
}

async function inOneStep(
  workspace: Workspace,
  session: Session,
  step: { readonly statements: readonly Sql[]; readonly kind: string; readonly body: unknown },
): Promise<void> {
  const { platform } = workspace;
  const event = { at: platform.now(), kind: step.kind, body: step.body };
  await session.transaction(() =>
    appendEvent(session, event, (text) => platform.sha256(text), { deeds: step.statements }),
  );
}

// Plans that are not begun may be built on what is gone now.
function changed(workspace: Workspace): void {
  workspace.plans.clear();
  workspace.touched();
  workspace.hub.changed('releases', 'graph', 'project', 'history');
}
