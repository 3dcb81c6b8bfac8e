// What is known around a step: what SQLMesh recorded, and what Teal is expected to hold where it means to differ.
import type {
  AuditFacts,
  FailureFacts,
  IntervalRows,
  PlanFacts,
  Ranges,
  Step,
  TestFacts,
} from '../runner/format';
import type { State } from '../runner/judge';
import type { Evaluator, Parents, Source } from './evaluator';
import type { OwnAudit, ProjectModel } from './project-models';

/** What SQLMesh left behind after a step. */
export interface Recorded {
  readonly intervals: State;
  /** relation -> label of the table behind it */
  readonly relations: Readonly<Record<string, string>>;
  /** relation -> the file with its rows */
  readonly tables: Readonly<Record<string, string>>;
}

/** Rows that a relation keeps until its table is filled anew. */
export interface Hold {
  readonly rule: string;
  readonly model: string;
  readonly environment: string;
}

/** What Teal must have after a step. */
export interface World {
  readonly recorded: Recorded;
  readonly intervals: State;
  readonly sources: Readonly<Record<string, Source>>;
  readonly holds: Readonly<Record<string, Hold>>;
}

/** What Teal must give in one step, as rules make it from what SQLMesh gave. */
export interface Draft {
  readonly ok: boolean;
  readonly outcome: string | undefined;
  readonly plan: PlanFacts | undefined;
  readonly executed: Readonly<Record<string, Ranges>>;
  readonly tests: TestFacts | undefined;
  readonly audits: readonly AuditFacts[];
  readonly failure: FailureFacts | undefined;
  readonly intervals: State;
  readonly relations: readonly string[];
  readonly sources: Readonly<Record<string, Source>>;
  readonly holds: Readonly<Record<string, Hold>>;
}

/** All that a rule may look at. */
export interface Facts {
  readonly step: Step;
  /** the environment of the command, prod where none is named */
  readonly environment: string;
  readonly before: World;
  readonly recorded: Recorded;
  /** the models that the step works with: as the files say in a plan, else as the environment was planned with */
  readonly models: ReadonlyMap<string, ProjectModel>;
  /** environment -> the models that it was planned with last */
  readonly deployed: Readonly<Record<string, ReadonlyMap<string, ProjectModel>>>;
  readonly ownAudits: ReadonlyMap<string, OwnAudit>;
  /** plans of all steps up to this one, the latest first */
  readonly plans: readonly PlanFacts[];
  /** what each model's audits gave when they ran last */
  readonly audits: readonly AuditFacts[];
  readonly evaluator: Evaluator;
}

/** A deviation: gives the draft as it was where its situation is not there. */
export interface Rule {
  readonly name: string;
  apply(draft: Draft, facts: Facts): Promise<Draft>;
}

export const emptyWorld: World = {
  recorded: { intervals: {}, relations: {}, tables: {} },
  intervals: {},
  sources: {},
  holds: {},
};

/** A state with the rows that changed laid over it. */
export function withRows(state: State, rows: IntervalRows): State {
  const names = [...new Set([...Object.keys(state), ...Object.keys(rows)])].sort();
  const entries = names.map((environment) => {
    const models = { ...state[environment], ...rows[environment] };
    return [
      environment,
      Object.fromEntries(Object.entries(models).filter(([, row]) => row !== null)),
    ] as const;
  });
  return Object.fromEntries(entries.filter(([, models]) => Object.keys(models).length > 0)) as State;
}

/** The environment and the model that a relation shows: `mart__dev.a` is mart.a in dev. */
export function shownBy(
  relation: string,
  environments: readonly string[],
): { environment: string; model: string } {
  const dot = relation.indexOf('.');
  const [schema, rest] = [relation.slice(0, dot), relation.slice(dot + 1)];
  const environment = environments.find((name) => name !== 'prod' && schema.endsWith(`__${name}`));
  if (!environment) return { environment: 'prod', model: relation };
  return { environment, model: `${schema.slice(0, -environment.length - 2)}.${rest}` };
}

/** The name under which an environment would show a model. */
export function relationOf(environment: string, model: string): string {
  const dot = model.indexOf('.');
  return environment === 'prod' ? model : `${model.slice(0, dot)}__${environment}${model.slice(dot)}`;
}

/** The relation that an environment's readers find for a model: its own, else prod's. */
export function foundFor<T>(
  among: Readonly<Record<string, T>>,
  environment: string,
  model: string,
): string | undefined {
  return [relationOf(environment, model), model].find((relation) => among[relation] !== undefined);
}

/** The models that an environment is made of in this step. */
export function modelsIn({ environment, models, deployed }: Facts, of: string): Facts['models'] {
  return of === environment ? models : (deployed[of] ?? models);
}

/** Relations that show the same table of a model as the environment does. */
export function sharedWith(recorded: Recorded, environment: string, model: string): string[] {
  const own = foundFor(recorded.relations, environment, model);
  const label = own === undefined ? undefined : recorded.relations[own];
  const environments = Object.keys(recorded.intervals);
  return Object.keys(recorded.relations).filter(
    (relation) => shownBy(relation, environments).model === model && recorded.relations[relation] === label,
  );
}

/** What a query of an environment reads: rows by the models' names, embedded models by their texts. */
export function parentsIn(environment: string, sources: Draft['sources'], models: Facts['models']): Parents {
  const found = new Map<string, Source>();
  for (const model of models.keys()) {
    const relation = foundFor(sources, environment, model);
    const source = relation === undefined ? undefined : sources[relation];
    if (source !== undefined) found.set(model, source);
  }
  return { sources: found, embedded: [...models.values()].filter(({ kind }) => kind === 'embedded') };
}

/** Whether SQLMesh's table behind a relation is still the same one, with other rows than before. */
export function wasRewritten(
  { before, recorded }: Pick<Facts, 'before' | 'recorded'>,
  relation: string,
): boolean {
  const [old, now] = [before.recorded.tables[relation], recorded.tables[relation]];
  return (
    old !== undefined &&
    now !== undefined &&
    old !== now &&
    before.recorded.relations[relation] === recorded.relations[relation]
  );
}
