import { fault } from '../base/errors';
import { environmentViewName, PROD } from '../base/names';
import { toIso } from '../base/time';
import type { CommandOutput, CommandRequest } from '../protocol/table';
import { findReferences, tableName } from '../sql/references';
import { id } from '../sql/sql';
import { applyEdits } from '../sql/text';
import { noEnvironment } from './environments';
import { expandedQuery, expansionOf } from './expand';
import { findModel, spanOf } from './models';
import type { Workspace } from './workspace';

/** A model's query with its macros expanded, for a span, as the readers of an environment would write it. */
export async function renderedAs(
  workspace: Workspace,
  request: CommandRequest<'model.render'>,
): Promise<CommandOutput<'model.render'>> {
  const { model, text, expand, environment, ...given } = request;
  const { file, name } = findModel(workspace.code, model);
  const code = text === undefined ? workspace.code : workspace.draft(file, text);
  const own = code.project.models.get(name);
  if (!own) throw fault('model.invalid', `${model} cannot be read as it stands.`, { place: { file } });
  const span = spanOf(own, given, workspace.platform.now());
  const query = expandedQuery(own, { workspace, code, span, expands: expansionOf(code, own, expand) });
  return {
    sql: environment === undefined ? query : await inEnvironment(workspace, query, environment),
    span: { from: toIso(span.from), to: toIso(span.to) },
  };
}

/** Names of models as an environment's views are called, where it shows them by views of its own. */
async function inEnvironment(workspace: Workspace, query: string, environment: string): Promise<string> {
  const { environments } = await workspace.state();
  const found = environments.get(environment);
  if (!found && environment !== PROD) throw noEnvironment(environment, [...environments.keys()]);
  if (!found || environment === PROD) return query;
  const edits = findReferences(query).tables.flatMap(({ parts, start, end, aliased }) => {
    const name = tableName(parts);
    if (found.lines[name] === undefined) return [];
    const view = id(...environmentViewName(environment, name)).text;
    return [{ start, end, text: aliased ? view : `${view} AS ${id(parts.at(-1) ?? '').text}` }];
  });
  return applyEdits(query, edits);
}
