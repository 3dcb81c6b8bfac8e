import { fault } from '../base/errors';
import { toIso } from '../base/time';
import { compareTable } from '../compare/compare-table';
import type { Side } from '../compare/types';
import { verdictOf } from '../compare/verdict';
import { type Engine, EngineFault, type Session, withSession } from '../engine/contract';
import type { CallContext } from '../protocol/port';
import type { CommandRequest } from '../protocol/table';
import type { Comparison } from '../protocol/views/compare';
import { type Sql, sql } from '../sql/sql';
import { comparisonView, diffTable } from './comparisons';
import type { Platform } from './platform';

const FILE = /\.(parquet|csv|tsv|json|ndjson)$/i;

/** Whether a side of a comparison names a file. */
export function isFileName(name: string): boolean {
  return FILE.test(name);
}

/** Compares two files in an engine of their own; the engine stays with the result, since its differing rows live there. */
export async function compareFiles(
  platform: Platform,
  request: CommandRequest<'compare.run'>,
  context: CallContext,
): Promise<{ comparison: Comparison; engine: Engine }> {
  const started = platform.now();
  const engine = await platform.openScratch([folderOf(request.old), folderOf(request.new)]);
  try {
    const id = `f${platform.randomId()}`;
    const name = baseName(request.new);
    const table = await withSession(engine, 'writer', async (session) => {
      await session.run(sql`CREATE SCHEMA IF NOT EXISTS teal_diff`);
      const old = await fileSide(session, request.old);
      const current = await fileSide(session, request.new);
      const key = request.key ?? [];
      const unknown = key.find(
        (column) =>
          !old.columns.some((one) => one.name.toLowerCase() === column.toLowerCase()) ||
          !current.columns.some((one) => one.name.toLowerCase() === column.toLowerCase()),
      );
      if (unknown)
        throw fault('compare.invalid', `There is no column ${unknown} in both files to be the key.`, {
          remedy: `Both have ${old.columns
            .filter((one) => current.columns.some((other) => other.name === one.name))
            .map((one) => one.name)
            .join(', ')}.`,
        });
      return compareTable(
        session,
        {
          model: name,
          old,
          new: current,
          key,
          keySource: key.length > 0 ? 'given' : 'none',
          table: diffTable(id, name),
        },
        context.signal,
      );
    });
    const comparison: Comparison = {
      id,
      old: request.old,
      new: request.new,
      oldRelease: null,
      at: toIso(started),
      seconds: (platform.now() - started) / 1000,
      verdict: verdictOf([table], []),
      models: [comparisonView(table)],
      expectations: [],
    };
    return { comparison, engine };
  } catch (error) {
    await engine.close();
    throw error;
  }
}

async function fileSide(session: Session, path: string): Promise<Side> {
  const relation = sql`(SELECT * FROM ${readerOf(path)})`;
  try {
    return {
      relation,
      columns: await session.describe(sql`SELECT * FROM ${readerOf(path)}`),
      time: null,
      version: null,
    };
  } catch (error) {
    if (!(error instanceof EngineFault)) throw error;
    throw fault('source.file_missing', `${path} cannot be read as a table: ${error.problem.message}`, {
      place: { file: path },
      remedy: 'Check the path and the format.',
    });
  }
}

function readerOf(path: string): Sql {
  if (/\.parquet$/i.test(path)) return sql`read_parquet(${path})`;
  if (/json$/i.test(path)) return sql`read_json_auto(${path})`;
  return sql`read_csv(${path}, sample_size = -1)`;
}

function folderOf(path: string): string {
  return path.replace(/[\\/][^\\/]*$/, '') || '/';
}

function baseName(path: string): string {
  return path.replace(/^.*[\\/]/, '');
}
