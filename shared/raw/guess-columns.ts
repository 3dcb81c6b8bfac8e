import { numberOf, type Row } from '../base/rows';
import type { Session } from '../engine/contract';
import type { SourceFile } from '../project/source-file';
import type { ColumnType } from '../release/types';
import { id, join, type Sql, sql } from '../sql/sql';
import { firstLines } from './csv-header';
import { csvDialect, csvReader, LONGEST_LINE } from './csv-reader';
import type { RawFile } from './raw-file';
import { nothingLoaded, readingOf } from './read-faults';
import { fieldsOf } from './split-line';

/** A type that a column of text may be read as, and the condition that a value fits it. */
interface Candidate {
  readonly name: 'boolean' | 'integer' | 'decimal' | 'double' | 'date' | 'timestamp';
  readonly fits: (value: Sql) => Sql;
}

// Numbers with leading zeros are codes, not numbers.
const candidates: readonly Candidate[] = [
  { name: 'boolean', fits: (value) => sql`lower(${value}) IN ('true', 'false')` },
  { name: 'integer', fits: (value) => sql`regexp_full_match(${value}, '[+-]?(0|[1-9][0-9]{0,17})')` },
  {
    name: 'decimal',
    fits: (value) => sql`regexp_full_match(${value}, '[+-]?(0|[1-9][0-9]{0,11})([.][0-9]{1,6})?')`,
  },
  {
    name: 'double',
    fits: (value) =>
      sql`(isfinite(TRY_CAST(${value} AS DOUBLE)) AND NOT regexp_matches(${value}, '^[+-]?0[0-9]'))`,
  },
  {
    name: 'date',
    fits: (value) => sql`(length(${value}) <= 10 AND TRY_CAST(${value} AS DATE) IS NOT NULL)`,
  },
  {
    name: 'timestamp',
    fits: (value) => sql`(length(${value}) >= 8 AND TRY_CAST(${value} AS TIMESTAMP) IS NOT NULL)`,
  },
];

const sampleLines = 20_000;
const enoughInSample = 0.9;
const enough = 0.98;

/** Names and types of CSV files without a stated schema: over all lines, a type that at least 98 of 100 values fit; the rest is kept apart when the files are read. */
export async function guessCsvColumns(
  session: Session,
  source: SourceFile,
  files: readonly RawFile[],
): Promise<readonly ColumnType[]> {
  const names = await columnNames(session, source, files);
  const texts = names.map((name) => ({ name, type: 'VARCHAR' }));
  const lines = sql`(SELECT * FROM read_csv(${csvReader(
    files.map((file) => file.absolute),
    texts,
    source,
  )}, ignore_errors = true, max_line_size = ${LONGEST_LINE}))`;
  const all = names.map((name) => ({ name, candidates }));
  return readingOf(source, files[0]?.path ?? '', async () => {
    const sample = await count(session, all, sql`(SELECT * FROM ${lines} LIMIT ${sampleLines})`);
    const likely = names.map((name, index) => ({
      name,
      candidates: candidates.filter((one) => share(sample, index, one) >= enoughInSample),
    }));
    const whole = await count(session, likely, lines);
    return names.map((name, index) => ({
      name,
      type: typeOf(whole, index, likely[index]?.candidates ?? []),
    }));
  });
}

async function columnNames(
  session: Session,
  source: SourceFile,
  files: readonly RawFile[],
): Promise<readonly string[]> {
  const dialect = csvDialect(source);
  const [file] = files;
  const first = { encoding: dialect.encoding, limit: 1 };
  const [line] = file ? await readingOf(source, file.path, () => firstLines(session, file, first)) : [];
  if (line === undefined) throw nothingLoaded(source, file?.path ?? source.name, 'it is empty');
  const fields = fieldsOf(line, dialect).map((field) => field.trim());
  const names = dialect.header ? fields : fields.map(() => '');
  return names.map((name, index) => {
    const known = names.slice(0, index).some((other) => other.toLowerCase() === name.toLowerCase());
    if (name === '') return `column${index + 1}`;
    return known ? `${name}_${index + 1}` : name;
  });
}

async function count(
  session: Session,
  columns: readonly { name: string; candidates: readonly Candidate[] }[],
  lines: Sql,
): Promise<Row> {
  const counts = columns.flatMap(({ name, candidates: tried }, index) => {
    const value = id(name);
    const scale = sql`max(length(split_part(${value}, '.', 2))) FILTER (${decimalFits(value)}) AS ${id(`scale${index}`)}`;
    const widest = sql`max(abs(TRY_CAST(${value} AS HUGEINT))) > 2147483647 AS ${id(`big${index}`)}`;
    const fits = tried.map(
      (one) => sql`count(*) FILTER (${one.fits(value)}) AS ${id(`${one.name}${index}`)}`,
    );
    const numeric = tried.some((one) => one.name === 'integer' || one.name === 'decimal');
    return [sql`count(${value}) AS ${id(`n${index}`)}`, ...fits, ...(numeric ? [scale, widest] : [])];
  });
  const [row] = await session.rows(sql`SELECT ${join(counts)} FROM ${lines}`);
  return row ?? {};
}

function decimalFits(value: Sql): Sql {
  return sql`regexp_full_match(${value}, '[+-]?[0-9]+[.][0-9]{1,6}')`;
}

function share(row: Row, index: number, candidate: Candidate): number {
  const values = numberOf(row, `n${index}`);
  return values === 0 ? 0 : numberOf(row, `${candidate.name}${index}`) / values;
}

function typeOf(row: Row, index: number, tried: readonly Candidate[]): string {
  const best = Math.max(0, ...tried.map((candidate) => share(row, index, candidate)));
  // Exact numbers rather than approximate ones, though one value in a thousand may be written as the latter.
  const near = (candidate: Candidate) =>
    best - share(row, index, candidate) <= (candidate.name === 'decimal' ? 0.001 : 0);
  const found = tried.find((candidate) => best >= enough && near(candidate));
  switch (found?.name) {
    case 'boolean':
      return 'BOOLEAN';
    case 'integer':
      return row[`big${index}`] === true ? 'BIGINT' : 'INTEGER';
    case 'decimal':
      return `DECIMAL(18,${Math.max(1, Number(row[`scale${index}`] ?? 2))})`;
    case 'double':
      return 'DOUBLE';
    case 'date':
      return 'DATE';
    case 'timestamp':
      return 'TIMESTAMP';
    default:
      return 'VARCHAR';
  }
}
