import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Command } from 'commander';
import { fault } from '../../../shared/base/errors';
import type { CommandOutput } from '../../../shared/protocol/table';
import type { Comparison } from '../../../shared/protocol/views/compare';
import type { Context } from '../context';
import type { Register } from '../register';
import { moment, plural, seconds, share, table } from '../text';

const FILE = /\.(parquet|csv|tsv|json|ndjson)$/i;

/** compare, swap, rollback, releases. */
export function registerRelease(program: Command, verb: Register): void {
  program
    .command('compare <old> <new>')
    .description('compare two environments, releases ("release 3") or files, down to the cell')
    .option('--key <columns>', 'columns that identify a row, with commas')
    .option('--model <name...>', 'only these models')
    .option('--rows <count>', 'show so many differing rows of each model', '0')
    .option('--fresh', 'compare again even if these states were compared before')
    .action(
      (
        old: string,
        current: string,
        options: { key?: string; model?: string[]; rows: string; fresh?: boolean },
      ) => verb((context) => compare(context, { old, current, ...options })),
    );
  program
    .command('swap <environment>')
    .description('make prod show what an environment shows, all models at once')
    .option('--note <text>', 'why, for the record')
    .option('--base <release>', 'refuse unless this release is live')
    .action((environment: string, options: { note?: string; base?: string }) =>
      verb(async ({ open, call, show }) => {
        await open();
        const base = options.base === undefined ? {} : { base: Number(options.base) };
        const result = await call('release.swap', {
          environment,
          ...base,
          ...(options.note === undefined ? {} : { note: options.note }),
        });
        show(
          result,
          () =>
            `Release ${result.release} is live: ${plural(result.models.length, 'model')} swapped in ${Math.round(result.milliseconds)} ms.\nUndo: teal rollback`,
        );
        return undefined;
      }),
    );
  program
    .command('rollback')
    .description('make prod show what an earlier release showed, by default the one before')
    .option('--to <release>', 'which release')
    .option('--note <text>', 'why, for the record')
    .option('--dry-run', 'only count what would change back')
    .action((options: { to?: string; note?: string; dryRun?: boolean }) =>
      verb(async ({ open, call, show }) => {
        await open();
        const to = options.to === undefined ? {} : { to: Number(options.to) };
        if (options.dryRun) {
          const preview = await call('release.rollbackPreview', to);
          show(preview, () =>
            table(
              ['model', 'added', 'removed', 'changed'],
              preview.models.map((model) => [model.model, model.added, model.removed, model.changed]),
            ),
          );
          return undefined;
        }
        const result = await call('release.rollback', {
          ...to,
          ...(options.note === undefined ? {} : { note: options.note }),
        });
        show(
          result,
          () =>
            `Release ${result.release} is live: ${plural(result.models.length, 'model')} rolled back in ${Math.round(result.milliseconds)} ms.`,
        );
        return undefined;
      }),
    );
  program
    .command('releases')
    .description('what was live when, and which shadows wait')
    .action(() =>
      verb(async ({ open, call, show }) => {
        await open();
        const list = await call('release.list', {});
        show(list, () => releasesText(list));
        return undefined;
      }),
    );
}

interface CompareOptions {
  readonly old: string;
  readonly current: string;
  readonly key?: string;
  readonly model?: string[];
  readonly rows: string;
  readonly fresh?: boolean;
}

async function compare(context: Context, options: CompareOptions): Promise<undefined> {
  const files = FILE.test(options.old) || FILE.test(options.current);
  const sides = files
    ? [filePath(context, options.old), filePath(context, options.current)]
    : [options.old, options.current];
  if (!files) await context.open();
  const comparison = await context.call('compare.run', {
    old: sides[0] ?? '',
    new: sides[1] ?? '',
    ...(options.key === undefined ? {} : { key: options.key.split(',').map((column) => column.trim()) }),
    ...(options.model === undefined ? {} : { models: options.model }),
    ...(options.fresh ? { fresh: true } : {}),
  });
  const limit = Math.min(1000, Number(options.rows) || 0);
  const rows = limit > 0 ? await differingRows(context, comparison, limit) : undefined;
  context.show(rows ? { ...comparison, rows } : comparison, () => comparisonText(comparison));
  return undefined;
}

function filePath(context: Context, name: string): string {
  const path = resolve(context.terminal.cwd, name);
  if (!existsSync(path))
    throw fault('source.file_missing', `There is no file ${name}.`, {
      place: { file: path },
      remedy: 'Compare two files, or two environments.',
    });
  return path;
}

async function differingRows(
  context: Context,
  comparison: Comparison,
  limit: number,
): Promise<Record<string, CommandOutput<'compare.rows'>>> {
  const rows: Record<string, CommandOutput<'compare.rows'>> = {};
  for (const model of comparison.models) {
    if (model.status === 'changed')
      rows[model.model] = await context.call('compare.rows', {
        comparison: comparison.id,
        model: model.model,
        limit,
      });
  }
  return rows;
}

function comparisonText(comparison: Comparison): string {
  const rows = comparison.models.map((model) => [
    model.model,
    model.status,
    model.counts.added,
    model.counts.removed,
    model.counts.changed,
    model.counts.same,
    share(model.score),
  ]);
  const columns = comparison.models.flatMap((model) =>
    model.columns
      .filter((column) => column.differ > 0)
      .map((column) => [model.model, column.name, column.differ, share(column.match)]),
  );
  return [
    `${comparison.verdict.text}: ${comparison.old} to ${comparison.new}, ${seconds(comparison.seconds)}`,
    table(['model', 'status', 'added', 'removed', 'changed', 'same', 'cells match'], rows),
    ...(columns.length > 0 ? [table(['model', 'column', 'differ', 'match'], columns)] : []),
    ...comparison.expectations.map(
      (line) => `${line.met ? 'as expected' : 'SURPRISE'}: ${line.text} (${line.detail})`,
    ),
  ].join('\n\n');
}

function releasesText(list: CommandOutput<'release.list'>): string {
  const waiting = list.waiting.map(
    (shadow) =>
      `${shadow.environment} waits to become release ${shadow.nextRelease}: ${plural(shadow.models, 'model')}`,
  );
  const rows = list.releases.map((release) => [
    release.number,
    release.live ? 'live' : '',
    release.kind,
    release.title,
    moment(release.at),
    release.user,
    release.models.length,
    release.note,
  ]);
  return [
    ...waiting,
    rows.length > 0
      ? table(['release', '', 'by', 'title', 'at', 'user', 'models', 'note'], rows)
      : 'No release yet.',
  ].join('\n');
}
