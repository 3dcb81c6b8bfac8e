import { unfinishedRuns } from '../backfill/ledger';
import type { Problem } from '../base/errors';
import { PROD } from '../base/names';
import { uncategorised } from '../plan/build-plan';
import type { Plan } from '../plan/types';
import type { CheckView } from '../protocol/views/backfill';
import type { WarehouseState } from '../release/types';
import type { Estimate } from './estimate';
import { sourceProblem } from './sources';
import type { Workspace } from './workspace';

/** What is looked at before a plan is carried out. */
export async function checkPlan(
  workspace: Workspace,
  plan: Plan,
  estimate: Estimate,
): Promise<readonly CheckView[]> {
  const usage = await workspace.engine.usage();
  const free = await workspace.folder.freeBytes();
  return [
    sourcesCheck(workspace, plan, await quarantinedRows(workspace, plan)),
    modelsCheck(workspace, plan),
    ...categoriesCheck(plan),
    ...olderCheck(await workspace.state(), plan),
    diskCheck(free, estimate.total.bytes),
    {
      id: 'memory',
      label: 'Memory',
      detail: `${megabytes(usage.memoryBytes)} of ${megabytes(usage.memoryLimitBytes)} in use`,
      status: usage.memoryBytes > usage.memoryLimitBytes * 0.8 ? 'look' : 'pass',
    },
    await conflictCheck(workspace, plan),
    {
      id: 'engine',
      label: 'Engine',
      detail: `${workspace.engine.info.name} ${workspace.engine.info.version}`,
      status: 'pass',
    },
  ];
}

async function quarantinedRows(workspace: Workspace, plan: Plan): Promise<number> {
  const state = await workspace.state();
  return sourcesOf(plan).reduce((sum, source) => sum + (state.snapshots.get(source)?.quarantined ?? 0), 0);
}

function sourcesOf(plan: Plan): readonly string[] {
  const names = plan.models.flatMap((model) =>
    Object.entries(model.parents)
      .filter(([, parent]) => parent.type === 'source')
      .map(([name]) => name.slice(4)),
  );
  return [...new Set(names)];
}

function sourcesCheck(workspace: Workspace, plan: Plan, quarantined: number): CheckView {
  const sources = sourcesOf(plan);
  const all = workspace.code.project.sources.size;
  const read = `${sources.length} of ${all} sources read, snapshots pinned`;
  const unread = sources.filter((source) => sourceProblem(workspace, source) !== undefined);
  if (unread.length > 0)
    return {
      id: 'sources',
      label: 'Raw data',
      detail: unread.map((source) => formerSnapshot(workspace, source)).join(' '),
      status: 'look',
    };
  if (quarantined > 0)
    return {
      id: 'sources',
      label: 'Raw data',
      detail: `${read}; ${quarantined} rows in quarantine`,
      status: 'look',
    };
  return { id: 'sources', label: 'Raw data', detail: read, status: 'pass' };
}

function formerSnapshot(workspace: Workspace, source: string): string {
  const why = sourceProblem(workspace, source)?.message ?? '';
  return `raw.${source} could not be read again, so its former snapshot is used: ${why}`;
}

function categoriesCheck(plan: Plan): readonly CheckView[] {
  const open = uncategorised(plan);
  if (open.length === 0) return [];
  const detail = `Choose whether the change of ${open.join(', ')} is breaking`;
  return [{ id: 'categories', label: 'Categories', detail, status: 'fail' }];
}

function modelsCheck(workspace: Workspace, plan: Plan): CheckView {
  const { blocked: problems, doubtful } = workspace.code.graph;
  const blocked = [...problems.keys()];
  const fails = plan.models.flatMap(({ model, action }) =>
    action === 'fill' ? (doubtful.get(model) ?? []) : [],
  );
  if (blocked.length === 0 && fails.length > 0)
    return { id: 'models', label: 'Models', detail: fails.map(reasonOf).join(' '), status: 'look' };
  if (blocked.length === 0)
    return {
      id: 'models',
      label: 'Models',
      detail: `${plan.models.length} read, no problem`,
      status: 'pass',
    };
  return {
    id: 'models',
    label: 'Models',
    detail: `${blocked.join(', ')} cannot be run and ${blocked.length === 1 ? 'is' : 'are'} left out: ${[...problems.values()].map(reasonOf).join(' ')}`,
    status: 'look',
  };
}

/** An environment that an earlier version of Teal filled: it wrote down too little to tell which models are unchanged. */
function olderCheck({ environments }: WarehouseState, plan: Plan): readonly CheckView[] {
  const own = environments.get(plan.environment) ?? environments.get(PROD);
  const isOlder = own && Object.keys(own.versions).length > 0 && Object.keys(own.editions).length === 0;
  if (!isOlder) return [];
  return [
    {
      id: 'older',
      label: 'Earlier version',
      detail:
        'This warehouse was filled by an earlier version of Teal, which did not write down the variables, statements and seeds of its rows. All models are computed once more; what is live stays until then, and its releases can be rolled back to.',
      status: 'look',
    },
  ];
}

function reasonOf({ message, place }: Problem): string {
  return place?.line === undefined ? message : `${place.file}:${place.line}:${place.column ?? 1}: ${message}`;
}

function diskCheck(free: number, wanted: number | null): CheckView {
  const detail =
    wanted === null ? `${megabytes(free)} free` : `about ${megabytes(wanted)} of ${megabytes(free)} free`;
  const status = wanted !== null && wanted > free ? 'fail' : free < 512 * 1024 * 1024 ? 'look' : 'pass';
  return { id: 'disk', label: 'Disk', detail, status };
}

async function conflictCheck(workspace: Workspace, plan: Plan): Promise<CheckView> {
  const base = plan.baseRelease === null ? 'nothing is live yet' : `base is release ${plan.baseRelease}`;
  if (workspace.active)
    return { id: 'conflict', label: 'Other runs', detail: 'Another run is under way', status: 'fail' };
  const waiting = (await workspace.read(unfinishedRuns)).filter(
    (run) => run.plan.environment === plan.environment && run.plan.id !== plan.id,
  );
  if (waiting.length === 0)
    return {
      id: 'conflict',
      label: 'Other runs',
      detail: `None writes these tables; ${base}`,
      status: 'pass',
    };
  const where = plan.environment === PROD ? 'prod' : plan.environment;
  return {
    id: 'conflict',
    label: 'Other runs',
    detail: `An unfinished run of ${where} will be taken back first`,
    status: 'look',
  };
}

function megabytes(bytes: number): string {
  return bytes >= 1024 ** 3 ? `${(bytes / 1024 ** 3).toFixed(1)} GB` : `${Math.round(bytes / 1024 ** 2)} MB`;
}
