import { fault } from '../base/errors';
import { environmentViewName, PROD } from '../base/names';
import { toIso } from '../base/time';
import type { Session } from '../engine/contract';
import { isSource } from '../plan/graph';
import { baseOf } from '../plan/lookup';
import type { Handlers } from '../protocol/port';
import type { Impact, Overview } from '../protocol/views/project';
import { profileColumns } from '../raw/profile';
import { id, type Sql, sql } from '../sql/sql';
import { checkInstallation } from './doctor';
import { findModel, impactOf, modelDetail, onEditedRows } from './models';
import { createModel } from './new-model';
import { pageOf, runQuery } from './queries';
import { readingAs } from './reading';
import { renderedAs } from './rendered';
import type { HostSession } from './session';
import { ensureSources } from './sources';
import { graphView } from './views/graph-view';
import { differing, type Workspace } from './workspace';

type ProjectHandlers = Pick<
  Handlers,
  Extract<
    keyof Handlers,
    `app.${string}` | `project.${string}` | `model.${string}` | 'query.run' | 'doctor.run'
  >
>;

/** Opening projects, their graph and models, queries. */
export function projectHandlers(host: HostSession): ProjectHandlers {
  const { platform } = host;
  return {
    'app.info': async () => ({
      version: platform.version,
      engine: host.isOpen() ? engineText(host.workspace) : 'DuckDB',
      node: platform.runtime,
      way: platform.way,
      exampleDir: platform.exampleDir,
    }),
    'app.recent': async () => ({
      projects: (await platform.recents()).map((entry) => ({ ...entry, openedAt: toIso(entry.openedAt) })),
    }),
    'app.folders': async ({ dir }) => copyFolders(await platform.listFolders(dir)),
    'project.open': async ({ dir, takeOver }) => overviewOf(await host.open(dir, { takeOver })),
    'project.create': async ({ template, dir, name }) =>
      overviewOf(await host.open(await platform.createProject(template, dir, name))),
    'project.close': async () => {
      await host.closeProject();
      return {};
    },
    'project.overview': () => overviewOf(host.workspace),
    'project.graph': async ({ environment }) => {
      const { workspace } = host;
      return graphView({
        code: workspace.code,
        state: await workspace.state(),
        environment: environment ?? null,
        now: platform.now(),
      });
    },
    'model.read': async ({ model }) => modelDetail(host.workspace.code, model),
    'model.impact': ({ model, text }) => impactOf(host.workspace, model, text),
    'model.save': ({ model, text }) => saveModel(host.workspace, model, text),
    'model.create': async ({ name, from }) => {
      await createModel(host.workspace, name, from);
      return modelDetail(host.workspace.code, name.toLowerCase());
    },
    'model.preview': (request) => preview(host.workspace, request),
    'model.render': (request) => renderedAs(host.workspace, request),
    'query.run': async (request, { signal }) => {
      await ensureSources(host.workspace);
      return runQuery(host.workspace, request, signal);
    },
    'doctor.run': () => checkInstallation(host),
  };
}

/** What the window's frame and `teal info` show of a project. */
async function overviewOf(workspace: Workspace): Promise<Overview> {
  const state = await workspace.state();
  const usage = await workspace.engine.usage();
  const environments = [...state.environments.values()].map((environment) => ({
    name: environment.name,
    live: environment.name === PROD,
    differing: differing(state, environment.name),
    filledAt: environment.filledAt === null ? null : toIso(environment.filledAt),
    baseRelease: environment.baseRelease,
  }));
  const { project, graph, problems } = workspace.code;
  return {
    dir: workspace.folder.dir,
    name: project.name,
    git: await workspace.folder.git(),
    environments: environments.sort((a, b) => Number(b.live) - Number(a.live)),
    problems: problems.map((problem) => ({
      ...problem,
      ...(problem.place ? { place: { ...problem.place } } : {}),
    })),
    sources: project.sources.size,
    models: graph.order.length + graph.blocked.size,
    liveRelease: state.releases.at(-1)?.number ?? null,
    activeRun: workspace.active?.runner.progress.run ?? null,
    engine: engineText(workspace),
    warehouseBytes: usage.warehouseBytes,
    memoryBytes: usage.memoryBytes,
    memoryLimitBytes: usage.memoryLimitBytes,
  };
}

type PreviewRequest = Parameters<ProjectHandlers['model.preview']>[0];

async function preview(workspace: Workspace, request: PreviewRequest) {
  await ensureSources(workspace);
  const shown = async (session: Session, query: Sql) => {
    const page = await pageOf(session, query, request);
    const limited = sql`(SELECT * FROM (${query}) AS preview_rows LIMIT ${request.limit} OFFSET ${request.offset})`;
    return {
      page,
      profile: [...(await profileColumns(session, limited, page.columns))],
      sampled: page.rows.length === request.limit,
    };
  };
  const raw = isSource(workspace.code.project, request.model);
  if (request.side === 'edit' && !raw) return onEditedRows(workspace, request.model, request.text, shown);
  const state = await workspace.state();
  const version = raw ? undefined : baseOf(state, request.side, request.model);
  if (!raw && !version)
    throw fault('model.not_found', `${request.model} has no rows in ${request.side} yet.`, {
      remedy: 'Fill it with a plan first.',
    });
  const [schema = '', table = ''] = request.model.split('.');
  return readingAs(workspace, raw ? PROD : request.side, (session) =>
    shown(
      session,
      sql`SELECT * FROM ${id(...(raw ? [schema, table] : environmentViewName(PROD, request.model)))}`,
    ),
  );
}

async function saveModel(workspace: Workspace, model: string, text: string): Promise<Impact> {
  await workspace.folder.writeText(findModel(workspace.code, model).file, text);
  await workspace.reload();
  return impactOf(workspace, savedName(workspace, model, text), text);
}

function savedName(workspace: Workspace, before: string, text: string): string {
  const { project } = workspace.code;
  if (project.models.has(before) || project.broken.some((model) => model.name === before)) return before;
  return [...project.models.values(), ...project.broken].find((model) => model.text === text)?.name ?? before;
}

function engineText(workspace: Workspace): string {
  const { name, version } = workspace.engine.info;
  return `${name} ${version.replace(/^v/, '')}`;
}

function copyFolders(listed: Awaited<ReturnType<HostSession['platform']['listFolders']>>) {
  return { ...listed, folders: listed.folders.map((folder) => ({ ...folder })) };
}
