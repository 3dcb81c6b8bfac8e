import { resolve } from 'node:path';
import type { Command } from 'commander';
import { fault } from '../../../shared/base/errors';
import type { Context } from '../context';
import { wholeNumber } from '../numbers';
import type { Register } from '../register';
import {
  checksText,
  historyText,
  hostText,
  infoText,
  madeText,
  pageText,
  recordText,
  servedText,
} from '../texts/project-text';
import { factsText } from '../texts/verb-text';

/** init, info, query, doctor, log. */
export function registerProject(program: Command, verb: Register): void {
  program
    .command('init [dir]')
    .description('make a new project: an empty one, or the sample SQL Sushi Co.')
    .option('--template <name>', 'blank or sushi', 'blank')
    .action((dir: string | undefined, options: { template: string }) =>
      verb((context) => init(context, dir, options.template), 'work'),
    );
  registerLooking(program, verb);
  program
    .command('query <sql>')
    .description('run one query that reads; mart.sales and raw.orders mean what the environment shows')
    .option('--environment <name>', 'whose rows to read', 'prod')
    .option('--limit <rows>', 'how many rows at most', '1000')
    .action((text: string, options: { environment: string; limit: string }) =>
      verb((context) => query(context, text, options)),
    );
  program
    .command('doctor')
    .description('look at this installation and, if there is one, the project')
    .action(() => verb(doctor));
  program
    .command('log [id]')
    .description('every run, swap, rollback and import; with an id, all of one')
    .option('--limit <count>', 'how many', '30')
    .action((id: string | undefined, options: { limit: string }) =>
      verb((context) => log(context, id, options.limit)),
    );
}

function registerLooking(program: Command, verb: Register): void {
  program
    .command('info')
    .description('what the project is and what is live, and whether its engine answers')
    .option('--skip-connection', 'do not ask the engine')
    .option('-v, --verbose', 'also how many models there are of each kind')
    .action((options: { skipConnection?: boolean; verbose?: boolean }) =>
      verb(async ({ open, call, client, show }) => {
        const info = await open();
        const holds = await call('facts.read', { connect: options.skipConnection !== true });
        const host = client.facts();
        const text = () =>
          [infoText(info), factsText(holds, options.verbose === true), servedText(host)].join('\n');
        show({ ...info, holds, host }, text);
        return undefined;
      }),
    );
}

async function init(
  { call, show, terminal }: Context,
  dir: string | undefined,
  template: string,
): Promise<undefined> {
  if (template !== 'blank' && template !== 'sushi')
    throw fault('usage.invalid', `There is no template ${template}.`, {
      kept: 'Nothing was made.',
      remedy: 'Choose blank or sushi.',
    });
  const made = await call('project.create', { template, dir: resolve(terminal.cwd, dir ?? '.') });
  show(made, () => madeText(made));
  return undefined;
}

async function query(
  { open, call, show }: Context,
  text: string,
  options: { environment: string; limit: string },
): Promise<undefined> {
  const limit = wholeNumber('--limit', options.limit, { least: 1, most: 1000 });
  await open();
  const page = await call('query.run', { sql: text, environment: options.environment, limit });
  const rows = page.rows.map((row) =>
    Object.fromEntries(page.columns.map((column, index) => [column.name, row[index] ?? null])),
  );
  show({ columns: page.columns, rows }, () => pageText(page));
  return undefined;
}

async function doctor({ open, call, client, show }: Context): Promise<number | undefined> {
  const opened = await open().then(
    () => undefined,
    (error: unknown) => error,
  );
  const found = await call('doctor.run', {});
  const checks =
    opened instanceof Error
      ? [...found.checks, { label: 'Project', status: 'look' as const, detail: opened.message }]
      : [...found.checks, { label: 'Host', status: 'pass' as const, detail: hostText(client.facts()) }];
  show({ checks }, () => checksText(checks));
  return checks.some((check) => check.status === 'fail') ? 1 : undefined;
}

async function log({ open, call, show }: Context, id: string | undefined, many: string): Promise<undefined> {
  const limit = wholeNumber('--limit', many, { least: 1, most: 1000 });
  await open();
  if (id !== undefined) {
    const record = await call('history.read', { id });
    show(record, () => recordText(record));
    return undefined;
  }
  const { entries } = await call('history.list', { limit });
  show({ entries }, () => historyText(entries));
  return undefined;
}
