import type { Command } from 'commander';
import { fault } from '../../../shared/base/errors';
import type { CommandOutput } from '../../../shared/protocol/table';
import type { Context } from '../context';
import { malformedTest, problemDocument } from '../documents';
import type { Register } from '../register';
import { auditText, testText } from '../texts/quality-text';

/** How many failing rows of an audit are printed. */
const PRINTED = 10;

interface AuditOptions {
  readonly model?: string[];
  readonly start?: string;
  readonly end?: string;
  readonly executionTime?: string;
}

interface CreateOptions {
  readonly query?: string[];
  readonly var?: string[];
  readonly overwrite?: boolean;
  readonly path?: string;
  readonly name?: string;
  readonly includeCtes?: boolean;
}

/** audit, test, create_test. */
export function registerQuality(program: Command, verb: Register): void {
  program
    .command('audit')
    .description('run the audits over what is live; any that finds rows fails')
    .option('--model <name>', 'only the audits of this model; may be given again', gather)
    .option('-s, --start <date>', 'the first day that models by time are looked at')
    .option('-e, --end <date>', 'the last such day')
    .option('--execution-time <time>', 'the moment that counts as now')
    .action((options: AuditOptions) => verb((context) => audit(context, options)));
  program
    .command('test [tests...]')
    .description('run the unit tests of tests/, or some: files, file.yaml::test_name, files of models')
    .option('-k <pattern>', 'only tests with this in file.yaml::test_name; may be given again', gather)
    .option('--select-model <name>', 'only tests of this model; may be given again', gather)
    .option('-v, --verbose', 'accepted for scripts; what differs is always told')
    .option(
      '--preserve-fixtures',
      'accepted for scripts; tests run in memory, so nothing of them is left to keep',
    )
    .option(
      '--local',
      'accepted for scripts; tests use the files alone, and one whose model is not there is skipped',
    )
    .action((tests: string[], options: { k?: string[]; selectModel?: string[] }) =>
      verb((context) => test(context, tests, options)),
    );
  program
    .command('create_test [model]')
    .description('write a unit test of a model from rows that are live now')
    .option('-q, --query <name-and-sql...>', 'a table that the model reads, and a query for its rows')
    .option('-o, --overwrite', 'replace a file that is there')
    .option('-v, --var <name-and-value...>', 'a variable of the test')
    .option('--path <file>', 'where below tests/ to write it')
    .option('-n, --name <name>', 'how the test is called')
    .option('--include-ctes', 'expect rows of the CTEs too')
    .action((model: string | undefined, options: CreateOptions) =>
      verb((context) => create(context, model, options), 'work'),
    );
}

async function audit(context: Context, options: AuditOptions): Promise<number | undefined> {
  await context.open();
  const { model, ...range } = options;
  const audits = await context.call('audit.run', { ...range, ...(model ? { models: model } : {}) });
  const rows = new Map<string, CommandOutput<'audit.rows'>>();
  for (const failure of audits.failures)
    rows.set(failure.id, await context.call('audit.rows', { failure: failure.id, limit: PRINTED }));
  context.show(audits, () => auditText(audits, rows));
  return audits.ok ? undefined : 1;
}

async function test(
  context: Context,
  tests: string[],
  options: { k?: string[]; selectModel?: string[] },
): Promise<number | undefined> {
  await context.open();
  const result = await context.call('test.run', {
    ...(tests.length > 0 ? { tests } : {}),
    ...(options.k ? { patterns: options.k } : {}),
    ...(options.selectModel ? { models: options.selectModel.map((name) => name.toLowerCase()) } : {}),
  });
  const malformed = malformedTest(result);
  if (malformed && context.options.json) {
    const failure = problemDocument(malformed, 'tests');
    context.show({ ok: false, tests: null, reports: result.tests, failure }, () => '');
    return 1;
  }
  const { passed, failed, errors } = result;
  const ok = failed.length === 0 && errors.length === 0;
  context.show({ ok, tests: { passed, failed, errors }, reports: result.tests }, () => testText(result));
  return ok ? undefined : 1;
}

async function create(
  context: Context,
  given: string | undefined,
  options: CreateOptions,
): Promise<undefined> {
  const queries = [...(options.query ?? [])];
  const variables = [...(options.var ?? [])];
  // An option that takes several values takes a model's name that follows it too.
  const model = given ?? [queries, variables].find((list) => list.length % 2 === 1)?.pop();
  if (model === undefined || queries.length % 2 === 1 || variables.length % 2 === 1)
    throw fault('usage.invalid', 'Name the model, and a table with its query after each --query.', {
      remedy: 'teal create_test mart.sales --query stg.orders "SELECT * FROM stg.orders LIMIT 3"',
    });
  await context.open();
  const made = await context.call('test.create', {
    model,
    queries: pairs(queries),
    variables: pairs(variables),
    overwrite: options.overwrite === true,
    includeCtes: options.includeCtes === true,
    ...(options.path === undefined ? {} : { path: options.path }),
    ...(options.name === undefined ? {} : { name: options.name }),
  });
  context.show(made, () => `Wrote ${made.test} to ${made.file}.`);
  return undefined;
}

function pairs(list: readonly string[]): Record<string, string> {
  const found: Record<string, string> = {};
  for (let at = 0; at + 1 < list.length; at += 2) found[list[at] ?? ''] = list[at + 1] ?? '';
  return found;
}

function gather(value: string, before: string[] | undefined): string[] {
  return [...(before ?? []), value];
}
