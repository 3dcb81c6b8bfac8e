import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Command } from 'commander';
import { fault } from '../../../shared/base/errors';
import type { CommandOutput } from '../../../shared/protocol/table';
import type { Comparison } from '../../../shared/protocol/views/compare';
import type { Context } from '../context';
import { wholeNumber } from '../numbers';
import type { Register } from '../register';
import { comparisonText } from '../texts/release-text';

const FILE = /\.(parquet|csv|tsv|json|ndjson)$/i;

interface CompareOptions {
  readonly key?: string;
  readonly model?: string[];
  readonly rows: string;
  readonly fresh?: boolean;
}

type Pages = Readonly<Record<string, CommandOutput<'compare.rows'>>>;

/** compare: two environments, releases or files. */
export function registerCompare(program: Command, verb: Register): void {
  program
    .command('compare <old> <new>')
    .description('compare two environments, releases ("release 3") or files, down to the cell')
    .option('--key <columns>', 'columns that identify a row, with commas')
    .option('--model <name...>', 'only these models')
    .option('--rows <count>', 'show so many differing rows of each model', '0')
    .option('--fresh', 'compare again even if these states were compared before')
    .action((old: string, current: string, options: CompareOptions) =>
      verb((context) => compare(context, [old, current], options)),
    );
}

async function compare(
  context: Context,
  [old, current]: readonly [string, string],
  options: CompareOptions,
): Promise<undefined> {
  const limit = wholeNumber('--rows', options.rows, { least: 0, most: 1000 });
  const files = FILE.test(old) || FILE.test(current);
  if (!files) await context.open();
  const comparison = await context.call('compare.run', {
    old: files ? filePath(context, old) : old,
    new: files ? filePath(context, current) : current,
    ...(options.key === undefined ? {} : { key: options.key.split(',').map((column) => column.trim()) }),
    ...(options.model === undefined ? {} : { models: options.model }),
    ...(options.fresh ? { fresh: true } : {}),
  });
  const rows = limit > 0 ? await differingRows(context, comparison, limit) : undefined;
  context.show(rows ? { ...comparison, rows } : comparison, () => comparisonText(comparison, rows ?? {}));
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

async function differingRows(context: Context, comparison: Comparison, limit: number): Promise<Pages> {
  const rows: Record<string, CommandOutput<'compare.rows'>> = {};
  for (const { model, status } of comparison.models) {
    if (status === 'same') continue;
    rows[model] = await context.call('compare.rows', { comparison: comparison.id, model, limit });
  }
  return rows;
}
