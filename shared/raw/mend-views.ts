import { textOf } from '../base/rows';
import type { Session } from '../engine/contract';
import type { SourceFile } from '../project/source-file';
import type { Snapshot } from '../release/types';
import { id, type Sql, sql } from '../sql/sql';
import { viewParquet } from './load-parquet';
import { snapshotViewName } from './names';
import type { RawFile } from './raw-file';

/**
 * Points the views over Parquet files at where the files are now: they name absolute paths, and a project's folder may have moved.
 * Gives the ids of the snapshots whose views were made anew; a snapshot whose files cannot be read is left as it is.
 */
export async function mendViews(
  session: Session,
  snapshots: readonly Snapshot[],
  resolve: (kept: string) => string,
): Promise<readonly string[]> {
  const rows = await session.rows(
    sql`SELECT view_name, sql FROM duckdb_views() WHERE schema_name = 'teal_data'`,
  );
  const views = new Map(rows.map((row) => [textOf(row, 'view_name'), textOf(row, 'sql')]));
  const mended: string[] = [];
  for (const snapshot of snapshots) {
    const [schema, name] = snapshotViewName(snapshot.source, snapshot.id);
    const files = snapshot.files.map((file): RawFile => ({ ...file, absolute: resolve(file.kept) }));
    const text = views.get(name);
    if (text === undefined || files.every((file) => text.includes(sql`${file.absolute}`.text))) continue;
    if (await remake(session, { snapshot, files, table: id(schema, name) })) mended.push(snapshot.id);
  }
  return mended;
}

async function remake(
  session: Session,
  at: { snapshot: Snapshot; files: readonly RawFile[]; table: Sql },
): Promise<boolean> {
  const { snapshot, files, table } = at;
  const source: SourceFile = {
    name: snapshot.source,
    files: [],
    format: 'parquet',
    key: [],
    on_error: 'fail',
    description: '',
  };
  const request = { session, source, columns: snapshot.columns, files, table };
  return viewParquet(request).then(
    () => true,
    () => false,
  );
}
