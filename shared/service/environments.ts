import { unfinishedRuns } from '../backfill/ledger';
import { Fault, fault } from '../base/errors';
import { environmentViewName, PROD } from '../base/names';
import { numberOf, textOf } from '../base/rows';
import { type Interval, normalise, toIso, toTimestamp } from '../base/time';
import type { Session } from '../engine/contract';
import { type Candidate, datedModel, intervalsOf } from '../plan/editions/candidate';
import type { EditionSource } from '../plan/editions/draft';
import { isUnseen } from '../plan/editions/settings';
import { missingOf, startOf } from '../plan/editions/spans';
import { selectModels } from '../plan/select-models';
import type { Keeping } from '../project/keeping';
import { parseInclusiveEnd, parseMoment } from '../project/moment';
import type { CommandRequest } from '../protocol/table';
import type { EnvironmentList, MissingList } from '../protocol/views/verbs';
import type { Edition } from '../release/editions';
import type { Environment, WarehouseState } from '../release/types';
import { sql } from '../sql/sql';
import { keepingIn } from './keeping';
import { momentOf } from './request-plan';
import type { Code, Workspace } from './workspace';

/** Environments with when they end, what is done of their models and what their views show. */
export async function listEnvironments(workspace: Workspace): Promise<EnvironmentList> {
  const state = await workspace.state();
  const settings = keepingOf(workspace);
  const { planned, views } = await workspace.read(async (session) => ({
    planned: await plannedAt(session),
    views: await viewNames(session),
  }));
  const environments = [...state.environments.values()].map((environment) => {
    const at = lastPlan(environment, planned);
    const expires = expiryOf(environment.name, at, settings);
    return {
      name: environment.name,
      live: environment.name === PROD,
      plannedAt: at === null ? null : toIso(at),
      expiresAt: expires === null ? null : toIso(expires),
      pinned: environment.name === PROD || settings.pinned.includes(environment.name),
      models: modelsOf(state, environment),
      relations: relationsOf(environment, views),
    };
  });
  return { environments: environments.sort((a, b) => Number(b.live) - Number(a.live)) };
}

function modelsOf(state: WarehouseState, environment: Environment) {
  const rows = editionsOf(state, environment).map((edition) => {
    const { done, dev } = intervalsOf(edition, state.intervals);
    const version = environment.versions[edition.model] ?? null;
    const inDev = dev.length > 0 ? { doneInDevTable: rangesOf(dev) } : {};
    const onward = edition.forwardOnly ? { forwardOnly: true as const } : {};
    return [edition.model, { version, done: rangesOf(done), ...inDev, ...onward }] as const;
  });
  return Object.fromEntries(rows);
}

function relationsOf(environment: Environment, views: ReadonlySet<string>): Record<string, string> {
  const shown = Object.entries(environment.versions).map(
    ([model, number]) => [environmentViewName(environment.name, model).join('.'), `v${number}`] as const,
  );
  return Object.fromEntries(shown.filter(([name]) => views.has(name)));
}

/** The models that an environment is made of, as they were planned; those that nothing is made of are left out. */
function editionsOf(state: WarehouseState, environment: Environment): readonly Edition<EditionSource>[] {
  return Object.entries(environment.editions).flatMap(([model, id]) => {
    const edition = state.editions.get(model)?.get(id) as Edition<EditionSource> | undefined;
    return edition && !isUnseen(edition.source.model.kind) ? [edition] : [];
  });
}

/** The intervals that an environment's models lack, as they were planned, up to the end that is asked for or now. */
export async function missingIn(
  workspace: Workspace,
  request: CommandRequest<'environment.missing'>,
): Promise<MissingList> {
  const { code } = workspace;
  const name = request.environment ?? PROD;
  const state = await workspace.state();
  const environment = state.environments.get(name);
  if (!environment) throw noEnvironment(name, [...state.environments.keys()]);
  const start = momentOf(request.start, 'start', parseMoment);
  const end = momentOf(request.end, 'end', parseInclusiveEnd) ?? workspace.platform.now();
  const chosen = request.select && request.select.length > 0 ? chooseModels(code, request.select) : null;
  const candidates = new Map(
    editionsOf(state, environment).map((edition): readonly [string, Candidate] => [
      edition.model,
      {
        model: datedModel(edition.source.model, workspace.platform.now()),
        edition,
        isNew: false,
        old: null,
        live: name === PROD,
        ...intervalsOf(edition, state.intervals),
      },
    ]),
  );
  const models: MissingList['models'] = {};
  for (const [model, candidate] of candidates) {
    if (chosen && !chosen.has(model)) continue;
    const from = Math.max(start ?? 0, startOf(candidate, candidates, end));
    const range = { start: from, end, executionTime: end, ignoreCron: false, endBounded: true };
    const missing = missingOf(candidate.model, candidate.done, range);
    if (missing.length > 0) models[model] = { count: missing.length, ranges: rangesOf(normalise(missing)) };
  }
  return { environment: name, models };
}

/** The models that selectors choose, as SQLMesh reads them. */
export function chooseModels(code: Code, select: readonly string[]): ReadonlySet<string> {
  const chosen = selectModels(select, [...code.project.models.values()]);
  if (chosen.length > 0) return new Set(chosen);
  throw fault('model.not_found', `${select.join(', ')} chooses no model.`, {
    kept: 'Nothing was done.',
    remedy: 'teal dag lists them.',
  });
}

/** How long things are kept, or the problem with config.yaml: one that cannot be read may pin what would be removed. */
export function keepingOf(workspace: Workspace): Keeping {
  const { project } = workspace.code;
  const broken = project.problems.find((problem) => problem.code === 'config.invalid');
  if (broken) throw new Fault(broken);
  const keeping = keepingIn(workspace.code);
  if (!keeping.ok) throw new Fault(keeping.problem);
  return keeping.value;
}

/** When each environment was planned last, in ms UTC, as the record of runs says. */
export async function plannedAt(session: Session): Promise<ReadonlyMap<string, number>> {
  const rows = await session.rows(
    sql`SELECT environment, epoch_ms(max(started_at)) AS at FROM teal.run WHERE kind <> 'run' GROUP BY environment`,
  );
  return new Map(rows.map((row) => [textOf(row, 'environment'), numberOf(row, 'at')]));
}

export function lastPlan(environment: Environment, planned: ReadonlyMap<string, number>): number | null {
  const times = [planned.get(environment.name), environment.filledAt ?? undefined];
  const known = times.filter((time) => time !== undefined);
  return known.length > 0 ? Math.max(...known) : null;
}

/** When an environment ends; null where it never does: prod, pinned ones, and those of which no plan is known. */
export function expiryOf(name: string, planned: number | null, settings: Keeping): number | null {
  if (name === PROD || settings.pinned.includes(name) || settings.environmentTtl === null) return null;
  return planned === null ? null : planned + settings.environmentTtl;
}

export function noEnvironment(name: string, have: readonly string[]): Fault {
  return fault('environment.not_found', `There is no environment ${name}.`, {
    kept: 'Nothing was changed.',
    remedy: have.length > 0 ? `There are ${have.join(', ')}.` : 'Nothing has been filled yet; plan first.',
  });
}

/** Refuses what would pull tables away from under a run. */
export async function refuseDuringRun(workspace: Workspace, environment?: string): Promise<void> {
  const { active } = workspace;
  if (!active || (environment !== undefined && active.runner.progress.plan.environment !== environment))
    return;
  throw fault('run.conflict', `${active.runner.progress.plan.title} is under way.`, {
    kept: 'Nothing was removed.',
    remedy: 'Wait for it, or stop it first.',
  });
}

/** What unfinished runs read and write, so that it is kept for them. */
export async function inUse(session: Session) {
  const plans = (await session.transaction(() => unfinishedRuns(session))).map((run) => run.plan);
  const models = plans.flatMap((plan) => plan.models ?? []);
  const base = plans.flatMap((plan) =>
    Object.entries(plan.base ?? {}).flatMap(([model, number]) =>
      number === null ? [] : [{ model, number }],
    ),
  );
  const parents = models.flatMap((model) =>
    Object.entries(model.parents).flatMap(([name, parent]) =>
      parent.type === 'model' ? [{ model: name, number: parent.version }] : [],
    ),
  );
  const own = models.flatMap(({ model, base: number }) => (number === null ? [] : [{ model, number }]));
  return {
    versions: [...base, ...parents, ...own],
    segments: models.flatMap((model) => [
      ...(model.target ? [model.target.table] : []),
      ...model.entries.map((entry) => entry.segment),
    ]),
  };
}

async function viewNames(session: Session): Promise<ReadonlySet<string>> {
  const rows = await session.rows(
    sql`SELECT schema_name || '.' || view_name AS name FROM duckdb_views() WHERE database_name = current_database() AND NOT internal`,
  );
  return new Set(rows.map((row) => textOf(row, 'name')));
}

function rangesOf(spans: readonly Interval[]): [string, string][] {
  return spans.map((span) => [toTimestamp(span.from), toTimestamp(span.to)]);
}
