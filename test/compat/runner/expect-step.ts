// What a step must give: what SQLMesh recorded, with the deviations laid over it.
import { join } from 'node:path';
import { applyRules, type Deviation } from '../rules/apply-rules';
import type { Evaluator } from '../rules/evaluator';
import { type ProjectModel, readAudits, readModels } from '../rules/project-models';
import { type Draft, emptyWorld, type Facts, type Recorded, type World, withRows } from '../rules/world';
import type { AuditFacts, Case, PlanFacts, Step } from './format';
import { changedRows, type Expectation, type State } from './judge';
import { type Rows, text } from './rows';

/** What is known of a case between its steps. */
export interface Progress {
  world: World;
  plans: readonly PlanFacts[];
  audits: readonly AuditFacts[];
  /** environment -> the models that it was planned with last */
  deployed: Readonly<Record<string, ReadonlyMap<string, ProjectModel>>>;
  /** what Teal said was done after the latest step */
  seen: State;
}

export function newProgress(): Progress {
  return { world: emptyWorld, plans: [], audits: [], deployed: {}, seen: {} };
}

export interface Work {
  readonly given: Pick<Case, 'name' | 'dir'>;
  readonly step: Step;
  /** the project's folder as it is in this step */
  readonly project: string;
  readonly evaluator: Evaluator;
}

interface Expected {
  readonly expected: Expectation;
  readonly applied: Readonly<Record<string, readonly string[]>>;
  readonly open: readonly string[];
  /** what it was worked out from */
  readonly facts: Facts;
}

/** What Teal must give in a step, after those that `progress` knows of; notes in it what later steps build on. */
export async function expectStep(
  work: Work,
  progress: Progress,
  deviations: readonly Deviation[],
): Promise<Expected> {
  const { given, step, project, evaluator } = work;
  const { expect } = step;
  const recorded: Recorded = {
    intervals: withRows(progress.world.recorded.intervals, expect.intervals ?? {}),
    relations: expect.relations ?? {},
    tables: expect.tables ?? {},
  };
  progress.plans = expect.plan ? [expect.plan, ...progress.plans] : progress.plans;
  const environment = String(step.options['env'] ?? 'prod');
  const facts: Facts = {
    step,
    environment,
    before: progress.world,
    recorded,
    models: modelsOf(step, environment, { progress, project }),
    deployed: progress.deployed,
    ownAudits: readAudits(project),
    plans: progress.plans,
    audits: progress.audits,
    evaluator,
  };
  const { draft, applied, open } = await applyRules(draftOf(facts, given.dir), facts, deviations);
  const ran = new Set(expect.audits?.map(({ model }) => model));
  progress.audits = [...progress.audits.filter(({ model }) => !ran.has(model)), ...(expect.audits ?? [])];
  const { tables, lost } = await rowsOf(draft, facts);
  const { intervals, sources, holds } = draft;
  const before = progress.world;
  progress.world = { recorded, intervals, sources, holds };
  return {
    expected: { ...draft, intervals: changedRows(before.intervals, intervals), tables },
    applied,
    open: [...open, ...lost, ...notRecorded(step)],
    facts,
  };
}

/** A plan takes the files as they are; a run, an audit and a restatement take what the environment was planned with. */
function modelsOf(
  { command, options, expect }: Step,
  environment: string,
  { progress, project }: { readonly progress: Progress; readonly project: string },
): ReadonlyMap<string, ProjectModel> {
  const files = readModels(project);
  if (command !== 'plan' || options['restate_models'] !== undefined)
    return progress.deployed[environment] ?? files;
  if (expect.ok) progress.deployed = { ...progress.deployed, [environment]: files };
  return files;
}

/** Relations that the step should have recorded, and has not. */
function notRecorded({ check, expect }: Step): string[] {
  const asked = check ?? Object.keys(expect.relations ?? {});
  return asked
    .filter((relation) => expect.tables?.[relation] === undefined)
    .map((relation) => `not judged: no rows of ${relation} were recorded`);
}

/** What SQLMesh gave, before any rule. */
function draftOf({ step: { expect }, before, recorded }: Facts, dir: string): Draft {
  const files = Object.entries(recorded.tables).map(([relation, path]) => [
    relation,
    `SELECT * FROM read_parquet(${text(join(dir, path))})`,
  ]);
  return {
    ok: expect.ok,
    outcome: expect.outcome,
    plan: expect.plan,
    executed: expect.executed ?? {},
    tests: expect.tests,
    audits: expect.audits ?? [],
    failure: expect.failure,
    intervals: withRows(before.intervals, expect.intervals ?? {}),
    relations: Object.keys(recorded.relations).sort(),
    sources: Object.fromEntries(files),
    holds: {},
  };
}

/** The rows of every relation that was recorded or that a rule computed. */
async function rowsOf(
  draft: Draft,
  { evaluator, recorded }: Facts,
): Promise<{ tables: Record<string, Rows>; lost: string[] }> {
  const tables: Record<string, Rows> = {};
  const lost: string[] = [];
  const judged = new Set([...Object.keys(recorded.tables), ...Object.keys(draft.holds)]);
  for (const relation of [...judged].sort()) {
    const source = draft.sources[relation];
    try {
      if (source !== undefined) tables[relation] = await evaluator.rows(source);
    } catch (error) {
      lost.push(`${relation}: its expected rows can't be read: ${String(error).split('\n')[0]}`);
    }
  }
  return { tables, lost };
}
