import type { Handlers } from '../protocol/port';
import type { CommandRequest } from '../protocol/table';
import type { ProjectFacts } from '../protocol/views/verbs';
import { sql } from '../sql/sql';
import { clean, invalidateEnvironment } from './cleaning';
import { chooseModels, listEnvironments, missingIn } from './environments';
import { evaluateModel } from './evaluate';
import { formatFiles } from './format-files';
import { lintModels } from './lint';
import type { HostSession } from './session';
import { diffTables } from './table-diff';
import type { Workspace } from './workspace';

type VerbHandlers = Pick<
  Handlers,
  | 'facts.read'
  | 'models.select'
  | 'files.format'
  | 'lint.run'
  | 'evaluate.run'
  | 'tables.compare'
  | `environment.${'list' | 'missing' | 'invalidate'}`
  | 'warehouse.clean'
>;

/** Looking after a project and its environments. */
export function verbHandlers(host: HostSession): VerbHandlers {
  return {
    'facts.read': (request) => factsOf(host.workspace, request),
    'models.select': async ({ select }) => ({
      models: [...chooseModels(host.workspace.code, select)].sort(),
    }),
    'files.format': (request) => host.workspace.during(formatFiles(host.workspace, request)),
    'lint.run': ({ models }) => lintModels(host.workspace, models),
    'evaluate.run': (request, context) => evaluateModel(host.workspace, request, context),
    'tables.compare': (request, context) => diffTables(host.workspace, request, context),
    'environment.list': () => listEnvironments(host.workspace),
    'environment.missing': (request) => missingIn(host.workspace, request),
    'environment.invalidate': ({ environment }) => invalidateEnvironment(host.workspace, environment),
    'warehouse.clean': (request) => clean(host.workspace, request),
  };
}

async function factsOf(
  workspace: Workspace,
  { connect }: CommandRequest<'facts.read'>,
): Promise<ProjectFacts> {
  const { project, files } = workspace.code;
  const models = [...project.models.values()];
  const kinds: Record<string, number> = {};
  for (const model of models) kinds[model.kind.name] = (kinds[model.kind.name] ?? 0) + 1;
  const tests = [...files].filter(([path]) => /^tests\/.*\.ya?ml$/.test(path));
  return {
    models: models.length,
    macros: [...files.keys()].filter((path) => /^macros\/(?!.*__init__).*\.(py|sql)$/.test(path)).length,
    audits: project.audits.size + project.standing.size,
    tests: tests.reduce((sum, [, text]) => sum + (text.match(/^[\w"']+\s*:/gm)?.length ?? 0), 0),
    seeds: kinds['SEED'] ?? 0,
    connection: connect ? await connection(workspace) : null,
    kinds,
  };
}

async function connection(workspace: Workspace): Promise<NonNullable<ProjectFacts['connection']>> {
  const { name, version } = workspace.engine.info;
  await workspace.read((session) => session.rows(sql`SELECT 1 AS one`));
  return { ok: true, detail: `${name} ${version} answers` };
}
