import { type Command, Option } from 'commander';
import { Fault, fault } from '../../../shared/base/errors';
import type { PlanView, RunStatus } from '../../../shared/protocol/views/backfill';
import type { Context } from '../context';
import { auditsDocument, executedDocument, failureDocument } from '../documents';
import type { Register } from '../register';
import { failedText, planText } from '../texts/work-text';
import { runLine, watchingRun } from '../watch-run';
import { exitOf, LoadFault, refuseBroken, refused } from './plan';

interface BackfillOptions {
  readonly dryRun?: boolean;
  readonly resume?: string | true;
  readonly executionTime?: string;
}

/** backfill, run. */
export function registerWork(program: Command, verb: Register): void {
  program
    .command('backfill [file]')
    .description('carry out backfills/NAME.yaml: fill its shadows and stop before the swap')
    .option('--dry-run', 'only say what would be done')
    .option('--resume [run]', 'go on with an unfinished run')
    .option('--execution-time <time>', 'the moment that counts as now')
    .action((file: string | undefined, options: BackfillOptions) =>
      verb((context) => backfill(context, file, options), options.dryRun ? 'look' : 'work'),
    );
  program
    .command('run [environment]')
    .description('compute what is due by cron, and nothing else')
    .option('--execution-time <time>', 'the moment that counts as now')
    .option('-s, --start <date>', 'the first day to compute')
    .option('-e, --end <date>', 'the last day to compute')
    .addOption(new Option('--select-model <name...>', 'compute only these models and what they read'))
    .option('--no-auto-upstream', 'compute only the selected models')
    .option('--ignore-cron', 'compute up to now, whatever the crons say')
    .option('--skip-janitor', 'accepted for scripts; a run never cleans')
    .option('--exit-on-env-update <code>', 'accepted for scripts; nobody else can plan while a run goes on')
    .action((environment: string | undefined, options: RunOptions) =>
      verb((context) => runDue(context, environment, options), 'work'),
    );
}

interface RunOptions {
  readonly executionTime?: string;
  readonly start?: string;
  readonly end?: string;
  readonly selectModel?: string[];
  readonly autoUpstream?: boolean;
  readonly ignoreCron?: boolean;
}

async function runDue(
  context: Context,
  environment: string | undefined,
  options: RunOptions,
): Promise<number> {
  const { executionTime, start, end, selectModel: select, ignoreCron } = options;
  const noAutoUpstream = options.autoUpstream === false ? true : undefined;
  const given = Object.entries({
    environment,
    executionTime,
    start,
    end,
    select,
    ignoreCron,
    noAutoUpstream,
  });
  const input = Object.fromEntries(given.filter(([, value]) => value !== undefined));
  let run: RunStatus | null;
  try {
    refuseBroken(await context.open());
    ({ run } = await watchingRun(context, () => context.call('run.execute', input)));
  } catch (error) {
    const isKnown = error instanceof Fault && error.problem.code === 'environment.not_found';
    if (!isKnown && !(error instanceof LoadFault)) throw error;
    return refused(context, { environment: environment ?? null, error, stage: 'run' });
  }
  const failure = failureDocument(run, 'run');
  context.show(
    {
      ok: failure === null,
      ...(run?.problem ? {} : { outcome: run ? (failure ? 'failure' : 'success') : 'nothing_to_do' }),
      run,
      executed: executedDocument(run),
      audits: auditsDocument(run),
      failure,
      release: run?.release ?? null,
      ...(failure ? { error: run?.failures[0]?.problem } : {}),
    },
    () =>
      run
        ? failure
          ? failedText(run)
          : runLine(run)
        : `Nothing is due in ${environment ?? 'the environment'}.`,
  );
  return failure ? exitOf(failure, run) : 0;
}

async function backfill(
  context: Context,
  brief: string | undefined,
  options: BackfillOptions,
): Promise<undefined> {
  await context.open();
  if (options.resume !== undefined) return resume(context, options.resume);
  if (brief === undefined)
    throw fault('usage.invalid', 'Name a backfill file, or --resume.', {
      remedy: 'teal backfill backfills/NAME.yaml',
    });
  const plan = await context.call('plan.build', {
    brief,
    ...(options.executionTime === undefined ? {} : { executionTime: options.executionTime }),
  });
  return carryOut(context, plan, options.dryRun !== true);
}

async function carryOut(context: Context, plan: PlanView, apply: boolean): Promise<undefined> {
  if (plan.empty || !apply) {
    context.show({ plan, run: null, environment: plan.environment, release: null }, () => planText(plan));
    return undefined;
  }
  if (!context.options.json) context.terminal.out(planText(plan));
  const run = await watchingRun(context, () => context.call('backfill.start', { plan: plan.id, wait: true }));
  const next =
    plan.environment === 'prod'
      ? ''
      : `\nNext: teal compare prod ${plan.environment}, then teal swap ${plan.environment}`;
  context.show(
    { plan, run, environment: plan.environment, release: run.release },
    () => `${runLine(run)}${next}`,
  );
  return undefined;
}

async function resume(context: Context, which: string | true): Promise<undefined> {
  const id = which === true ? (await context.call('backfill.status', {})).run?.id : which;
  if (id === undefined)
    throw fault('run.not_found', 'No run waits to go on.', {
      kept: 'Nothing was written.',
      remedy: 'teal log lists the runs.',
    });
  const run = await watchingRun(context, () => context.call('backfill.resume', { run: id, wait: true }));
  context.show({ run, environment: run.environment, release: run.release }, () => runLine(run));
  return undefined;
}
