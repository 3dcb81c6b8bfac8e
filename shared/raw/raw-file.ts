import type { ColumnType, SnapshotFile } from '../release/types';
import { authored, id, type Sql, sql } from '../sql/sql';
import { familyOf } from './column-type';

/** A file that was kept, by its content; `kept` is the path of the copy as the platform knows it. */
export type KeptInput = Pick<SnapshotFile, 'path' | 'kept' | 'sha256' | 'bytes'>;

/** A kept file and where the engine finds its copy. */
export interface RawFile extends KeptInput {
  readonly absolute: string;
}

/** Rows of one file, and the range of the time column, both ends included, in ms UTC. */
export interface FileFacts {
  readonly rows: number;
  readonly from: number | null;
  readonly to: number | null;
}

/** The time column as TIMESTAMP; NULL where there is none or its type holds no moments. */
export function momentOf(columns: readonly ColumnType[], timeColumn: string | null | undefined): Sql {
  const column = columns.find((one) => one.name === timeColumn);
  const readable = column !== undefined && ['moment', 'date', 'text'].includes(familyOf(column.type));
  return readable ? sql`TRY_CAST(${id(column.name)} AS TIMESTAMP)` : authored('NULL::TIMESTAMP');
}
