import { resolve } from 'node:path';
import type { Command } from 'commander';
import type { Register } from '../register';
import { count, plural, table } from '../text';

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
        show(result, () =>
          result.sources
            .map(
              (source) =>
                `raw.${source.name}: ${plural(source.rows, 'row')} loaded${source.quarantined > 0 ? `, ${count(source.quarantined)} in quarantine` : ''}`,
            )
            .join('\n'),
        );
        return undefined;
      }),
    );
  program
    .command('sources [name]')
    .description('the raw data; with a name, how it was read and what it holds')
    .option('--quarantine', 'the lines that could not be read')
    .option('--refresh', 'read the files again')
    .action((name: string | undefined, options: { quarantine?: boolean; refresh?: boolean }) =>
      verb(async ({ open, call, show }) => {
        await open();
        if (name === undefined) {
          const { sources } = await call('source.list', {});
          show({ sources }, () =>
            table(
              ['source', 'format', 'files', 'bytes', 'rows', 'quarantined', 'problem'],
              sources.map((source) => [
                `raw.${source.name}`,
                source.format,
                source.files,
                source.bytes,
                source.rows,
                source.quarantined,
                source.problem,
              ]),
            ),
          );
          return undefined;
        }
        const source = name.replace(/^raw\./, '');
        if (options.quarantine) {
          const page = await call('source.quarantine', { source, limit: 1000 });
          show(page, () =>
            table(
              ['file', 'line', 'column', 'reason', 'as it stands'],
              page.rows.map((row) => [row.file, row.line, row.column, row.reason, row.raw]),
            ),
          );
          return undefined;
        }
        const detail = await call(options.refresh ? 'source.refresh' : 'source.read', { source });
        show(detail, () =>
          [
            `raw.${detail.name}: ${count(detail.read)} read = ${count(detail.loaded)} loaded + ${count(detail.quarantined)} quarantined`,
            table(
              ['column', 'type', 'nulls', 'distinct', 'min', 'max'],
              detail.profile.map((column) => [
                column.name,
                column.type,
                column.nulls,
                column.distinct,
                column.min,
                column.max,
              ]),
            ),
            detail.readSql,
          ].join('\n\n'),
        );
        return undefined;
      }),
    );
}
