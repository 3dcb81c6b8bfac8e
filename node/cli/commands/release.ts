import type { Command } from 'commander';
import type { Context } from '../context';
import { releaseNumber } from '../numbers';
import type { Register } from '../register';
import { plural } from '../text';
import { releasesText, rollbackText } from '../texts/release-text';

interface SwapOptions {
  readonly note?: string;
  readonly base?: string;
}

interface RollbackOptions {
  readonly to?: string;
  readonly note?: string;
  readonly dryRun?: boolean;
}

/** swap, rollback, releases. */
export function registerRelease(program: Command, verb: Register): void {
  program
    .command('swap <environment>')
    .description('make prod show what an environment shows, all models at once')
    .option('--note <text>', 'why, for the record')
    .option('--base <release>', 'refuse unless this release is live')
    .action((environment: string, options: SwapOptions) =>
      verb((context) => swap(context, environment, options), 'work'),
    );
  program
    .command('rollback')
    .description('make prod show what an earlier release showed, by default the one before')
    .option('--to <release>', 'which release')
    .option('--note <text>', 'why, for the record')
    .option('--dry-run', 'only count what would change back')
    .action((options: RollbackOptions) =>
      verb((context) => rollback(context, options), options.dryRun ? 'look' : 'work'),
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

async function swap(
  { open, call, show }: Context,
  environment: string,
  options: SwapOptions,
): Promise<undefined> {
  const base = options.base === undefined ? {} : { base: releaseNumber('--base', options.base) };
  await open();
  const result = await call('release.swap', { environment, ...base, ...noteOf(options) });
  show(
    result,
    () =>
      `Release ${result.release} is live: ${plural(result.models.length, 'model')} swapped in ${Math.round(result.milliseconds)} ms.\nUndo: teal rollback`,
  );
  return undefined;
}

async function rollback({ open, call, show }: Context, options: RollbackOptions): Promise<undefined> {
  const to = options.to === undefined ? {} : { to: releaseNumber('--to', options.to) };
  await open();
  if (options.dryRun) {
    const preview = await call('release.rollbackPreview', to);
    show(preview, () => rollbackText(preview));
    return undefined;
  }
  const result = await call('release.rollback', { ...to, ...noteOf(options) });
  show(
    result,
    () =>
      `Release ${result.release} is live: ${plural(result.models.length, 'model')} rolled back in ${Math.round(result.milliseconds)} ms.`,
  );
  return undefined;
}

function noteOf({ note }: { readonly note?: string }): { note?: string } {
  return note === undefined ? {} : { note };
}
