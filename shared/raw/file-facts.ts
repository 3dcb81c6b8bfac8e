import { numberOf, numberOrNull, type Row, textOf } from '../base/rows';
import { id, sql } from '../sql/sql';
import type { LoadRequest } from './load-csv';
import { FILE_COLUMN } from './names';
import { type FileFacts, momentOf } from './raw-file';
import { readingOf } from './read-faults';

/** Rows and time range of each file, in their order. */
export async function parquetFacts(
  request: LoadRequest,
  timeColumn: string | null | undefined,
): Promise<readonly FileFacts[]> {
  const paths = request.files.map((file) => file.absolute);
  const time = momentOf(request.columns, timeColumn);
  const read = () =>
    request.session.rows(sql`
    SELECT _teal_path AS path, count(*) AS n, epoch_ms(min(moment)) AS first, epoch_ms(max(moment)) AS last
    FROM (SELECT _teal_path, ${time} AS moment FROM read_parquet(${paths}, union_by_name = true, filename = '_teal_path')) GROUP BY _teal_path`);
  const rows = await readingOf(
    request.source,
    paths.length === 1 ? (request.files[0]?.path ?? '') : `A file of ${request.source.name}`,
    read,
  );
  const times = (path: string) => paths.filter((one) => one === path).length;
  const facts = new Map(rows.map((row) => [textOf(row, 'path'), toFacts(row, times(textOf(row, 'path')))]));
  return paths.map((path) => facts.get(path) ?? { rows: 0, from: null, to: null });
}

/** Rows and time range of each file of a table that was loaded, in their order. */
export async function tableFacts(
  request: LoadRequest,
  timeColumn: string | null | undefined,
): Promise<readonly FileFacts[]> {
  const time = momentOf(request.columns, timeColumn);
  const rows = await request.session.rows(sql`
    SELECT ${id(FILE_COLUMN)} AS file, count(*) AS n, epoch_ms(min(${time})) AS first, epoch_ms(max(${time})) AS last
    FROM ${request.table} GROUP BY ${id(FILE_COLUMN)}`);
  const same = (index: number) =>
    request.files.filter((file) => file.absolute === request.files[index]?.absolute).length;
  const facts = new Map(
    rows.map((row) => [
      request.files[numberOf(row, 'file')]?.absolute,
      toFacts(row, same(numberOf(row, 'file'))),
    ]),
  );
  return request.files.map((file) => facts.get(file.absolute) ?? { rows: 0, from: null, to: null });
}

// A file that stands twice in the list, under two names, is read twice and counted here as one.
function toFacts(row: Row, times: number): FileFacts {
  return {
    rows: numberOf(row, 'n') / times,
    from: numberOrNull(row, 'first'),
    to: numberOrNull(row, 'last'),
  };
}
