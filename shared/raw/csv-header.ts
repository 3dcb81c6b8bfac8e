import { fault } from '../base/errors';
import { textOrNull } from '../base/rows';
import type { Session } from '../engine/contract';
import type { SourceFile } from '../project/source-file';
import type { ColumnType } from '../release/types';
import { sql } from '../sql/sql';
import { csvDialect, lineReader } from './csv-reader';
import type { RawFile } from './raw-file';
import { readingOf } from './read-faults';
import { fieldsOf } from './split-line';

/** Files whose lines have the same columns in the same order, and so are read together. */
export interface FileGroup {
  /** the columns of the lines, also those that the source does not name */
  readonly columns: readonly ColumnType[];
  readonly files: readonly RawFile[];
}

// Small buffers: only the head of each of many files is wanted.
const headBytes = 1_000_000;

/** First lines of a text file, without line ends. */
export async function firstLines(
  session: Session,
  file: RawFile,
  more: { encoding: string; limit: number },
): Promise<readonly string[]> {
  const rows = await session.rows(
    sql`${lineReader(file.absolute, more.encoding, headBytes)} LIMIT ${more.limit}`,
  );
  return rows.map((row) => textOrNull(row, 'line') ?? '');
}

/** Reads each file's header and groups files by it; a column of the source that a file lacks is a `source.invalid` fault. */
export async function groupByHeader(
  session: Session,
  source: SourceFile,
  files: readonly RawFile[],
  columns: readonly ColumnType[],
): Promise<readonly FileGroup[]> {
  const dialect = csvDialect(source);
  if (!dialect.header) return [{ columns, files }];
  const groups = new Map<string, { columns: readonly ColumnType[]; files: RawFile[] }>();
  for (const file of files) {
    const first = { encoding: dialect.encoding, limit: 1 };
    const [header = ''] = await readingOf(source, file.path, () => firstLines(session, file, first));
    const names = fieldsOf(header, dialect).map((name) => name.trim());
    const fileColumns = header === '' ? columns : matchHeader(names, columns, { source, file });
    const group = groups.get(header) ?? { columns: fileColumns, files: [] };
    group.files.push(file);
    groups.set(header, group);
  }
  return [...groups.values()];
}

function matchHeader(
  names: readonly string[],
  columns: readonly ColumnType[],
  at: { source: SourceFile; file: RawFile },
): readonly ColumnType[] {
  const known = new Map(columns.map((column) => [column.name.toLowerCase(), column]));
  const missing = columns.find(
    (column) => !names.some((name) => name.toLowerCase() === column.name.toLowerCase()),
  );
  if (missing) {
    throw fault(
      'source.invalid',
      `${at.file.path} has no column ${missing.name}; its first line names ${names.slice(0, 20).join(', ')}.`,
      {
        place: { file: at.file.path, line: 1, source: at.source.name },
        kept: 'The file stays as it is; what was read before stays too.',
        remedy: `Correct delimiter, header or columns in sources/${at.source.name}.yaml.`,
      },
    );
  }
  const taken = new Set<string>();
  return names.map((name, index) => {
    const key = name.toLowerCase();
    const column = taken.has(key) ? undefined : known.get(key);
    taken.add(key);
    return (
      column ?? {
        name: taken.has(`${key}`) && known.has(key) ? `${name}_${index + 1}` : name || `column${index + 1}`,
        type: 'VARCHAR',
      }
    );
  });
}
