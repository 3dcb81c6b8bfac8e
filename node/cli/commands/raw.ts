import { resolve } from 'node:path';
import type { Command } from 'commander';
import { fault } from '../../../shared/base/errors';
import type { Context } from '../context';
import type { Register } from '../register';
import { importedText, quarantineText, sourcesText, sourceText } from '../texts/raw-text';

interface SourcesOptions {
  readonly quarantine?: boolean;
  readonly refresh?: boolean;
}

/** import, sources. */
export function registerRaw(program: Command, verb: Register): void {
  program
    .command('import <files...>')
    .description('take Parquet, CSV or JSON files in as raw data; the originals stay as they are')
    .option('--name <source>', 'name of the source')
    .action((files: string[], options: { name?: string }) =>
      verb(async ({ open, call, show, terminal }) => {
        await open();
        const paths = files.map((file) => resolve(terminal.cwd, file));
        const result = await call('source.import', { paths, uploads: [], ...options });
        show(result, () => importedText(result));
        return undefined;
      }, 'work'),
    );
  program
    .command('sources [name]')
    .description('the raw data; with a name, how it was read and what it holds')
    .option('--quarantine', 'the lines that could not be read')
    .option('--refresh', 'read the files again')
    .action((name: string | undefined, options: SourcesOptions) =>
      verb(
        (context) => (name === undefined ? list(context, options) : look(context, name, options)),
        options.refresh ? 'work' : 'look',
      ),
    );
}

async function list({ open, call, show }: Context, options: SourcesOptions): Promise<undefined> {
  if (options.quarantine || options.refresh)
    throw fault(
      'usage.invalid',
      `--${options.refresh ? 'refresh' : 'quarantine'} needs the name of a source.`,
      {
        remedy: 'teal sources NAME, or teal sources for the list of them.',
      },
    );
  await open();
  const { sources } = await call('source.list', {});
  show({ sources }, () => sourcesText(sources));
  return undefined;
}

async function look(
  { open, call, show }: Context,
  name: string,
  options: SourcesOptions,
): Promise<undefined> {
  await open();
  const source = name.replace(/^raw\./, '');
  if (options.refresh) {
    const detail = await call('source.refresh', { source });
    if (!options.quarantine) {
      show(detail, () => sourceText(detail));
      return undefined;
    }
  }
  if (options.quarantine) {
    const page = await call('source.quarantine', { source, limit: 1000 });
    show(page, () => quarantineText(page));
    return undefined;
  }
  const detail = await call('source.read', { source });
  show(detail, () => sourceText(detail));
  return undefined;
}
