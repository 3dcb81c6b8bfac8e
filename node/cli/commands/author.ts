import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { dirname, isAbsolute, relative, resolve } from 'node:path';
import type { Command } from 'commander';
import { fault } from '../../../shared/base/errors';
import type { CommandInput } from '../../../shared/protocol/table';
import type { Context } from '../context';
import { wholeNumber } from '../numbers';
import type { Register } from '../register';
import { dagPage } from '../texts/dag-page';
import { graphText, pageText, treeText } from '../texts/project-text';
import { formatText, lintText } from '../texts/verb-text';

interface Span {
  readonly start?: string;
  readonly end?: string;
  readonly executionTime?: string;
}

interface Layout {
  readonly normalize?: boolean;
  readonly pad?: string;
  readonly indent?: string;
  readonly normalizeFunctions?: string;
  readonly leadingComma?: boolean;
  readonly maxTextWidth?: string;
}

interface RenderOptions extends Span, Layout {
  readonly expand?: true | readonly string[];
  readonly dialect?: string;
}

interface FormatOptions extends Layout {
  readonly check?: boolean;
  readonly transpile?: string;
  readonly rewriteCasts?: boolean;
  readonly appendNewline?: boolean;
}

/** render, evaluate, format, lint, dag. */
export function registerAuthor(program: Command, verb: Register): void {
  const render = program
    .command('render <model>')
    .description("a model's query as it would run, macros expanded, else as its author laid it out")
    .option('--expand [model]', 'write out this model above it, or all; may be repeated', collect)
    .option('--dialect <name>', 'accepted where it is duckdb')
    .option('--no-format', 'accepted; the text stays as its author laid it out')
    .action((model: string, options: RenderOptions) =>
      verb((context) => renderModel(context, model, options)),
    );
  withSpan(withLayout(render));
  withSpan(
    program
      .command('evaluate <model>')
      .description("run a model's query over an environment's rows, without writing")
      .option('-l, --limit <rows>', 'how many rows at most', '1000')
      .option('--environment <name>', 'whose rows the query reads', 'prod'),
  ).action((model: string, options: Span & { limit: string; environment: string }) =>
    verb((context) => evaluate(context, model, options)),
  );
  withLayout(
    program
      .command('format [paths...]')
      .description('lay out the SQL of models and audits; no token and no comment is changed')
      .option('--check', 'change nothing; exit code 1 where a file is not laid out')
      .option('-t, --transpile <dialect>', 'refused: SQL is never rewritten')
      .option('--rewrite-casts', 'refused: SQL is never rewritten')
      .option('--no-rewrite-casts', 'accepted; casts always stay as they are')
      .option('--append-newline', 'end each file with a newline'),
  ).action((paths: string[], options: FormatOptions) =>
    verb((context) => format(context, paths, options), options.check ? 'look' : 'work'),
  );
  program
    .command('lint')
    .description('look at models with the rules that config.yaml turns on under linter')
    .option('--model, --models <name>', 'only this model; may be repeated', collect)
    .option('--local', 'accepted; nothing outside the project is asked')
    .option('--use-project-index', 'accepted; loading is quick without an index')
    .action((options: { models?: readonly string[] }) => verb((context) => lint(context, options.models)));
  program
    .command('dag [file]')
    .description('the models with what they read, parents first; with a file, as a page of HTML')
    .option('--select-model <selector>', 'only these: a name, mart.*, +name, name+, tag:x', collect)
    .option('--tree', 'as a tree instead of a table')
    .action((file: string | undefined, options: { selectModel?: readonly string[]; tree?: boolean }) =>
      verb((context) => dag(context, file, options)),
    );
}

/** Gathers the values of an option that may be repeated. */
export function collect(value: string, before: true | readonly string[] | undefined): readonly string[] {
  return [...(Array.isArray(before) ? before : []), ...value.split(',').map((name) => name.trim())];
}

function withSpan(command: Command): Command {
  return command
    .option('-s, --start <date>', 'the first day that the macros stand for')
    .option('-e, --end <date>', 'the last day that the macros stand for')
    .option('--execution-time <time>', 'the moment that counts as now');
}

function withLayout(command: Command): Command {
  return command
    .option('--normalize', 'refused: names keep their case')
    .option('--pad <spaces>', 'accepted; --indent says how far lines are moved in')
    .option('--indent <spaces>', 'how far lines are moved in')
    .option('--normalize-functions <case>', 'upper or lower')
    .option('--leading-comma', 'commas before items')
    .option('--max-text-width <characters>', 'how wide lists and conditions may be');
}

async function renderModel(context: Context, model: string, options: RenderOptions): Promise<undefined> {
  const { dialect, expand } = options;
  if (dialect !== undefined && dialect.toLowerCase() !== 'duckdb')
    throw fault(
      'usage.invalid',
      `SQL is shown as its author wrote it, in DuckDB's dialect, not ${dialect}.`,
      {
        kept: 'Nothing was done.',
        remedy: 'Leave --dialect out.',
      },
    );
  refuseNormalize(options);
  const all = expand === true || expand?.some((name) => /^(true|all|\*)$/i.test(name));
  await context.open();
  const rendered = await context.call('model.render', {
    model: model.toLowerCase(),
    ...spanOf(options),
    ...(expand === undefined ? {} : { expand: all ? true : [...(expand as readonly string[])] }),
  });
  context.show(rendered, () => rendered.sql);
  return undefined;
}

async function evaluate(
  { open, call, show }: Context,
  model: string,
  options: Span & { limit: string; environment: string },
): Promise<undefined> {
  const limit = wholeNumber('--limit', options.limit, { least: 1, most: 100_000 });
  await open();
  const page = await call('evaluate.run', {
    model,
    limit,
    environment: options.environment,
    ...spanOf(options),
  });
  const rows = page.rows.map((row) =>
    Object.fromEntries(page.columns.map((column, index) => [column.name, row[index] ?? null])),
  );
  show({ columns: page.columns, rows }, () => pageText(page));
  return undefined;
}

async function format(
  context: Context,
  paths: readonly string[],
  options: FormatOptions,
): Promise<number | undefined> {
  if (options.transpile !== undefined || options.rewriteCasts === true)
    throw fault('usage.invalid', 'teal format changes white space and the case of keywords only.', {
      kept: 'No file was changed.',
      remedy: `Leave ${options.transpile === undefined ? '--rewrite-casts' : '--transpile'} out.`,
    });
  refuseNormalize(options);
  const request = layoutOf(options);
  await context.open();
  const result = await context.call('files.format', {
    ...request,
    check: options.check === true,
    ...(options.appendNewline ? { appendNewline: true } : {}),
    ...(paths.length > 0 ? { paths: paths.map((path) => inProject(context, path)) } : {}),
  });
  context.show(result, () => formatText(result));
  return result.check && result.files.some((file) => file.changed) ? 1 : undefined;
}

function layoutOf(options: Layout): Partial<CommandInput<'files.format'>> {
  const { indent, maxTextWidth, normalizeFunctions: spelled, leadingComma } = options;
  if (spelled !== undefined && spelled !== 'upper' && spelled !== 'lower')
    throw fault('usage.invalid', `--normalize-functions takes upper or lower, not ${spelled}.`, {
      kept: 'No file was changed.',
    });
  const number = (option: string, text: string, most: number) =>
    wholeNumber(option, text, { least: 0, most });
  return {
    ...(indent === undefined ? {} : { indent: number('--indent', indent, 16) }),
    ...(maxTextWidth === undefined
      ? {}
      : { maxTextWidth: wholeNumber('--max-text-width', maxTextWidth, { least: 1, most: 10_000 }) }),
    ...(spelled === undefined ? {} : { normalizeFunctions: spelled }),
    ...(leadingComma ? { leadingComma: true } : {}),
  };
}

function refuseNormalize(options: Layout): void {
  if (!options.normalize) return;
  throw fault('usage.invalid', 'Names keep their case: another case would rename columns.', {
    kept: 'Nothing was changed.',
    remedy: 'Leave --normalize out.',
  });
}

/** A path as typed, as the project knows it. */
function inProject({ terminal, options }: Context, path: string): string {
  const dir = resolve(terminal.cwd, options.project);
  const full = resolve(terminal.cwd, path);
  const below = relative(dir, full).replaceAll('\\', '/');
  if (existsSync(full) && below !== '' && !below.startsWith('..') && !isAbsolute(below)) return below;
  return full === dir ? '.' : path;
}

async function lint(
  { open, call, show }: Context,
  models: readonly string[] | undefined,
): Promise<number | undefined> {
  await open();
  const result = await call('lint.run', models === undefined ? {} : { models: [...models] });
  show(result, () => lintText(result));
  if (result.violations.some((one) => one.level === 'error')) return 1;
  return result.problems.length > 0 ? 2 : undefined;
}

async function dag(
  { open, call, show, terminal, options: globals }: Context,
  file: string | undefined,
  options: { selectModel?: readonly string[]; tree?: boolean },
): Promise<undefined> {
  await open();
  const whole = await call('project.graph', {});
  const chosen = options.selectModel
    ? new Set((await call('models.select', { select: [...options.selectModel] })).models)
    : undefined;
  const graph = chosen
    ? {
        ...whole,
        nodes: whole.nodes.filter((node) => chosen.has(node.id)),
        edges: whole.edges.filter((edge) => chosen.has(edge.from) && chosen.has(edge.to)),
      }
    : whole;
  if (file === undefined) {
    show(graph, () => (options.tree ? treeText(graph) : graphText(graph)));
    return undefined;
  }
  const path = resolve(terminal.cwd, /\.html?$/i.test(file) ? file : `${file}.html`);
  try {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, dagPage(graph, resolve(terminal.cwd, globals.project)));
  } catch (error) {
    throw fault('project.write_failed', `${path} cannot be written.`, {
      place: { file: path },
      kept: 'Nothing was written.',
      cause: error instanceof Error ? error.message : String(error),
    });
  }
  show({ ...graph, file: path }, () => `Wrote the graph to ${path}`);
  return undefined;
}

function spanOf({ start, end, executionTime }: Span): Span {
  return {
    ...(start === undefined ? {} : { start }),
    ...(end === undefined ? {} : { end }),
    ...(executionTime === undefined ? {} : { executionTime }),
  };
}
