import type { Problem } from '../base/errors';
import { currentDates, type Extension, type ExtensionUse, extensionUses } from '../sql/extensions';
import { positionOf } from '../sql/text';
import type { Project } from './load';
import type { BrokenModel, Model } from './model';

/** The extensions of DuckDB that an engine has. */
export type Extensions = Readonly<Record<Extension, boolean>>;

/**
 * The project as an engine can run it: models that use what it lacks are among those that cannot be run, each with the function and its
 * place. So it is said before anything is planned, and the rest of the project works.
 */
export function withoutLacking(project: Project, has: Extensions): Project {
  if (Object.values(has).every(Boolean)) return project;
  const models = new Map(project.models);
  const broken: BrokenModel[] = [];
  for (const model of project.models.values()) {
    const problem = lackingIn(model, has);
    if (!problem) continue;
    models.delete(model.name);
    broken.push({ name: model.name, file: model.file, text: model.text, problem });
  }
  return {
    ...project,
    models,
    broken: [...project.broken, ...broken],
    problems: [...project.problems, ...broken.map((model) => model.problem)],
  };
}

function lackingIn(model: Model, has: Extensions): Problem | undefined {
  const uses = [...extensionUses(model.query), ...frozenDates(model)].filter((use) => !has[use.extension]);
  const [first] = uses;
  if (!first) return undefined;
  const names = [...new Set(uses.map((use) => use.name))].join(', ');
  return {
    code: 'model.unsupported',
    message: `${model.name} uses ${names}, which the engine in the browser lacks.`,
    place: {
      file: model.file,
      model: model.name,
      ...positionOf(model.text, model.queryStart + first.start),
    },
    kept: 'Every other model still works.',
    remedy: 'Write it without, or open the project in the desktop app or on the command line.',
  };
}

// A view is read later than it is made: the day it asks for cannot be written into it.
function frozenDates(model: Model): readonly ExtensionUse[] {
  if (model.kind.name !== 'VIEW') return [];
  return currentDates(model.query).map(({ start }) => ({
    name: 'current_date in a view',
    extension: 'icu' as const,
    start,
  }));
}
