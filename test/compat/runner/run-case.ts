// One case from its first step to its last: files laid over, the command run, everything judged.
import { cpSync, existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import type { Deviation } from '../rules/apply-rules';
import { createEvaluator, NotComputable } from '../rules/evaluator';
import { asReadBefore, READ_BEFORE } from '../rules/read-before';
import { argumentsOf, callTeal, runTeal } from './command-line';
import { expectStep, newProgress, type Progress, type Work } from './expect-step';
import type { Case } from './format';
import { judge, type Observation, type Verdict } from './judge';
import { readIntervals, readWarehouse } from './observe';
import { openDatabase } from './rows';

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
    const progress = newProgress();
    const evaluator = createEvaluator(database.connection, renderIn(project));
    const results: StepResult[] = [];
    for (const step of given.steps) {
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

async function runStep(work: Work, progress: Progress, options: RunOptions): Promise<StepResult> {
  const { given, step, project } = work;
  const started = performance.now();
  if (step.edit !== undefined) cpSync(join(given.dir, step.edit), project, { recursive: true, force: true });
  for (const path of step.remove) rmSync(join(project, path));
  const args = argumentsOf(step);
  const answer = await callTeal(project, args);
  const { expected, applied, open, facts } = await expectStep(work, progress, options.deviations);
  const schemas = new Set(
    Object.keys(step.expect.relations ?? {}).map((relation) => relation.split('.')[0] ?? ''),
  );
  const intervals = await readIntervals(project);
  const warehouse = await readWarehouse(project, Object.keys(expected.tables), schemas);
  const declared = options.deviations.some(({ name }) => name === READ_BEFORE);
  const read =
    declared && typeof intervals !== 'string'
      ? asReadBefore({
          environment: facts.environment,
          changed: expected.intervals,
          recorded: progress.world.intervals,
          before: progress.seen,
          after: intervals,
        })
      : { state: intervals, applied: false };
  const after = read.state;
  const seen: Observation = { ...answer, before: progress.seen, after, ...warehouse };
  const verdicts = judge(step, expected, seen).map((verdict) => ({
    ...verdict,
    rules: [
      ...(applied[verdict.key] ?? []),
      ...(read.applied && verdict.key === 'intervals' ? [READ_BEFORE] : []),
    ],
  }));
  const all = open.length > 0 ? [...verdicts, { key: 'rules', differences: open, rules: [] }] : verdicts;
  if (typeof after !== 'string') progress.seen = after;
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

/** Whether the files of a case's steps are there. */
export function missingFiles({ dir, steps }: Case): readonly string[] {
  const edits = steps.flatMap(({ edit }) => (edit === undefined ? [] : [edit]));
  const tables = steps.flatMap(({ expect }) => Object.values(expect.tables ?? {}));
  return [...new Set([...edits, ...tables])].filter((path) => !existsSync(join(dir, path)));
}
