import { Fault, fault, toProblem } from '../base/errors';
import { environmentViewName, PROD } from '../base/names';
import { problemOf } from '../plan/graph';
import { baseOf } from '../plan/lookup';
import type { Model } from '../project/model';
import type { CallContext } from '../protocol/port';
import type { CommandRequest } from '../protocol/table';
import type { Page } from '../protocol/views/common';
import { authored, id, sql } from '../sql/sql';
import { expandedQuery } from './expand';
import { findModel, spanOf } from './models';
import { pageOf } from './queries';
import { readingAs } from './reading';
import { ensureSources } from './sources';
import type { Workspace } from './workspace';

/**
 * Runs a model's query as its file stands over an environment's rows and gives them; nothing is written. Models above that are not
 * filled there are written out as their queries.
 */
export async function evaluateModel(
  workspace: Workspace,
  request: CommandRequest<'evaluate.run'>,
  context: CallContext,
): Promise<Page> {
  await ensureSources(workspace);
  const { code } = workspace;
  const model = findModel(code, request.model.toLowerCase());
  if ('problem' in model) throw new Fault(model.problem);
  const blocked = problemOf(code.graph, model.name);
  if (blocked) throw new Fault(blocked);
  const environment = request.environment ?? PROD;
  const state = await workspace.state();
  if (environment !== PROD && !state.environments.has(environment))
    throw fault('environment.not_found', `There is no environment ${environment}.`, {
      kept: 'Nothing was run.',
      remedy: 'teal environments lists them.',
    });
  const filled = (one: Model) => baseOf(state, environment, one.name) !== undefined;
  if (model.kind.name === 'SEED' && !filled(model)) throw unfilledSeed(model);
  const span = spanOf(model, request, workspace.platform.now());
  const text =
    model.kind.name === 'SEED'
      ? sql`SELECT * FROM ${id(...environmentViewName(PROD, model.name))}`
      : authored(expandedQuery(model, { workspace, code, span, expands: (one) => !filled(one) }));
  const page = { offset: 0, limit: request.limit, signal: context.signal };
  return readingAs(workspace, environment, async (session) => {
    try {
      return await pageOf(session, text, page);
    } catch (error) {
      if (!(error instanceof Fault)) throw error;
      throw new Fault({
        ...toProblem(error),
        place: { file: model.file, model: model.name },
        kept: 'Nothing was written.',
      });
    }
  });
}

function unfilledSeed(model: Model): Fault {
  return fault('model.not_found', `${model.name} is a seed that is not filled yet.`, {
    place: { file: model.file, model: model.name },
    kept: 'Nothing was run.',
    remedy: 'Fill it with a plan first.',
  });
}
