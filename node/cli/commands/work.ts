import { type Command, Option } from 'commander';
import { fault } from '../../../shared/base/errors';
import type { PlanView } from '../../../shared/protocol/views/backfill';
import type { Context } from '../context';
import type { Register } from '../register';
import { moment, plural, seconds, table } from '../text';
import { runLine, watchingRun } from '../watch-run';

interface PlanOptions {
  readonly autoApply?: boolean;
  readonly prompts: boolean;
  readonly start?: string;
  readonly end?: string;
  readonly executionTime?: string;
  readonly restateModel?: string[];
}

/** plan, backfill, run. */
export function registerWork(program: Command, verb: Register): void {
  program
    .command('plan [environment]')
    .description('what differs and is missing, and with --auto-apply fill it; prod is swapped at the end')
    .option('--auto-apply', 'carry the plan out')
    .option('--no-prompts', 'accepted for scripts; nothing is ever asked')
    .option('-s, --start <date>')
    .option('-e, --end <date>')
    .option('--execution-time <time>', 'the moment that counts as now')
    .addOption(new Option('--restate-model <name...>', 'compute these models and what reads them again'))
    .action((environment: string | undefined, options: PlanOptions) =>
      verb(async (context) => {
        await context.open();
        const plan = await context.call('plan.build', {
          environment: environment ?? 'prod',
          ...(options.start === undefined ? {} : { start: options.start }),
          ...(options.end === undefined ? {} : { end: options.end }),
          ...(options.executionTime === undefined ? {} : { executionTime: options.executionTime }),
          ...(options.restateModel === undefined ? {} : { restate: options.restateModel }),
        });
        return carryOut(context, plan, options.autoApply === true);
      }),
    );
  program
    .command('backfill [file]')
    .description('carry out backfills/NAME.yaml: fill its shadows and stop before the swap')
    .option('--dry-run', 'only say what would be done')
    .option('--resume [run]', 'go on with an unfinished run')
    .option('--execution-time <time>', 'the moment that counts as now')
    .action(
      (
        file: string | undefined,
        options: { dryRun?: boolean; resume?: string | true; executionTime?: string },
      ) =>
        verb(async (context) => {
          await context.open();
          if (options.resume !== undefined) return resume(context, options.resume);
          if (file === undefined)
            throw fault('usage.invalid', 'Name a backfill file, or --resume.', {
              remedy: 'teal backfill backfills/NAME.yaml',
            });
          const plan = await context.call('plan.build', {
            brief: file,
            ...(options.executionTime === undefined ? {} : { executionTime: options.executionTime }),
          });
          return carryOut(context, plan, options.dryRun !== true);
        }),
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
      }),
    );
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
  if (id === undefined) throw fault('run.not_found', 'No run waits to go on.');
  const run = await watchingRun(context, () => context.call('backfill.resume', { run: id, wait: true }));
  context.show({ run, environment: run.environment, release: run.release }, () => runLine(run));
  return undefined;
}

function planText(plan: PlanView): string {
  if (plan.empty) return `Nothing differs and nothing is missing in ${plan.environment}.`;
  const spans = (model: PlanView['models'][number]) =>
    model.whole
      ? 'whole table'
      : model.spans.map((span) => `${moment(span.from)} to ${moment(span.to)}`).join(', ');
  return [
    `Plan ${plan.id} of ${plan.environment}: ${plural(plan.models.length, 'model')}, ${plan.totalBatches} batches${plan.estimate.seconds === null ? '' : `, about ${seconds(plan.estimate.seconds)}`}`,
    table(
      ['model', 'change', 'computes', 'batches', 'writes'],
      plan.models.map((model) => [
        model.model,
        model.change ?? '',
        model.batches > 0 ? spans(model) : 'nothing',
        model.batches,
        model.table ?? '',
      ]),
    ),
    ...plan.models
      .filter((model) => model.older.length > 0)
      .map(
        (model) =>
          `${model.model} keeps older logic in ${model.older.map((span) => `${moment(span.from)} to ${moment(span.to)}`).join(', ')}`,
      ),
    ...plan.checks
      .filter((check) => check.status !== 'pass')
      .map((check) => `${check.status === 'fail' ? 'Failed' : 'Look'}: ${check.label}: ${check.detail}`),
  ].join('\n');
}
