import { type Command, Option } from 'commander';
import { Fault, fault, type Problem } from '../../../shared/base/errors';
import type { CommandOutput } from '../../../shared/protocol/table';
import type { PlanView } from '../../../shared/protocol/views/backfill';
import type { Context } from '../context';
import type { Register } from '../register';
import { planText } from '../texts/work-text';
import { runLine, watchingRun } from '../watch-run';

interface PlanOptions {
  readonly autoApply?: boolean;
  readonly start?: string;
  readonly end?: string;
  readonly executionTime?: string;
  readonly restateModel?: string[];
}

interface BackfillOptions {
  readonly dryRun?: boolean;
  readonly resume?: string | true;
  readonly executionTime?: string;
}

/** plan, backfill, run. */
export function registerWork(program: Command, verb: Register): void {
  program
    .command('plan [environment]')
    .description('what differs and is missing, and with --auto-apply fill it; prod is swapped at the end')
    .option('--auto-apply', 'carry the plan out')
    .option('--no-prompts', 'accepted for scripts; nothing is ever asked')
    .option('-s, --start <date>', 'the first day to compute')
    .option('-e, --end <date>', 'the last day to compute')
    .option('--execution-time <time>', 'the moment that counts as now')
    .addOption(new Option('--restate-model <name...>', 'compute these models and what reads them again'))
    .action((environment: string | undefined, options: PlanOptions) =>
      verb((context) => plan(context, environment ?? 'prod', options), options.autoApply ? 'work' : 'look'),
    );
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
    .action((environment: string | undefined, options: { executionTime?: string }) =>
      verb(async (context) => {
        await context.open();
        const run = await watchingRun(context, () =>
          context.call('run.execute', { environment: environment ?? 'prod', ...options }),
        );
        context.show({ run }, () => runLine(run));
        return undefined;
      }, 'work'),
    );
}

async function plan(context: Context, environment: string, options: PlanOptions): Promise<undefined> {
  refuseBroken(await context.open());
  const plan = await context.call('plan.build', {
    environment,
    ...(options.start === undefined ? {} : { start: options.start }),
    ...(options.end === undefined ? {} : { end: options.end }),
    ...(options.executionTime === undefined ? {} : { executionTime: options.executionTime }),
    ...(options.restateModel === undefined ? {} : { restate: options.restateModel }),
  });
  return carryOut(context, plan, options.autoApply === true);
}

/** A plan is of the whole project, and nobody looks on: a file that cannot be read stops it, lest its model be passed over. */
function refuseBroken({ problems }: CommandOutput<'project.open'>): void {
  const broken = problems.filter((problem) => /^(model|config|audit)\./.test(problem.code)) as Problem[];
  const [first] = broken;
  if (!first) return;
  const more = broken.length > 1 ? ` teal info shows ${broken.length - 1} more.` : '';
  throw new Fault({
    ...first,
    kept: 'Nothing was planned or written; what is live stays.',
    remedy: `${first.remedy ?? 'Mend the file.'}${more}`,
  });
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
