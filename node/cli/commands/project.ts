import { resolve } from 'node:path';
import type { Command } from 'commander';
import { type Problem, placeText } from '../../../shared/base/errors';
import type { Register } from '../register';
import { moment, plural, problemText, seconds, table } from '../text';

/** init, info, dag, query, render, doctor. */
export function registerProject(program: Command, verb: Register): void {
  program
    .command('init [dir]')
    .description('make a new project: an empty one, or the sample SQL Sushi Co.')
    .option('--template <name>', 'blank or sushi', 'blank')
    .action((dir: string | undefined, options: { template: string }) =>
      verb(async ({ call, show, terminal }) => {
        const template = options.template === 'sushi' ? 'sushi' : 'blank';
        const target = resolve(terminal.cwd, dir ?? '.');
        const made = await call('project.create', { template, dir: target });
        show(
          made,
          () =>
            `Made ${made.name} in ${made.dir}: ${plural(made.models, 'model')}, ${plural(made.sources, 'source')}.\nNext: teal -p ${made.dir} plan`,
        );
        return undefined;
      }),
    );
  registerLooking(program, verb);
  program
    .command('query <sql>')
    .description('run one query that reads; mart.sales and raw.orders mean what the environment shows')
    .option('--environment <name>', 'whose rows to read', 'prod')
    .option('--limit <rows>', 'how many rows at most', '1000')
    .action((text: string, options: { environment: string; limit: string }) =>
      verb(async ({ open, call, show }) => {
        await open();
        const limit = Math.max(1, Math.min(1000, Number(options.limit) || 1000));
        const page = await call('query.run', { sql: text, environment: options.environment, limit });
        const rows = page.rows.map((row) =>
          Object.fromEntries(page.columns.map((column, index) => [column.name, row[index] ?? null])),
        );
        show({ columns: page.columns, rows }, () =>
          table(
            page.columns.map((column) => column.name),
            page.rows.map((row) => row.map(cellText)),
          ),
        );
        return undefined;
      }),
    );
}

function registerLooking(program: Command, verb: Register): void {
  program
    .command('info')
    .description('what the project is and what is live')
    .action(() =>
      verb(async ({ open, show }) => {
        const info = await open();
        show(info, () =>
          [
            `${info.name}  ${info.dir}`,
            `${plural(info.models, 'model')}, ${plural(info.sources, 'source')}, ${info.engine}`,
            info.liveRelease === null ? 'Nothing is live yet.' : `Release ${info.liveRelease} is live.`,
            ...info.environments
              .filter((one) => !one.live)
              .map(
                (one) =>
                  `${one.name}: ${plural(one.differing, 'model')} ${one.differing === 1 ? 'differs' : 'differ'} from prod`,
              ),
            ...info.problems.map((problem) => problemText(problem as Problem)),
          ].join('\n'),
        );
        return undefined;
      }),
    );
  program
    .command('dag')
    .description('the models with what they read, parents first')
    .action(() =>
      verb(async ({ open, call, show }) => {
        await open();
        const graph = await call('project.graph', {});
        const rows = graph.nodes.map((node) => [
          node.id,
          node.kind ?? node.type,
          node.rows,
          node.change ?? '',
          graph.edges
            .filter((edge) => edge.to === node.id)
            .map((edge) => edge.from)
            .join(', '),
        ]);
        show(graph, () => table(['name', 'kind', 'rows', 'change', 'reads'], rows));
        return undefined;
      }),
    );
  program
    .command('render <model>')
    .description("a model's query as it would run")
    .option('--start <date>')
    .option('--end <date>')
    .action((model: string, options: { start?: string; end?: string }) =>
      verb(async ({ open, call, show }) => {
        await open();
        const rendered = await call('model.render', { model: model.toLowerCase(), ...options });
        show(rendered, () => rendered.sql);
        return undefined;
      }),
    );
  program
    .command('doctor')
    .description('look at this installation and, if there is one, the project')
    .action(() =>
      verb(async ({ open, call, show, terminal }) => {
        const opened = await open().then(
          () => undefined,
          (error: unknown) => error,
        );
        const { checks } = await call('doctor.run', {});
        const all =
          opened instanceof Error
            ? [...checks, { label: 'Project', status: 'look' as const, detail: opened.message }]
            : checks;
        show({ checks: all }, () =>
          table(
            ['check', 'status', 'detail'],
            all.map((check) => [check.label, check.status, check.detail]),
          ),
        );
        void terminal;
        return all.some((check) => check.status === 'fail') ? 1 : undefined;
      }),
    );
  registerLog(program, verb);
}

function registerLog(program: Command, verb: Register): void {
  program
    .command('log [id]')
    .description('every run, swap, rollback and import; with an id, all of one')
    .option('--limit <count>', 'how many', '30')
    .action((id: string | undefined, options: { limit: string }) =>
      verb(async ({ open, call, show }) => {
        await open();
        if (id !== undefined) {
          const record = await call('history.read', { id });
          show(record, () =>
            [
              `${record.entry.kind}  ${record.entry.title}  ${record.entry.outcome}`,
              record.entry.commit
                ? `commit ${record.entry.commit}${record.entry.dirty ? ', with changes on top' : ''}`
                : 'no commit',
              table(
                ['model', 'table', 'batches', 'rows', 'seconds'],
                record.models.map((model) => [
                  model.model,
                  model.table,
                  model.batches,
                  model.rows,
                  model.seconds,
                ]),
              ),
              table(
                ['source', 'snapshot', 'rows'],
                record.inputs.map((input) => [input.source, input.snapshot.slice(0, 12), input.rows]),
              ),
              ...(record.problem
                ? [`${record.problem.message} ${placeText(record.problem.place as Problem['place'])}`]
                : []),
            ].join('\n\n'),
          );
          return undefined;
        }
        const { entries } = await call('history.list', {
          limit: Math.max(1, Math.min(1000, Number(options.limit) || 30)),
        });
        show({ entries }, () =>
          table(
            [
              'id',
              'kind',
              'title',
              'environment',
              'user',
              'commit',
              'started',
              'took',
              'rows',
              'outcome',
              'release',
            ],
            entries.map((entry) => [
              entry.id,
              entry.kind,
              entry.title,
              entry.environment,
              entry.user,
              entry.commit,
              moment(entry.startedAt),
              seconds(entry.seconds),
              entry.rows,
              entry.outcome,
              entry.release,
            ]),
          ),
        );
        return undefined;
      }),
    );
}

function cellText(value: unknown): string | number | null {
  if (value === null || typeof value === 'number' || typeof value === 'string') return value;
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}
