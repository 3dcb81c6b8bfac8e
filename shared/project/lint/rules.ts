import { tableName } from '../../sql/references';
import { listValue, plainValue } from '../block';
import type { Project } from '../load';
import type { Model } from '../model';
import { outerSelects, stars } from './projections';

/** Something that a rule found; `start` is an offset into the model's file, null where it is of the whole model. */
export interface Finding {
  readonly message: string;
  readonly start: number | null;
}

/** What rules look at beside the model. */
export interface RuleContext {
  readonly project: Project;
  /** names of models that have a unit test */
  readonly tested: ReadonlySet<string>;
  /** names in external_models.yaml */
  readonly external: ReadonlySet<string>;
  /** the query with its macros expanded; null where that fails */
  readonly rendered: (model: Model) => string | null;
  /** what the engine says of a query over its parents' columns; null where it can be read */
  readonly bound: (model: Model) => Finding | null;
  /** parents whose columns nobody knows */
  readonly unknown: (model: Model) => readonly string[];
  /** the length of a cron's intervals in ms, roughly */
  readonly unit: (model: Model) => number;
}

type Rule = (model: Model, context: RuleContext) => readonly Finding[];

/** The linter's rules by name: SQLMesh's built-in ones, and two more. */
export const lintRules: Readonly<Record<string, Rule>> = {
  noselectstar: (model) =>
    outerSelects(model.query)
      .flat()
      .filter((projection) => projection.star)
      .map(({ start }) => ({
        message: 'The query selects * on its outermost level.',
        start: model.queryStart + start,
      })),
  invalidselectstarexpansion: (model, context) => {
    const unknown = context.unknown(model);
    if (unknown.length === 0) return [];
    const message = `* cannot be expanded: the columns of ${unknown.join(', ')} are not known.`;
    const [start] = stars(model.query);
    return start === undefined ? [] : [{ message, start: model.queryStart + start }];
  },
  ambiguousorinvalidcolumn: (model, context) => {
    const finding = context.bound(model);
    return finding ? [finding] : [];
  },
  noambiguousprojections: (model, context) => {
    // Where all columns are known, SQLMesh gives a column without a name one of its own.
    const isNamed = context.unknown(model).length === 0 || stars(model.query).length === 0;
    return ambiguous(context.rendered(model), isNamed);
  },
  nomissingaudits: (model) =>
    model.audits.length > 0 || model.kind.name === 'EMBEDDED'
      ? []
      : [{ message: 'The model has no audits.', start: blockStart(model) }],
  nomissingunittest: (model, { tested }) =>
    tested.has(model.name) ? [] : [{ message: `${model.name} has no unit test in tests/.`, start: null }],
  nomissingexternalmodels: (model, context) =>
    model.parents
      .filter((parent) => isUnregistered(parent, context))
      .map((parent) => ({
        message: `${parent} is neither a model nor a source, and external_models.yaml does not name it.`,
        start: tableStart(model, parent),
      })),
  nomissingowner: (model) =>
    model.owner === '' ? [{ message: 'The model has no owner.', start: blockStart(model) }] : [],
  cronintervalalignment: (model, context) =>
    model.parents.flatMap((parent) => {
      const above = context.project.models.get(parent);
      if (!above || context.unit(above) <= context.unit(model)) return [];
      const message = `${model.name} (${model.cron}) runs more often than ${parent} (${above.cron}), which it reads.`;
      return [{ message, start: propertyStart(model, 'cron') }];
    }),
};

/** The rules that `all` stands for: SQLMesh's own, so that the same project passes here and there. */
export const allRules: readonly string[] = Object.keys(lintRules).filter(
  (rule) => rule !== 'nomissingowner' && rule !== 'cronintervalalignment',
);

/** Rules that a model's block names in `ignored_rules`; `all` stands for each. */
export function ignoredRules(model: Model): readonly string[] {
  const property = model.properties.find((one) => one.name === 'ignored_rules');
  return property ? listValue(property.value).map((name) => plainValue(name).toLowerCase()) : [];
}

function ambiguous(rendered: string | null, isNamed: boolean): readonly Finding[] {
  const projections = (rendered === null ? [] : outerSelects(rendered))[0] ?? [];
  const seen = new Set<string>();
  for (const { name, star, start, end } of projections) {
    if (star) continue;
    if (name === null && isNamed) continue;
    if (name === null) {
      const message = `The column ${rendered?.slice(start, end)} has no name: give it an alias.`;
      return [{ message, start: null }];
    }
    const plain = name.toLowerCase();
    if (seen.has(plain)) return [{ message: `Two columns are named ${name}.`, start: null }];
    seen.add(plain);
  }
  return [];
}

function isUnregistered(parent: string, { project, external }: RuleContext): boolean {
  if (project.models.has(parent) || external.has(parent)) return false;
  if (project.broken.some((model) => model.name === parent)) return false;
  return !(parent.startsWith('raw.') && project.sources.has(parent.slice(4)));
}

function blockStart(model: Model): number {
  return Math.max(0, model.text.search(/\bMODEL\b/i));
}

function propertyStart(model: Model, name: string): number {
  return model.properties.find((property) => property.name === name)?.start ?? blockStart(model);
}

function tableStart(model: Model, parent: string): number {
  const table = model.tables.find((one) => tableName(one.parts) === parent);
  return model.queryStart + (table?.start ?? 0);
}
