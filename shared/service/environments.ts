import { unfinishedRuns } from '../backfill/ledger';
import { Fault, fault } from '../base/errors';
import { PROD } from '../base/names';
import { numberOf, textOf } from '../base/rows';
import { type Interval, subtract, toIso, toTimestamp } from '../base/time';
import type { Session } from '../engine/contract';
import { floorTo } from '../plan/cron';
import { intervalsOf } from '../plan/editions/candidate';
import { storedEdition } from '../plan/editions/compare';
import { ancestors, descendants } from '../plan/graph';
import { alignOut, countIntervals, cronOf, historyOf } from '../plan/intervals';
import { baseOf, versionOf } from '../plan/lookup';
import { selectModels } from '../plan/selection';
import { isIncremental, type Model } from '../project/model';
import { parseInclusiveEnd, parseMoment } from '../project/moment';
import { readSettings, type Settings } from '../project/settings';
import type { CommandRequest } from '../protocol/table';
import type { EnvironmentList, MissingList } from '../protocol/views/verbs';
import type { Environment, Version, WarehouseState } from '../release/types';
import { environmentViewName } from '../release/views';
import { sql } from '../sql/sql';
import { momentOf } from './request-plan';
import type { Code, Workspace } from './workspace';

/** Environments with when they end, what they cover and what their views show. */
export async function listEnvironments(workspace: Workspace): Promise<EnvironmentList> {
  const state = await workspace.state();
  const settings = settingsOf(workspace);
  const { planned, views } = await workspace.read(async (session) => ({
    planned: await plannedAt(session),
    views: await viewNames(session),
  }));
  const environments = [...state.environments.values()].map((environment) => {
    const at = lastPlan(environment, planned);
    const expires = expiryOf(environment.name, at, settings);
    const shown = Object.entries(environment.versions).flatMap(([model, number]) => {
      const version = versionOf(state, model, number);
      return version ? [version] : [];
    });
    const relations = shown.flatMap((version) => {
      const name = environmentViewName(environment.name, version.model).join('.');
      return views.has(name) ? [[name, `v${version.number}`] as const] : [];
    });
    return {
      name: environment.name,
      live: environment.name === PROD,
      plannedAt: at === null ? null : toIso(at),
      expiresAt: expires === null ? null : toIso(expires),
      pinned: environment.name === PROD || settings.pinned.includes(environment.name),
      models: modelsOf(state, environment),
      relations: Object.fromEntries(relations),
    };
  });
  return { environments: environments.sort((a, b) => Number(b.live) - Number(a.live)) };
}

/** What is done of every model that an environment is made of, shown by a view of its own or not. */
function modelsOf(
  state: WarehouseState,
  environment: Environment,
): EnvironmentList['environments'][number]['models'] {
  const entries = Object.entries(environment.editions).flatMap(([name, id]) => {
    const edition = storedEdition(state, name, id);
    if (!edition || edition.source.model.kind.name === 'EMBEDDED') return [];
    const { done, dev } = intervalsOf(edition, state.intervals);
    const version = environment.versions[name] ?? null;
    const row = {
      version,
      done: rangesOf(done),
      ...(dev.length > 0 ? { doneInDevTable: rangesOf(dev) } : {}),
    };
    return [[name, row] as const];
  });
  return Object.fromEntries(entries);
}

/** The intervals that an environment's models lack, up to the end that is asked for or now. */
export async function missingIn(
  workspace: Workspace,
  request: CommandRequest<'environment.missing'>,
): Promise<MissingList> {
  const { code } = workspace;
  const environment = request.environment ?? PROD;
  const state = await workspace.state();
  if (!state.environments.has(environment)) throw noEnvironment(environment, [...state.environments.keys()]);
  const start = momentOf(request.start, 'start', parseMoment);
  const end = momentOf(request.end, 'end', parseInclusiveEnd) ?? workspace.platform.now();
  const chosen = request.select && request.select.length > 0 ? chooseModels(code, request.select) : null;
  const models: MissingList['models'] = {};
  for (const model of code.graph.order) {
    const version = baseOf(state, environment, model.name);
    if (!version || model.kind.name === 'EMBEDDED' || (chosen && !chosen.has(model.name))) continue;
    const { unit } = cronOf(model);
    const missing = subtract(wantedOf(model, start, end), doneOf(model, version)).map((span) =>
      alignOut(unit, span),
    );
    if (missing.length > 0)
      models[model.name] = { count: countIntervals(unit, missing), ranges: rangesOf(missing) };
  }
  return { environment, models };
}

function wantedOf(model: Model, start: number | undefined, end: number): readonly Interval[] {
  const history = historyOf(model, end);
  const from =
    start === undefined ? history.from : Math.max(history.from, floorTo(cronOf(model).unit, start));
  return from < history.to ? [{ from, to: history.to }] : [];
}

// A whole table covers all that there was when it was made.
function doneOf(model: Model, version: Version): readonly Interval[] {
  if (isIncremental(model.kind) || version.covered.length > 0) return version.covered;
  return [historyOf(model, version.createdAt)];
}

/** The models that selectors choose, as SQLMesh reads them. */
export function chooseModels(code: Code, select: readonly string[]): ReadonlySet<string> {
  const { project, graph } = code;
  const chosen = selectModels(select, {
    tags: new Map([...project.models.values()].map((model) => [model.name, model.tags])),
    above: (name) => ancestors(project, [name]),
    below: (name) => descendants(graph, [name]),
  });
  if (!chosen.ok) throw new Fault(chosen.problem);
  if (chosen.value.size === 0)
    throw fault('model.not_found', `${select.join(', ')} chooses no model.`, {
      kept: 'Nothing was done.',
      remedy: 'teal dag lists them.',
    });
  return chosen.value;
}

/** `linter:`, `format:` and the times of config.yaml, or the problem with them. */
export function settingsOf(workspace: Workspace): Settings {
  const settings = readSettings(workspace.code.files);
  if (!settings.ok) throw new Fault(settings.problem);
  return settings.value;
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
export function expiryOf(name: string, planned: number | null, settings: Settings): number | null {
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
