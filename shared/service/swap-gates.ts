import { unfinishedRuns } from '../backfill/ledger';
import { PROD } from '../base/names';
import { numberOf } from '../base/rows';
import { intersect, subtract, toTimestamp } from '../base/time';
import { storedEdition } from '../plan/editions/compare';
import { versionOf } from '../plan/lookup';
import { isIncremental } from '../project/model';
import type { Gate, MovedModel } from '../protocol/views/release';
import type { Environment, WarehouseState } from '../release/types';
import { sql } from '../sql/sql';
import type { Workspace } from './workspace';

/** What must hold before a shadow may go live, each with what to do where it does not. */
export async function gatesOf(
  workspace: Workspace,
  environment: Environment,
  models: readonly MovedModel[],
): Promise<Gate[]> {
  const state = await workspace.state();
  return [
    baseGate(state, environment, models),
    await filledGate(workspace, environment, lossOf(state, environment, models)),
    await auditGate(workspace, state, models),
    filesGate(workspace, state, models),
    comparedGate(models),
  ];
}

function baseGate(state: WarehouseState, environment: Environment, models: readonly MovedModel[]): Gate {
  const prod = state.environments.get(PROD)?.versions ?? {};
  const moved = models
    .filter(({ model }) => (prod[model] ?? null) !== (environment.base[model] ?? null))
    .map(({ model }) => model);
  const live = state.releases.at(-1)?.number;
  const detail =
    moved.length > 0
      ? `prod moved under ${moved.join(', ')}`
      : live === undefined
        ? 'nothing is live yet'
        : `prod is as it was when this was filled, release ${live}`;
  return {
    id: 'base',
    label: 'Base unmoved',
    detail,
    status: moved.length > 0 ? 'fail' : 'pass',
    remedy:
      moved.length > 0 ? 'Run the backfill again: what is missing is filled on top of what is live.' : '',
  };
}

async function filledGate(
  workspace: Workspace,
  environment: Environment,
  loss: string | undefined,
): Promise<Gate> {
  const open = (await workspace.read(unfinishedRuns)).filter(
    (run) => run.plan.environment === environment.name,
  );
  const gate = { id: 'filled', label: 'Filled' } as const;
  if (open.length > 0)
    return {
      ...gate,
      detail: `a run of ${environment.name} is not finished`,
      status: 'fail',
      remedy: 'Resume it, or start it again.',
    };
  if (loss !== undefined)
    return {
      ...gate,
      detail: `${loss}, which prod shows`,
      status: 'fail',
      remedy: `Plan ${environment.name} over its whole history, or as a backfill, which takes over what lies outside of its scope.`,
    };
  return { ...gate, detail: 'every planned batch is done', status: 'pass', remedy: '' };
}

/** The history of a model that a swap would take away, in words; undefined where there is none. */
function lossOf(
  state: WarehouseState,
  environment: Environment,
  models: readonly MovedModel[],
): string | undefined {
  for (const { model, fromVersion, toVersion } of models) {
    const kept = storedEdition(state, model, environment.editions[model])?.source.model;
    if (!kept || !isIncremental(kept.kind)) continue;
    const history = { from: kept.start ?? Number.MIN_SAFE_INTEGER, to: kept.end ?? Number.MAX_SAFE_INTEGER };
    const before = intersect(versionOf(state, model, fromVersion)?.covered ?? [], [history]);
    const [lost] = subtract(before, versionOf(state, model, toVersion)?.covered ?? []);
    if (lost) return `${model} lacks ${toTimestamp(lost.from)} to ${toTimestamp(lost.to)}`;
  }
  return undefined;
}

async function auditGate(
  workspace: Workspace,
  state: WarehouseState,
  models: readonly MovedModel[],
): Promise<Gate> {
  const runs = [
    ...new Set(models.flatMap(({ model, toVersion }) => versionOf(state, model, toVersion)?.run ?? [])),
  ];
  if (runs.length === 0)
    return { id: 'audits', label: 'Audits', detail: 'none ran', status: 'look', remedy: '' };
  const counts = await workspace.read(async (session) => {
    let failed = 0;
    let all = 0;
    for (const run of runs) {
      const [row] = await session.rows(
        sql`SELECT count(*) FILTER (failed_rows > 0) AS failed, count(DISTINCT (model, audit)) AS audits FROM teal.audit_result WHERE run = ${run} AND NOT coalesce(skipped, false)`,
      );
      failed += row ? numberOf(row, 'failed') : 0;
      all += row ? numberOf(row, 'audits') : 0;
    }
    return { failed, all };
  });
  const detail =
    counts.failed > 0
      ? `${counts.failed} found rows, none of them blocking`
      : `${counts.all} of ${counts.all}, no row fails`;
  return {
    id: 'audits',
    label: 'Audits',
    detail,
    status: counts.failed > 0 ? 'look' : 'pass',
    remedy: counts.failed > 0 ? 'Look at the failing rows in the run.' : '',
  };
}

function filesGate(workspace: Workspace, state: WarehouseState, models: readonly MovedModel[]): Gate {
  const changed = models
    .filter(
      ({ model, toVersion }) =>
        versionOf(state, model, toVersion)?.fingerprint !== workspace.code.drafts.get(model)?.print.version,
    )
    .map(({ model }) => model);
  const detail =
    changed.length > 0
      ? `${changed.join(', ')} changed on disk since`
      : 'the shadow was filled from these very files';
  return {
    id: 'files',
    label: 'Files',
    detail,
    status: changed.length > 0 ? 'look' : 'pass',
    remedy: changed.length > 0 ? 'Fill again to swap what the files say now.' : '',
  };
}

function comparedGate(models: readonly MovedModel[]): Gate {
  const missing = models.filter((model) => model.score === null).length;
  return {
    id: 'compared',
    label: 'Compared',
    detail: missing > 0 ? 'not compared with prod yet' : 'old and new compared over all rows',
    status: missing > 0 ? 'look' : 'pass',
    remedy: missing > 0 ? 'Compare before the swap.' : '',
  };
}
