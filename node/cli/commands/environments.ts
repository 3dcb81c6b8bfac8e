import type { Command } from 'commander';
import { fault } from '../../../shared/base/errors';
import type { CommandOutput } from '../../../shared/protocol/table';
import type { Context } from '../context';
import { wholeNumber } from '../numbers';
import type { Register } from '../register';
import { comparisonText } from '../texts/release-text';
import { cleanedText, environmentsText, keyNotes, missingText } from '../texts/verb-text';
import { collect } from './author';

interface DiffOptions {
  readonly on?: readonly string[];
  readonly skipColumns?: readonly string[];
  readonly where?: string;
  readonly limit: string;
  readonly showSample?: boolean;
  readonly decimals: string;
  readonly selectModel?: readonly string[];
  readonly skipGrainCheck?: boolean;
  readonly schemaDiffIgnoreCase?: boolean;
}

/** environments, invalidate, janitor, check_intervals, table_diff. */
export function registerEnvironments(program: Command, verb: Register): void {
  program
    .command('environments')
    .description('every environment, what it covers, and when a cleaning takes it away')
    .action(() =>
      verb(async ({ open, call, show }) => {
        await open();
        const list = await call('environment.list', {});
        show(list, () => environmentsText(list));
        return undefined;
      }),
    );
  program
    .command('invalidate <environment>')
    .description('take an environment away at once; prod and what others show stay')
    .option('-s, --sync', 'accepted; it is always done before the command ends')
    .action((environment: string) =>
      verb(async ({ open, call, show }) => {
        await open();
        const gone = await call('environment.invalidate', { environment });
        show(gone, () => `${gone.environment} is gone. teal janitor frees what nothing else shows.`);
        return undefined;
      }, 'work'),
    );
  program
    .command('janitor')
    .description('take away environments that ended, then versions and tables that are no longer kept')
    .option('--ignore-ttl', 'also what nothing shows and is younger than its retention')
    .option('--force-delete', 'accepted; a cleaning is one transaction, all or nothing')
    .option('-e, --environment <name>', 'only this environment, if it ended')
    .action((options: { ignoreTtl?: boolean; environment?: string }) =>
      verb(async ({ open, call, show }) => {
        await open();
        const done = await call('warehouse.clean', {
          ignoreTtl: options.ignoreTtl === true,
          ...(options.environment === undefined ? {} : { environment: options.environment }),
        });
        show(done, () => cleanedText(done));
        return undefined;
      }, 'work'),
    );
  program
    .command('check_intervals [environment]')
    .description('the intervals that the models of an environment lack')
    .option('--select-model <selector>', 'only these: a name, mart.*, +name, name+, tag:x', collect)
    .option('-s, --start <date>', 'the first day to look at')
    .option('-e, --end <date>', 'the last day to look at')
    .option('--no-signals', 'accepted; Teal knows no signals')
    .action((environment: string | undefined, options: CheckOptions) =>
      verb((context) => checkIntervals(context, environment, options)),
    );
  registerTableDiff(program, verb);
}

interface CheckOptions {
  readonly selectModel?: readonly string[];
  readonly start?: string;
  readonly end?: string;
}

function registerTableDiff(program: Command, verb: Register): void {
  program
    .command('table_diff <source:target> [models...]')
    .description('compare models of two environments, or two tables: schema, rows, cells')
    .option('-o, --on <column>', 'a column that identifies a row; may be repeated', collect)
    .option('-s, --skip-columns <column>', 'a column to leave out; may be repeated', collect)
    .option('--where <condition>', 'only rows for which this holds')
    .option('--limit <rows>', 'how many differing rows to show', '20')
    .option('--show-sample', 'show rows that differ')
    .option('-d, --decimals <count>', 'digits of floating-point numbers that count', '3')
    .option('-k, --skip-grain-check', 'say nothing of a missing or repeated key')
    .option('--warn-grain-check', 'accepted; a missing or repeated key only brings a note')
    .option('-m, --select-model <selector>', 'only these: a name, mart.*, +name, name+, tag:x', collect)
    .option('--schema-diff-ignore-case', 'columns whose names differ in case are the same')
    .option('-t, --temp-schema <name>', 'accepted; differing rows are kept in teal_diff')
    .action((sides: string, models: string[], options: DiffOptions) =>
      verb((context) => tableDiff(context, { sides, models }, options)),
    );
}

async function tableDiff(
  { open, call, show }: Context,
  what: { readonly sides: string; readonly models: readonly string[] },
  options: DiffOptions,
): Promise<undefined> {
  const [old, current, ...more] = what.sides.split(':');
  if (!old || !current || more.length > 0)
    throw fault('usage.invalid', `Two sides are named SOURCE:TARGET, not ${what.sides}.`, {
      kept: 'Nothing was compared.',
      remedy: 'teal table_diff prod:dev mart.sales',
    });
  if (what.models.length > 0 && options.selectModel)
    throw fault('usage.invalid', 'Name models, or give --select-model, not both.', {
      kept: 'Nothing was compared.',
    });
  const limit = wholeNumber('--limit', options.limit, { least: 1, most: 1000 });
  const decimals = wholeNumber('--decimals', options.decimals, { least: 0, most: 15 });
  await open();
  const models = options.selectModel
    ? (await call('models.select', { select: [...options.selectModel] })).models
    : what.models.map((model) => model.toLowerCase());
  const comparison = await call('tables.compare', {
    old,
    new: current,
    models,
    decimals,
    ignoreCase: options.schemaDiffIgnoreCase === true,
    ...(options.on === undefined ? {} : { on: [...options.on] }),
    ...(options.skipColumns === undefined ? {} : { skipColumns: [...options.skipColumns] }),
    ...(options.where === undefined ? {} : { where: options.where }),
  });
  const rows: Record<string, CommandOutput<'compare.rows'>> = {};
  if (options.showSample)
    for (const { model, status } of comparison.models)
      if (status === 'changed')
        rows[model] = await call('compare.rows', { comparison: comparison.id, model, limit });
  const notes = options.skipGrainCheck ? [] : keyNotes(comparison);
  show(options.showSample ? { ...comparison, rows } : comparison, () =>
    [comparisonText(comparison, rows), ...notes].join('\n'),
  );
  return undefined;
}

async function checkIntervals(
  { open, call, show }: Context,
  environment: string | undefined,
  { selectModel, start, end }: CheckOptions,
): Promise<undefined> {
  await open();
  const missing = await call('environment.missing', {
    environment: environment ?? 'prod',
    ...(selectModel === undefined ? {} : { select: [...selectModel] }),
    ...(start === undefined ? {} : { start }),
    ...(end === undefined ? {} : { end }),
  });
  show(missing, () => missingText(missing));
  return undefined;
}
