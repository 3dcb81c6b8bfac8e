import { type Command, Option } from 'commander';
import { errorCatalogue, Fault, type Problem, toProblem } from '../../../shared/base/errors';
import type { CommandInput, CommandOutput } from '../../../shared/protocol/table';
import type { PlanDifferences, PlanView, RunStatus } from '../../../shared/protocol/views/backfill';
import type { Context } from '../context';
import {
  auditsDocument,
  decisionDocument,
  executedDocument,
  type Failure,
  failureDocument,
  malformedTest,
  problemDocument,
  testsDocument,
} from '../documents';
import type { Register } from '../register';
import { failedText, planText } from '../texts/work-text';
import { exitPartly, runLine, watchingRun } from '../watch-run';

interface PlanOptions {
  readonly autoApply?: boolean;
  readonly start?: string;
  readonly end?: string;
  readonly executionTime?: string;
  readonly restateModel?: string[];
  readonly selectModel?: string[];
  readonly backfillModel?: string[];
  readonly forwardOnly?: boolean;
  readonly effectiveFrom?: string;
  readonly enablePreview?: boolean;
  readonly allowDestructiveModel?: string[];
  readonly allowAdditiveModel?: string[];
  readonly includeUnmodified?: boolean;
  readonly skipTests?: boolean;
  readonly choice?: string[];
  readonly autoCategorization?: boolean;
  readonly createFrom?: string;
  readonly skipBackfill?: boolean;
  readonly dryRun?: boolean;
  readonly emptyBackfill?: boolean;
  readonly ignoreCron?: boolean;
  readonly minIntervals?: string;
  readonly run?: boolean;
  readonly explain?: boolean;
  readonly skipLinter?: boolean;
  readonly testChangedOnly?: boolean;
  readonly diff?: boolean;
  readonly diffRendered?: boolean;
}

/** plan. */
export function registerPlan(program: Command, verb: Register): void {
  program
    .command('plan [environment]')
    .description('what differs and is missing, and with --auto-apply fill it; prod is swapped at the end')
    .option('--auto-apply', 'carry the plan out')
    .option('--no-prompts', 'accepted for scripts; nothing is ever asked')
    .option('-s, --start <date>', 'the first day to compute')
    .option('-e, --end <date>', 'the last day to compute')
    .option('--execution-time <time>', 'the moment that counts as now')
    .addOption(new Option('-r, --restate-model <name...>', 'compute these models and what reads them again'))
    .addOption(new Option('--select-model <name...>', 'take up only changes of these models'))
    .addOption(new Option('--backfill-model <name...>', 'compute only these models and what they read'))
    .option('--forward-only', 'changes apply from now on; rows that are there stay')
    .option('--effective-from <date>', 'the day from which forward-only changes count')
    .option('--enable-preview', 'show forward-only changes on some days in a dev environment')
    .addOption(new Option('--allow-destructive-model <name...>', 'let these models drop columns'))
    .addOption(new Option('--allow-additive-model <name...>', 'let these models gain columns'))
    .option('--include-unmodified', 'give a dev environment views of all models')
    .option('--skip-tests', 'do not run the unit tests first')
    .addOption(new Option('--choice <model=category...>', 'take a change as BREAKING or NON_BREAKING'))
    .option('--no-auto-categorization', 'give no change a category by itself: --choice has to say it')
    .option('--create-from <environment>', 'what a new environment begins from')
    .option('--skip-backfill', 'compute nothing; make tables and views only')
    .option('--dry-run', 'the same as --skip-backfill')
    .option('--empty-backfill', 'compute nothing, and record all intervals as done')
    .option('--no-gaps', 'accepted for scripts; a plan never leaves gaps behind')
    .option('--ignore-cron', 'compute up to now, whatever the crons say')
    .option(
      '--min-intervals <count>',
      'let each model cover at least so many ticks of its cron, whatever --start is',
    )
    .option('--run', 'compute also what has become due')
    .option('--explain', 'only say what would be done')
    .option('--skip-linter', 'do not lint first, where config.yaml turns the linter on')
    .option('--test-changed-only', 'run the unit tests of the models that the plan takes up alone')
    .option('--no-diff', 'do not print what differs in the texts of changed models')
    .option('--diff-rendered', 'print what differs with macros expanded')
    .option('-v, --verbose', 'accepted for scripts; a plan always says all it knows')
    .action((environment: string | undefined, options: PlanOptions) =>
      verb((context) => plan(context, environment, options), options.autoApply ? 'work' : 'look'),
    );
}

async function plan(
  context: Context,
  environment: string | undefined,
  options: PlanOptions,
): Promise<number> {
  let built: PlanView;
  let tests: TestsDocument = null;
  try {
    refuseBroken(await context.open());
    if (!options.skipLinter) await passLinter(context);
    const testing = !options.skipTests && !options.explain;
    if (testing && !options.testChangedOnly) tests = await passTests(context);
    built = await context.call('plan.build', inputOf(environment, options));
    if (testing && options.testChangedOnly) tests = await passTests(context, changedIn(built));
  } catch (error) {
    return refused(context, { environment: environment ?? null, error, tests });
  }
  const apply = options.autoApply ?? built.settings?.autoApply ?? false;
  if (built.empty || !apply || options.explain)
    return shown(context, {
      built,
      run: null,
      tests,
      differences: await differencesOf(context, built, options),
    });
  if (!context.options.json)
    context.terminal.out(planText(built, await differencesOf(context, built, options)));
  try {
    const run = await watchingRun(context, () =>
      context.call('backfill.start', { plan: built.id, wait: true, report: true }),
    );
    return shown(context, { built, run, tests });
  } catch (error) {
    if (!(error instanceof Fault) || error.problem.code !== 'plan.uncategorised') throw error;
    if (!context.options.json) throw error;
    return shown(context, { built, run: null, tests, problem: error.problem });
  }
}

type TestsDocument = ReturnType<typeof testsDocument>;

/** Unit tests that fail stop a plan before it is made. */
class TestsFault extends Fault {
  constructor(readonly tests: TestsDocument) {
    const names = [...(tests?.failed ?? []).map((one) => one.test), ...(tests?.errors ?? [])];
    super({
      code: 'test.failed',
      message: `${names.length === 1 ? 'A unit test fails' : `${names.length} unit tests fail`}: ${names.join(', ')}.`,
      kept: 'Nothing was planned or written.',
      remedy: 'teal test shows what differs. Mend the model or the test, or give --skip-tests.',
    });
  }
}

/** What the linter calls an error stops a plan before it is made. */
async function passLinter(context: Context): Promise<void> {
  const { violations } = await context.call('lint.run', {});
  const errors = violations.filter(({ level }) => level === 'error');
  const [first] = errors;
  if (!first) return;
  const more = errors.length > 1 ? ` There are ${errors.length - 1} more.` : '';
  throw new Fault({
    code: 'lint.failed',
    message: `${first.rule}: ${first.message}${more}`,
    place: first.place as Problem['place'] & object,
    kept: 'Nothing was planned or written.',
    remedy: 'teal lint shows all of them. Mend the model, or give --skip-linter.',
  });
}

function changedIn({ decision }: PlanView): readonly string[] {
  const { added, directlyModified, indirectlyModified, metadataUpdated } = decision;
  return [...added, ...Object.keys({ ...directlyModified, ...indirectlyModified, ...metadataUpdated })];
}

/** What differs in the texts of changed models, where somebody reads it. */
async function differencesOf(
  context: Context,
  built: PlanView,
  { diff, diffRendered }: PlanOptions,
): Promise<PlanDifferences | null> {
  if (context.options.json || built.empty || !diff || (built.settings?.noDiff ?? false)) return null;
  return context.call('plan.differences', { plan: built.id, ...(diffRendered ? { rendered: true } : {}) });
}

async function passTests(context: Context, models?: readonly string[]): Promise<TestsDocument> {
  if (models?.length === 0) return null;
  const result = await context.call('test.run', models ? { models: [...models] } : {});
  const malformed = malformedTest(result);
  if (malformed) throw new Fault(malformed);
  const tests = testsDocument(result);
  if (tests && tests.failed.length + tests.errors.length > 0) throw new TestsFault(tests);
  return tests;
}

function inputOf(environment: string | undefined, options: PlanOptions): CommandInput<'plan.build'> {
  const { start, end, executionTime, effectiveFrom, createFrom } = options;
  const given = { environment, start, end, executionTime, effectiveFrom, createFrom };
  const flags = {
    restate: options.restateModel,
    models: options.selectModel,
    backfillModels: options.backfillModel,
    forwardOnly: options.forwardOnly,
    enablePreview: options.enablePreview,
    allowDestructive: options.allowDestructiveModel,
    allowAdditive: options.allowAdditiveModel,
    includeUnmodified: options.includeUnmodified,
    skipTests: options.skipTests,
    choices: options.choice ? choicesOf(options.choice) : undefined,
    noAutoCategorization: options.autoCategorization === false ? true : undefined,
    skipBackfill: options.skipBackfill ?? options.dryRun,
    emptyBackfill: options.emptyBackfill,
    ignoreCron: options.ignoreCron,
    minIntervals: options.minIntervals === undefined ? undefined : Number(options.minIntervals),
    run: options.run,
  };
  const present = Object.entries({ ...given, ...flags }).filter(([, value]) => value !== undefined);
  return Object.fromEntries(present);
}

function choicesOf(choices: readonly string[]): CommandInput<'plan.build'>['choices'] {
  const pairs = choices.map((choice) => {
    const [model = '', category = ''] = choice.split('=');
    return [model.toLowerCase(), category.toUpperCase()];
  });
  return Object.fromEntries(pairs) as CommandInput<'plan.build'>['choices'];
}

const HARMLESS: readonly string[] = ['model.unsupported', 'model.unknown_parent', 'config.unused'];

/**
 * A plan is of the whole project, and nobody looks on: a file that cannot be read stops it, lest its model be passed over.
 * What is not run here at all, as a model in Python, never was in a plan and stops none; a table that nobody makes may be there by then.
 */
export function refuseBroken({ problems }: CommandOutput<'project.open'>): void {
  const broken = problems.filter(
    ({ code }) => !HARMLESS.includes(code) && /^(model|config|audit)\.|^source\.invalid$/.test(code),
  ) as Problem[];
  const [first] = broken;
  if (!first) return;
  const more = broken.length > 1 ? ` teal info shows ${broken.length - 1} more.` : '';
  throw new LoadFault({
    ...first,
    kept: 'Nothing was planned or written; what is live stays.',
    remedy: `${first.remedy ?? 'Mend the file.'}${more}`,
  });
}

/** The project could not be loaded. */
export class LoadFault extends Fault {}

export function refused(
  context: Context,
  what: { environment: string | null; error: unknown; tests?: TestsDocument; stage?: 'plan' | 'run' },
): number {
  const { environment, error } = what;
  if (!context.options.json || !(error instanceof Fault)) throw error;
  const problem = toProblem(error);
  const tests = error instanceof TestsFault ? error.tests : (what.tests ?? null);
  const stage =
    error instanceof LoadFault ? 'load' : error instanceof TestsFault ? 'tests' : (what.stage ?? 'plan');
  const nothing = { plan: null, decision: null, tests, run: null, executed: {}, audits: [] };
  const failure = problemDocument(problem, stage);
  context.show({ ok: false, environment, ...nothing, failure, release: null, error: problem }, () => '');
  return errorCatalogue[problem.code].exit;
}

function shown(
  context: Context,
  what: {
    built: PlanView;
    run: RunStatus | null;
    tests: TestsDocument;
    differences?: PlanDifferences | null;
    /** why the plan was not carried out */
    problem?: Problem;
  },
): number {
  const { built: plan, run, tests, differences = null, problem = run?.failures[0]?.problem } = what;
  const failure = what.problem ? problemDocument(what.problem, 'apply') : failureDocument(run, 'apply');
  const next =
    plan.environment === 'prod'
      ? ''
      : `\nNext: teal compare prod ${plan.environment}, then teal swap ${plan.environment}`;
  context.show(
    {
      ok: failure === null,
      environment: plan.environment,
      plan,
      decision: decisionDocument(plan),
      tests,
      run,
      executed: executedDocument(run),
      audits: auditsDocument(run),
      failure,
      release: run?.release ?? null,
      ...(failure ? { error: problem } : {}),
    },
    () => (run ? (failure ? failedText(run) : `${runLine(run)}${next}`) : planText(plan, differences)),
  );
  return failure ? exitOf(failure, run) : 0;
}

/** The exit code of a run that failed; what failed after something was done is partly done. */
export function exitOf(failure: Failure, run: RunStatus | null): number {
  const code = failure.code in errorCatalogue ? (failure.code as Problem['code']) : 'run.failed';
  return run && run.batchesDone > 0 ? exitPartly(code) : errorCatalogue[code].exit;
}
