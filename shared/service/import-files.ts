import { fault } from '../base/errors';

import { writeExternalModel, writeRawBlock } from '../project/raw-block';
import { type SourceFile, writeSourceFile } from '../project/source-file';
import type { CallContext } from '../protocol/port';
import { groupFiles } from '../raw/group-files';
import { guessSource } from '../raw/guess-source';
import type { RawFile } from '../raw/raw-file';
import { rawViewStatement } from '../raw/read-sql';
import type { ColumnType } from '../release/types';
import { configFile } from './keeping';
import { takeIn } from './sources';
import type { Workspace } from './workspace';

/**
 * Takes files in as sources: those of one shape become one. Each is kept by content, brought into the project's `raw/` folder if it
 * lies outside, read over all its lines, and written down in `sources/`. A file that cannot be read stops the whole import before
 * anything is written down.
 */
export async function importFiles(
  workspace: Workspace,
  request: { paths: readonly string[]; name?: string | undefined },
  context: CallContext,
): Promise<readonly string[]> {
  if (request.paths.length === 0) throw fault('usage.invalid', 'Name at least one file.');
  const written: string[] = [];
  try {
    const files = await keepAll(workspace, request.paths, { context, written });
    const sources = await guessAll(workspace, files, request.name);
    for (const source of sources) {
      written.push(`sources/${source.name}.yaml`);
      await workspace.folder.writeText(`sources/${source.name}.yaml`, writeSourceFile(source));
      await takeIn(workspace, source, context.signal);
    }
    await workspace.reload();
    await mirrorForSqlMesh(workspace);
    workspace.hub.changed('sources', 'graph', 'project', 'history');
    return sources.map((source) => source.name);
  } catch (error) {
    for (const path of written) await workspace.folder.remove(path);
    await workspace.reload();
    throw error;
  }
}

async function guessAll(
  workspace: Workspace,
  files: readonly RawFile[],
  wanted: string | undefined,
): Promise<readonly SourceFile[]> {
  const taken = new Set(workspace.code.project.sources.keys());
  return workspace.write(async (session) => {
    const groups = await groupFiles(session, files, taken);
    if (wanted !== undefined && groups.length > 1) {
      throw fault(
        'usage.invalid',
        `These files are of ${groups.length} shapes, so they cannot be one source ${wanted}.`,
        { kept: 'Nothing was taken in.', remedy: 'Import them one shape at a time, or without a name.' },
      );
    }
    const guessed: SourceFile[] = [];
    for (const group of groups)
      guessed.push(await guessSource(session, nameFor(wanted, group.name, taken), group.files));
    return guessed;
  });
}

/** Writes what SQLMesh needs to read the same raw data: a marked block in `config.yaml`, and `external_models.yaml`. */
export async function mirrorForSqlMesh(workspace: Workspace): Promise<void> {
  const state = await workspace.state();
  const known = [...workspace.code.project.sources.values()].flatMap((source) => {
    const snapshot = state.snapshots.get(source.name);
    return snapshot ? [{ source, columns: snapshot.columns }] : [];
  });
  const config = configFile(workspace.code);
  const statements = [
    'CREATE SCHEMA IF NOT EXISTS raw',
    ...known.map(({ source, columns }) => rawViewStatement(source, columns)),
  ];
  await writeChanged(workspace, config, writeRawBlock(workspace.code.files.get(config) ?? '', statements));
  const external = known.reduce(
    (text, { source, columns }) =>
      writeExternalModel(text, {
        name: `raw.${source.name}`,
        description: source.description,
        columns: typesOf(columns),
      }),
    workspace.code.files.get('external_models.yaml') ?? '',
  );
  await writeChanged(workspace, 'external_models.yaml', external);
}

async function keepAll(
  workspace: Workspace,
  paths: readonly string[],
  work: { readonly context: CallContext; readonly written: string[] },
): Promise<readonly RawFile[]> {
  const { context, written } = work;
  const files: RawFile[] = [];
  for (const [index, path] of paths.entries()) {
    context.progress(`Keeping ${path.replace(/^.*[\\/]/, '')}`, index, paths.length);
    const kept = await workspace.folder.keep(path, context.signal);
    const own = await workspace.folder.bringIn(kept, path);
    if (own.isNew) written.push(own.path);
    files.push({ ...kept, path: own.path, absolute: workspace.folder.resolve(kept.kept) });
  }
  return files;
}

function nameFor(given: string | undefined, guessed: string, taken: ReadonlySet<string>): string {
  if (given === undefined) return guessed;
  const name = given.toLowerCase();
  if (!/^[\p{L}_][\p{L}\p{N}_]*$/u.test(name))
    throw fault('usage.invalid', `A source's name is one word of letters, digits and _, not ${given}.`, {
      kept: 'Nothing was taken in.',
    });
  if (taken.has(name))
    throw fault('usage.invalid', `There is a source ${name} already.`, {
      kept: 'It was left as it is.',
      remedy: `Choose another name, or change sources/${name}.yaml.`,
    });
  return name;
}

async function writeChanged(workspace: Workspace, path: string, text: string): Promise<void> {
  if (workspace.code.files.get(path) === text || text.trim() === '') return;
  await workspace.folder.writeText(path, text);
  await workspace.reload();
}

function typesOf(columns: readonly ColumnType[]): Record<string, string> {
  return Object.fromEntries(columns.map((column) => [column.name, column.type]));
}
