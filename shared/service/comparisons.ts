import { fault } from '../base/errors';
import { PROD } from '../base/names';
import { textOf } from '../base/rows';
import { toIso } from '../base/time';
import { compareTable } from '../compare/compare-table';
import type { KeySource, Pair, Side, TableComparison } from '../compare/types';
import { checkExpectations, verdictOf } from '../compare/verdict';
import { withSession } from '../engine/contract';
import { baseOf, versionOf } from '../plan/lookup';
import type { Brief } from '../project/brief';
import type { CallContext } from '../protocol/port';
import type { CommandRequest } from '../protocol/table';
import type { Comparison, ModelComparison } from '../protocol/views/compare';
import type { Version, WarehouseState } from '../release/types';
import { versionViewName } from '../release/views';
import { tableNameOf } from '../sql/references';
import { id, sql } from '../sql/sql';
import { spanView, spanViews } from './views/spans';
import type { Workspace } from './workspace';

/** How many comparisons keep their differing rows. */
const KEPT = 12;

/** What one side of a comparison shows: a version by model, and how it is called. */
export interface State {
  readonly label: string;
  readonly release: number | null;
  readonly versions: ReadonlyMap<string, Version>;
}

/** Compares two environments or releases, model by model, and keeps the result with its differing rows. */
export async function compareStates(
  workspace: Workspace,
  request: CommandRequest<'compare.run'>,
  context: CallContext,
): Promise<Comparison> {
  const state = await workspace.state();
  const old = stateOf(state, request.old);
  const current = stateOf(state, request.new);
  const names = modelsOf(old, current, request.models);
  const comparisonId = idOf(workspace, { old, current, names, key: request.key ?? [] });
  const kept = request.fresh ? undefined : await readComparison(workspace, comparisonId);
  if (kept) return kept;
  const started = workspace.platform.now();
  const tables: TableComparison[] = [];
  await withSession(workspace.engine, 'background', async (session) => {
    for (const [index, model] of names.entries()) {
      context.progress(`Comparing ${model}`, index, names.length);
      tables.push(
        await compareTable(
          session,
          pairOf(model, { old, current, id: comparisonId, key: request.key }),
          context.signal,
        ),
      );
    }
  });
  const brief = briefFor(workspace, current.label);
  const expectations = brief ? checkExpectations(brief.expect, brief.scope, tables) : [];
  const comparison: Comparison = {
    id: comparisonId,
    old: old.label,
    new: current.label,
    oldRelease: old.release,
    at: toIso(started),
    seconds: (workspace.platform.now() - started) / 1000,
    verdict: verdictOf(tables, expectations),
    models: tables.map((table) => modelView(table, old, current)),
    expectations: [...expectations],
  };
  await keepComparison(workspace, comparison);
  workspace.hub.changed('releases');
  return comparison;
}

/** A kept comparison, or undefined. */
export async function readComparison(
  workspace: Workspace,
  comparisonId: string,
): Promise<Comparison | undefined> {
  const rows = await workspace.read((session) =>
    session.rows(sql`SELECT body FROM teal.comparison WHERE id = ${comparisonId}`),
  );
  const row = rows[0];
  return row ? (JSON.parse(textOf(row, 'body')) as Comparison) : undefined;
}

/** The newest comparison that ends in the very versions that an environment shows, by model score. */
export async function scoresFor(
  workspace: Workspace,
  environment: string,
): Promise<ReadonlyMap<string, number> | null> {
  const state = await workspace.state();
  const old = stateOf(state, PROD);
  const current = stateOf(state, environment);
  const names = modelsOf(old, current, undefined);
  const comparisonId = idOf(workspace, { old, current, names, key: [] });
  const kept = await readComparison(workspace, comparisonId);
  return kept ? new Map(kept.models.map((model) => [model.model, model.score])) : null;
}

export function comparisonView(table: TableComparison): ModelComparison {
  return {
    ...table,
    key: [...table.key],
    schema: [...table.schema],
    columns: [...table.columns],
    partitions: table.partitions.map((part) => ({
      ...spanView(part.span),
      old: part.old,
      new: part.new,
      added: part.added,
      removed: part.removed,
      changed: part.changed,
      columns: { ...part.columns },
    })),
    shared: spanViews(table.shared),
    older: [],
  };
}

/** The table of `teal_diff` that holds the differing rows of one model of a comparison. */
export function diffTable(comparison: string, model: string): string {
  return `${comparison}__${model.replace('.', '__')}`;
}

/** A model's comparison as clients see it, with the spans under older logic. */
export function modelView(table: TableComparison, old: State, current: State): ModelComparison {
  const version = current.versions.get(table.model);
  const older = (version?.entries ?? [])
    .filter((entry) => entry.fingerprint !== version?.fingerprint)
    .flatMap((entry) => entry.spans ?? []);
  const same = old.versions.get(table.model)?.fingerprint === version?.fingerprint;
  return { ...comparisonView(table), older: same ? [] : spanViews(older) };
}

/** What an environment or a release shows, by name. */
export function stateOf(state: WarehouseState, name: string): State {
  const release = /^(?:release\s*)?(\d+)$/i.exec(name.trim());
  if (release) return releaseState(state, Number(release[1]));
  const environment = state.environments.get(name);
  if (!environment && name !== PROD) {
    const have = [...state.environments.keys()].join(', ');
    throw fault('environment.not_found', `There is no environment ${name}.`, {
      remedy: have ? `There are ${have}.` : 'Nothing has been filled yet; plan first.',
    });
  }
  const models = new Set([
    ...Object.keys(state.environments.get(PROD)?.versions ?? {}),
    ...Object.keys(environment?.versions ?? {}),
  ]);
  const versions = [...models].flatMap((model) => {
    const version = baseOf(state, name, model);
    return version ? [[model, version] as const] : [];
  });
  return {
    label: name,
    release: name === PROD ? (state.releases.at(-1)?.number ?? null) : null,
    versions: new Map(versions),
  };
}

function releaseState(state: WarehouseState, number: number): State {
  const release = state.releases.find((candidate) => candidate.number === number);
  if (!release)
    throw fault('release.not_found', `There is no release ${number}.`, {
      remedy: 'teal releases lists them.',
    });
  const versions = Object.entries(release.after).flatMap(([model, version]) => {
    const found = versionOf(state, model, version);
    return found ? [[model, found] as const] : [];
  });
  return { label: `release ${number}`, release: number, versions: new Map(versions) };
}

/** The models to compare: those wanted, or all that either side shows. */
export function modelsOf(
  old: State,
  current: State,
  wanted: readonly string[] | undefined,
): readonly string[] {
  const all = [...new Set([...old.versions.keys(), ...current.versions.keys()])].sort();
  if (!wanted || wanted.length === 0) return all;
  const names = wanted.map((name) => (all.includes(name) ? name : tableNameOf(name)));
  const unknown = names.find((model) => !all.includes(model));
  if (unknown)
    throw fault('model.not_found', `Neither ${old.label} nor ${current.label} shows a model ${unknown}.`);
  return names;
}

/** Names two states as they are called and as they are now, so that what was compared once need not be again. */
function idOf(
  workspace: Workspace,
  what: { old: State; current: State; names: readonly string[]; key: readonly string[] },
): string {
  const { old, current, names, key } = what;
  const text = JSON.stringify([gist(old, names), gist(current, names), key]);
  return `c${workspace.platform.sha256(text).slice(0, 10)}`;
}

function gist(state: State, names: readonly string[]): unknown {
  return [state.label, names.map((model) => [model, state.versions.get(model)?.number ?? null])];
}

/** Both sides of one model, with the key that its rows are found by. */
export function pairOf(
  model: string,
  work: { old: State; current: State; id: string; key: readonly string[] | undefined },
): Pair {
  const old = work.old.versions.get(model);
  const current = work.current.versions.get(model);
  const stated = current?.definition.key ?? old?.definition.key ?? [];
  const key = work.key && work.key.length > 0 ? work.key : stated;
  const unique = current?.definition.kind.includes('UNIQUE_KEY') ?? false;
  const keySource: KeySource =
    work.key && work.key.length > 0 ? 'given' : key.length === 0 ? 'none' : unique ? 'unique_key' : 'grain';
  return {
    model,
    old: old ? sideOf(old) : null,
    new: current ? sideOf(current) : null,
    key,
    keySource,
    table: diffTable(work.id, model),
  };
}

function sideOf(version: Version): Side {
  return {
    relation: id(...versionViewName(version.model, version.number)),
    columns: version.columns,
    time: version.time,
    version,
  };
}

function briefFor(workspace: Workspace, environment: string): Brief | undefined {
  return workspace.code.project.briefs.find((brief) => brief.environment === environment);
}

/** Keeps a comparison, and of all kept ones the newest. */
export async function keepComparison(workspace: Workspace, comparison: Comparison): Promise<void> {
  await workspace.write(async (session) => {
    await session.run(
      sql`INSERT OR REPLACE INTO teal.comparison VALUES (${comparison.id}, ${new Date(comparison.at)}, ${JSON.stringify(comparison)})`,
    );
    const old = await session.rows(
      sql`SELECT id, body FROM teal.comparison ORDER BY "at" DESC OFFSET ${KEPT}`,
    );
    for (const row of old) {
      const gone = JSON.parse(textOf(row, 'body')) as Comparison;
      for (const model of gone.models)
        await session.run(sql`DROP TABLE IF EXISTS ${id('teal_diff', diffTable(gone.id, model.model))}`);
      await session.run(sql`DELETE FROM teal.comparison WHERE id = ${gone.id}`);
    }
  });
}
