import { closest } from '../base/closest';
import type { Place, Problem } from '../base/errors';
import type { Project } from '../project/load';
import type { Model } from '../project/model';
import { tableName } from '../sql/references';

/** The models of a project that can be run, parents before children, with who reads whom. */
export interface ModelGraph {
  readonly order: readonly Model[];
  readonly children: ReadonlyMap<string, readonly string[]>;
  readonly problems: readonly Problem[];
  /** models left out, with why */
  readonly blocked: ReadonlyMap<string, Problem>;
  /** models that read a table that nobody makes: they are planned, and fail where the table is not there when they run */
  readonly doubtful: ReadonlyMap<string, Problem>;
  /** audits that stand alone; those below a model that is left out are too */
  readonly standing: readonly Model[];
}

/** Orders models; those in a circle, those that read what cannot be read, and those below are left out with a problem each. */
export function buildGraph(project: Project): ModelGraph {
  const blocked = new Map<string, Problem>(project.broken.map((model) => [model.name, model.problem]));
  const doubtful = new Map<string, Problem>();
  const order: Model[] = [];
  const state = new Map<string, 'open' | 'done'>();
  const own: Problem[] = [];
  const block = (model: Model, problem: Problem) => {
    blocked.set(model.name, problem);
    own.push(problem);
  };
  const visit = (model: Model, trail: readonly string[]): void => {
    if (state.get(model.name) === 'done') return;
    if (state.get(model.name) === 'open') {
      const circle = [...trail.slice(trail.indexOf(model.name)), model.name];
      block(model, cycleProblem(model, circle));
      return;
    }
    state.set(model.name, 'open');
    for (const parent of model.parents) {
      const found = project.models.get(parent);
      if (found) visit(found, [...trail, model.name]);
      const missing = isUnknown(project, parent);
      if (missing && isUnread(project, parent)) {
        if (!blocked.has(model.name)) block(model, unknownParent(model, parent, project));
      } else if (missing && !doubtful.has(model.name) && !blocked.has(parent))
        doubtful.set(model.name, unknownParent(model, parent, project));
      else if (blocked.has(parent) && !blocked.has(model.name))
        blocked.set(model.name, belowProblem(model, parent));
    }
    state.set(model.name, 'done');
    if (!blocked.has(model.name)) order.push(model);
  };
  for (const model of project.models.values()) visit(model, []);
  const standing: Model[] = [];
  for (const audit of project.standing.values()) {
    const parent = audit.parents.find((one) => blocked.has(one));
    if (parent === undefined) standing.push(audit);
    else block(audit, belowProblem(audit, parent));
    const unknown = audit.parents.find((one) => isUnknown(project, one) && !blocked.has(one));
    if (unknown !== undefined) doubtful.set(audit.name, unknownParent(audit, unknown, project));
  }
  own.push(...doubtful.values());
  return { standing, order, children: childrenOf(project), problems: own, blocked, doubtful };
}

/** Names of all models below the given ones, in graph order, without the given ones. */
export function descendants(graph: ModelGraph, names: readonly string[]): readonly string[] {
  return reach(names, (name) => graph.children.get(name) ?? []);
}

/** Names of all models above the given ones. */
export function ancestors(project: Project, names: readonly string[]): readonly string[] {
  return reach(
    names,
    (name) => project.models.get(name)?.parents.filter((parent) => project.models.has(parent)) ?? [],
  );
}

/** Audits that stand alone and read a model. */
export function standingOver({ graph }: { readonly graph: ModelGraph }, name: string): readonly Model[] {
  return graph.standing.filter(({ parents }) => parents.includes(name));
}

/** What is wrong with a model of the project, if anything. */
export function problemOf({ blocked, doubtful }: ModelGraph, name: string): Problem | undefined {
  return blocked.get(name) ?? doubtful.get(name);
}

function isUnknown(project: Project, name: string): boolean {
  return !project.models.has(name) && !isSource(project, name) && !project.externals.has(name);
}

/** Whether a name is that of a source whose file cannot be read. */
function isUnread(project: Project, name: string): boolean {
  const file = `sources/${name.slice(4)}.`;
  return name.startsWith('raw.') && project.problems.some(({ place }) => place?.file?.startsWith(file));
}

export function isSource(project: Project, name: string): boolean {
  return name.startsWith('raw.') && project.sources.has(name.slice(4));
}

function reach(names: readonly string[], next: (name: string) => readonly string[]): readonly string[] {
  const seen = new Set<string>();
  const queue = names.flatMap(next);
  for (let name = queue.shift(); name !== undefined; name = queue.shift()) {
    if (seen.has(name)) continue;
    seen.add(name);
    queue.push(...next(name));
  }
  return [...seen].filter((name) => !names.includes(name));
}

function childrenOf(project: Project): Map<string, string[]> {
  const children = new Map<string, string[]>();
  for (const model of project.models.values()) {
    for (const parent of model.parents) children.set(parent, [...(children.get(parent) ?? []), model.name]);
  }
  return children;
}

function cycleProblem(model: Model, circle: readonly string[]): Problem {
  return {
    code: 'model.cycle',
    message: `Models read each other in a circle: ${circle.join(' reads ')}.`,
    place: { ...referencePlace(model, circle[1] ?? model.name), model: model.name },
    kept: 'The models of the circle and those below are left out; all others still work.',
    remedy: 'Remove one of these references.',
  };
}

function unknownParent(model: Model, parent: string, project: Project): Problem {
  const close = closest(parent, [
    ...project.models.keys(),
    ...[...project.sources.keys()].map((name) => `raw.${name}`),
    ...project.externals.keys(),
  ]);
  return {
    code: 'model.unknown_parent',
    message: `${model.name} reads ${parent}, and there is no such model or source.`,
    place: referencePlace(model, parent),
    kept: isUnread(project, parent)
      ? 'This model and those below are left out; all others still work.'
      : 'This model fails when it runs, unless the table is there by then; all others still work.',
    remedy: close
      ? `Did you mean ${close}?`
      : 'Add the model or the source, list the table in external_models.yaml, or correct the name.',
  };
}

/** Where a model's query names a parent for the first time. */
function referencePlace(model: Model, parent: string): Place {
  const table = model.tables.find(({ parts }) => tableName(parts) === parent);
  const before = model.text.slice(0, model.queryStart + (table?.start ?? 0));
  return {
    file: model.file,
    line: before.split('\n').length,
    column: before.length - before.lastIndexOf('\n'),
  };
}

function belowProblem(model: Model, parent: string): Problem {
  return {
    code: 'model.unknown_parent',
    message: `${model.name} waits: it reads ${parent}, which cannot be run.`,
    place: { file: model.file, model: model.name },
    remedy: `Mend ${parent} first.`,
  };
}
