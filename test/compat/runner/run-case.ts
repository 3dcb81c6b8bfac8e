// One case from its first step to its last: files laid over, the command run, everything judged.
import { cpSync, existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { applyRules, type Deviation } from '../rules/apply-rules';
import { createEvaluator, type Evaluator, NotComputable } from '../rules/evaluator';
import { readModels } from '../rules/project-models';
import { type Draft, emptyWorld, type Facts, type Recorded, type World, withRows } from '../rules/world';
import { argumentsOf, callTeal, runTeal } from './command-line';
import type { AuditFacts, Case, PlanFacts, Step } from './format';
import { changedRows, type Expectation, judge, type Observation, type State, type Verdict } from './judge';
import { readIntervals, readWarehouse } from './observe';
import { openDatabase, type Rows, text } from './rows';

export interface StepResult {
  readonly number: number;
  readonly name: string;
  /** what was typed */
  readonly command: string;
  readonly passed: boolean;
  readonly verdicts: readonly Verdict[];
  readonly seconds: number;
}

export interface RunOptions {
  readonly deviations: readonly Deviation[];
  /** where the project is kept as it is after each step, as DIR/<case>/<step> */
  readonly keep?: string;
  readonly onStep?: (result: StepResult) => void;
}

const LEFT_BEHIND = /^(\.teal|\.cache|logs|db\.duckdb.*|.*\.wal)$/;

/** What is known of a case between its steps. */
interface Progress {
  world: World;
  seen: State;
  plans: readonly PlanFacts[];
  audits: readonly AuditFacts[];
}

/** Runs a case in a folder of its own, which is gone afterwards. */
export async function runCase(given: Case, options: RunOptions): Promise<readonly StepResult[]> {
  const scratch = mkdtempSync(join(tmpdir(), 'teal-compat-'));
  const project = join(scratch, 'project');
  const database = await openDatabase(':memory:', project);
  try {
    cpSync(join(given.dir, 'project'), project, {
      recursive: true,
      filter: (path) => !LEFT_BEHIND.test(basename(path)),
    });
    const progress: Progress = { world: emptyWorld, seen: {}, plans: [], audits: [] };
    const results: StepResult[] = [];
    for (const step of given.steps) {
      const evaluator = createEvaluator(database.connection, renderIn(project));
      const result = await runStep({ given, step, project, evaluator }, progress, options);
      results.push(result);
      options.onStep?.(result);
    }
    return results;
  } finally {
    database.close();
    rmSync(scratch, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 });
  }
}

/** Texts with macros that the judge itself can't write out are the command line's to render. */
function renderIn(project: string) {
  return async (model: string, [from, to]: readonly [string, string]): Promise<string> => {
    const { code, out, err } = await runTeal(project, ['render', model, '--start', from, '--end', to]);
    if (code !== 0) throw new NotComputable(`teal render ${model}: ${err.trim().split('\n')[0]}`);
    return out.trim().replace(/;$/, '');
  };
}

interface Work {
  readonly given: Case;
  readonly step: Step;
  readonly project: string;
  readonly evaluator: Evaluator;
}

async function runStep(work: Work, progress: Progress, options: RunOptions): Promise<StepResult> {
  const { given, step, project } = work;
  const started = performance.now();
  if (step.edit !== undefined) cpSync(join(given.dir, step.edit), project, { recursive: true, force: true });
  for (const path of step.remove) rmSync(join(project, path));
  const args = argumentsOf(step);
  const answer = await callTeal(project, args);
  const { expected, applied, open, world } = await expectationOf(work, progress, options.deviations);
  const schemas = new Set(
    Object.keys(step.expect.relations ?? {}).map((relation) => relation.split('.')[0] ?? ''),
  );
  const after = await readIntervals(project);
  const warehouse = await readWarehouse(project, Object.keys(expected.tables), schemas);
  const seen: Observation = { ...answer, before: progress.seen, after, ...warehouse };
  const verdicts = judge(step, expected, seen).map((verdict) => ({
    ...verdict,
    rules: applied[verdict.key] ?? [],
  }));
  const all = open.length > 0 ? [...verdicts, { key: 'rules', differences: open, rules: [] }] : verdicts;
  progress.world = world;
  progress.seen = typeof after === 'string' ? progress.seen : after;
  if (options.keep !== undefined) keepProject(project, join(options.keep, given.name, String(step.number)));
  return {
    number: step.number,
    name: step.name,
    command: `teal ${args.join(' ')}`,
    passed: all.length > 0 && all.every(({ differences }) => differences.length === 0),
    verdicts: all,
    seconds: (performance.now() - started) / 1000,
  };
}

function keepProject(project: string, target: string): void {
  mkdirSync(target, { recursive: true });
  cpSync(project, target, { recursive: true, force: true });
}

interface Expected {
  readonly expected: Expectation;
  readonly applied: Readonly<Record<string, readonly string[]>>;
  readonly open: readonly string[];
  readonly world: World;
}

async function expectationOf(
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
  const facts: Facts = {
    step,
    environment: String(step.options['env'] ?? 'prod'),
    before: progress.world,
    recorded,
    models: readModels(project),
    plans: progress.plans,
    audits: progress.audits,
    evaluator,
  };
  const { draft, applied, open } = await applyRules(draftOf(facts, given.dir), facts, deviations);
  const ran = new Set(expect.audits?.map(({ model }) => model));
  progress.audits = [...progress.audits.filter(({ model }) => !ran.has(model)), ...(expect.audits ?? [])];
  const { tables, lost } = await rowsOf(draft, facts);
  const { intervals, sources, holds } = draft;
  return {
    expected: { ...draft, intervals: changedRows(progress.world.intervals, intervals), tables },
    applied,
    open: [...open, ...lost, ...notRecorded(step)],
    world: { recorded, intervals, sources, holds },
  };
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

/** Whether the files of a case's steps are there. */
export function missingFiles({ dir, steps }: Case): readonly string[] {
  const edits = steps.flatMap(({ edit }) => (edit === undefined ? [] : [edit]));
  const tables = steps.flatMap(({ expect }) => Object.values(expect.tables ?? {}));
  return [...new Set([...edits, ...tables])].filter((path) => !existsSync(join(dir, path)));
}
