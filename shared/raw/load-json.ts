import { numberOf, numberOrNull, textOf } from '../base/rows';
import type { Session } from '../engine/contract';
import type { SourceFile } from '../project/source-file';
import type { ColumnType } from '../release/types';
import { authored, id, join, type Sql, sql } from '../sql/sql';
import { columnType, familyOf } from './column-type';
import { firstLines } from './csv-header';
import { lineReader } from './csv-reader';
import type { LoadRequest, TakeBad } from './load-csv';
import { FILE_COLUMN } from './names';
import type { QuarantinedLine } from './quarantine';
import type { RawFile } from './raw-file';
import { readingOf } from './read-faults';
import { castReason } from './reject-words';

const perStep = 5000;

/** Reads JSON files, one object a line or one array of objects, into a table; what does not fit is kept apart. */
export async function loadJson(request: LoadRequest, takeBad: TakeBad): Promise<void> {
  const { session, source, files } = request;
  for (const [index, file] of files.entries()) {
    await readingOf(source, file.path, async () => {
      await stage(session, request.columns, await jsonObjects(session, file));
      const good = join([
        ...request.columns.map((column) => id(column.name)),
        sql`${index}::INTEGER AS ${id(FILE_COLUMN)}`,
      ]);
      const query = sql`SELECT ${good} FROM teal_json WHERE _teal_bad IS NULL ORDER BY _teal_line`;
      await session.run(
        index === 0
          ? sql`CREATE TABLE ${request.table} AS ${query}`
          : sql`INSERT INTO ${request.table} ${query}`,
      );
    });
    await takeStaged(request, file, takeBad);
  }
  await session.run(sql`DROP TABLE IF EXISTS temp.main.teal_json`);
}

/** Columns and types of JSON files as the engine finds them over all their rows. */
export async function jsonColumns(
  session: Session,
  source: SourceFile,
  files: readonly RawFile[],
): Promise<readonly ColumnType[]> {
  const paths = files.map((file) => file.absolute);
  const query = sql`SELECT * FROM read_json(${paths}, sample_size = -1, union_by_name = true, ignore_errors = true, convert_strings_to_integers = false)`;
  const strict = sql`SELECT * FROM read_json(${paths}, sample_size = -1, union_by_name = true)`;
  const first = files.length === 1 ? (files[0]?.path ?? '') : `A file of ${source.name}`;
  return session.describe(query).catch(() => readingOf(source, first, () => session.describe(strict)));
}

async function jsonObjects(session: Session, file: RawFile): Promise<Sql> {
  const [head = ''] = (await firstLines(session, file, { encoding: 'utf-8', limit: 100 })).filter(
    (line) => line.trim() !== '',
  );
  if (!head.trimStart().startsWith('[')) {
    return sql`SELECT row_number() OVER () AS _teal_line, line AS _teal_raw FROM (${lineReader(file.absolute, 'utf-8')})`;
  }
  return sql`SELECT row_number() OVER () AS _teal_line, json::VARCHAR AS _teal_raw
    FROM read_json_objects(${file.absolute}, format = 'array', maximum_object_size = 64000000)`;
}

// `_teal_bad` is the first column that does not fit, from 1; 0 for a line that is no object; NULL for a good one.
async function stage(session: Session, columns: readonly ColumnType[], lines: Sql): Promise<void> {
  const values = columns.map((column) => sql`${castOf(column)} AS ${id(column.name)}`);
  const misfits = columns.map((column, index) => {
    const found = member(column.name);
    return sql`WHEN ${castOf(column)} IS NULL AND coalesce(json_type(${found}), 'NULL') <> 'NULL' THEN ${index + 1}`;
  });
  await session.run(sql`
    CREATE OR REPLACE TEMP TABLE teal_json AS
    SELECT _teal_line, _teal_raw, ${join(values)},
      CASE WHEN _teal_doc IS NULL OR json_type(_teal_doc) <> 'OBJECT' THEN 0 ${join(misfits, ' ')} END AS _teal_bad
    FROM (SELECT *, CASE WHEN json_valid(_teal_raw) THEN _teal_raw::JSON END AS _teal_doc FROM (${lines}) WHERE trim(coalesce(_teal_raw, '')) <> '')`);
}

function member(name: string): Sql {
  return sql`json_extract(_teal_doc, ${`/${name.replaceAll('~', '~0').replaceAll('/', '~1')}`})`;
}

function castOf(column: ColumnType): Sql {
  if (familyOf(column.type) === 'text')
    return sql`json_extract_string(_teal_doc, ${`/${column.name.replaceAll('~', '~0').replaceAll('/', '~1')}`})`;
  return sql`TRY_CAST(${member(column.name)} AS ${columnType(column.type)})`;
}

async function takeStaged(request: LoadRequest, file: RawFile, takeBad: TakeBad): Promise<void> {
  const { session, columns } = request;
  const bad = authored('FROM teal_json WHERE _teal_bad IS NOT NULL');
  for (let last = -1; ; ) {
    const rows = await session.rows(
      sql`SELECT _teal_line AS line, _teal_raw AS raw, _teal_bad AS bad ${bad} AND _teal_line > ${last} ORDER BY _teal_line LIMIT ${perStep}`,
    );
    if (rows.length === 0) return;
    await takeBad(
      rows.map((row) =>
        toQuarantined(
          file.path,
          { line: numberOf(row, 'line'), raw: textOf(row, 'raw'), bad: numberOrNull(row, 'bad') ?? 0 },
          columns,
        ),
      ),
    );
    last = Number(rows.at(-1)?.line ?? last);
  }
}

function toQuarantined(
  file: string,
  row: { line: number; raw: string; bad: number },
  columns: readonly ColumnType[],
): QuarantinedLine {
  const at = { file, line: row.line, raw: row.raw };
  const column = columns[row.bad - 1];
  if (!column) return { ...at, column: '', reason: 'Not a JSON object', start: 0, end: row.raw.length };
  const { start, end } = memberSpan(row.raw, column.name);
  return {
    ...at,
    column: column.name,
    reason: castReason(column.type, row.raw.slice(start, end)),
    start,
    end,
  };
}

/** Where the value of a member stands in the text of an object; the whole text where it is not found. */
function memberSpan(raw: string, name: string): { start: number; end: number } {
  const key = raw.indexOf(JSON.stringify(name));
  const found =
    key < 0
      ? null
      : /^\s*:\s*("(?:[^"\\]|\\.)*"|[^,}\]]*)/.exec(raw.slice(key + JSON.stringify(name).length));
  if (!found?.[1]) return { start: 0, end: raw.length };
  const end = key + JSON.stringify(name).length + found[0].length;
  return { start: end - found[1].length, end };
}
