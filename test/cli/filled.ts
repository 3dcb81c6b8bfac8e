import { mkdtempSync, readFileSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { withDuckDb } from '../sample/sqlmesh';
import { FILES, NOW } from './small';
import { teal, writeFiles } from './teal';

/** The small project with release 1 live, for tests that only look at it or copy it. */
export interface Filled {
  readonly dir: string;
  /** its orders as a Parquet file */
  readonly parquet: Uint8Array;
  remove(): void;
}

export async function createFilled(): Promise<Filled> {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'teal-small-')));
  const dir = join(folder, 'small');
  writeFiles(dir, FILES);
  const { code, err } = await teal(['-p', dir, 'plan', '--auto-apply', ...NOW]);
  if (code !== 0) throw new Error(err);
  const file = join(folder, 'orders.parquet');
  await withDuckDb((connection) =>
    connection.run(`COPY (SELECT * FROM read_csv('${join(dir, 'raw/orders.csv')}')) TO '${file}'`),
  );
  return {
    dir,
    parquet: readFileSync(file),
    remove: () => rmSync(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 }),
  };
}
