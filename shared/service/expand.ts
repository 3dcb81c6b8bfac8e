import { fault } from '../base/errors';
import type { Interval } from '../base/time';
import type { Model } from '../project/model';
import { findReferences, tableName } from '../sql/references';
import { id } from '../sql/sql';
import { applyEdits } from '../sql/text';
import { findModel, renderModel } from './models';
import type { Code, Workspace } from './workspace';

/** A model to render, and which of the models above it are written out as their queries. */
interface Expansion {
  readonly workspace: Workspace;
  readonly code: Code;
  readonly span: Interval & { readonly executionTime: number };
  readonly expands: (model: Model) => boolean;
}

/** A model's query with names of models above replaced by their queries in brackets, by text spans; embedded ones always are. */
export function expandedQuery(model: Model, expansion: Expansion): string {
  const { workspace, code, span, expands } = expansion;
  const text = renderModel(workspace, code, model, span).text;
  const edits = findReferences(text).tables.flatMap((table) => {
    const name = tableName(table.parts);
    const parent = name === model.name ? undefined : code.project.models.get(name);
    if (!parent || parent.kind.name === 'SEED' || code.graph.blocked.has(name)) return [];
    if (parent.kind.name !== 'EMBEDDED' && !expands(parent)) return [];
    const alias = table.aliased ? '' : ` AS ${id(table.parts.at(-1) ?? '').text}`;
    return [
      { start: table.start, end: table.end, text: `(\n${expandedQuery(parent, expansion)}\n)${alias}` },
    ];
  });
  return applyEdits(text, edits);
}

/** Which models a request to expand means; a name that is none is refused. */
export function expansionOf(
  code: Code,
  model: Model,
  expand: boolean | readonly string[] | undefined,
): (model: Model) => boolean {
  if (expand === undefined || typeof expand === 'boolean') return () => expand === true;
  const wanted = new Set(expand.map((name) => findModel(code, name.toLowerCase()).name));
  if (wanted.has(model.name))
    throw fault('usage.invalid', `${model.name} cannot be expanded in itself.`, {
      remedy: 'Name models that it reads.',
    });
  return (parent) => wanted.has(parent.name);
}
