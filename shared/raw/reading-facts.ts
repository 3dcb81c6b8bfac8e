import { numberOf, textOf } from '../base/rows';
import { DAY } from '../base/time';
import type { Session } from '../engine/contract';
import type { SourceFile } from '../project/source-file';
import type { Snapshot } from '../release/types';
import { columnList, id, sql } from '../sql/sql';
import { csvDialect, lineReader } from './csv-reader';
import { snapshotViewName } from './names';
import type { ColumnProfile } from './profile';
import { momentOf } from './raw-file';

/** What stands behind the way a source was read, counted in its rows and lines. */
export interface ReadingFacts {
  readonly read: number;
  readonly columns: readonly ColumnProfile[];
  /** lines kept apart, by reason */
  readonly reasons: ReadonlyMap<string, number>;
  /** lines in which the quote stands; null where they were not counted */
  readonly quotedLines: number | null;
  /** whole days in UTC from first to last, and those of them without a row */
  readonly days: { readonly all: number; readonly empty: number } | null;
  /** rows whose key another row has too: of the source's key, else of the column that comes nearest to one */
  readonly repeated: { readonly columns: readonly string[]; readonly rows: number } | null;
}

export interface FactsRequest {
  readonly session: Session;
  readonly source: SourceFile;
  readonly snapshot: Snapshot;
  readonly profile: readonly ColumnProfile[];
  /** the absolute path of a kept file */
  readonly resolve: (kept: string) => string;
}

// Counting lines with a quote reads the file once more.
const countedUpTo = 512 * 1024 ** 2;

/** Counts what `readingChoices` says about a snapshot. */
export async function readingFacts(request: FactsRequest): Promise<ReadingFacts> {
  const { session, snapshot, profile } = request;
  const rows = await session.rows(
    sql`SELECT reason, count(*) AS n FROM teal.quarantine WHERE snapshot = ${snapshot.id} GROUP BY reason ORDER BY n DESC, reason`,
  );
  return {
    read: snapshot.rows + snapshot.quarantined,
    columns: profile,
    reasons: new Map(rows.map((row) => [textOf(row, 'reason'), numberOf(row, 'n')])),
    quotedLines: await countQuoted(request),
    days: await countDays(request),
    repeated: await countRepeated(request),
  };
}

async function countQuoted({ session, source, snapshot, resolve }: FactsRequest): Promise<number | null> {
  const { quote, encoding } = csvDialect(source);
  const bytes = snapshot.files.reduce((sum, file) => sum + file.bytes, 0);
  if (source.format !== 'csv' || quote === '' || bytes > countedUpTo) return null;
  let lines = 0;
  for (const file of snapshot.files) {
    const [row] = await session.rows(
      sql`SELECT count(*) AS n FROM (${lineReader(resolve(file.kept), encoding)}) WHERE contains(line, ${quote})`,
    );
    lines += row ? numberOf(row, 'n') : 0;
  }
  return lines;
}

async function countDays({ session, source, snapshot }: FactsRequest): Promise<ReadingFacts['days']> {
  if (!source.time_column) return null;
  const time = momentOf(snapshot.columns, source.time_column);
  const [row] = await session.rows(sql`
    SELECT count(DISTINCT day) AS days, epoch_ms(min(day)) AS first, epoch_ms(max(day)) AS last
    FROM (SELECT date_trunc('day', ${time})::TIMESTAMP AS day FROM ${id(...snapshotViewName(source.name, snapshot.id))} WHERE isfinite(${time}))`);
  if (!row || row.first === null) return null;
  const all = Math.round((numberOf(row, 'last') - numberOf(row, 'first')) / DAY) + 1;
  return { all, empty: all - numberOf(row, 'days') };
}

async function countRepeated({
  session,
  source,
  snapshot,
  profile,
}: FactsRequest): Promise<ReadingFacts['repeated']> {
  const key = source.key.length > 0 ? source.key : nearestKey(profile, snapshot.rows);
  if (key.length === 0) return null;
  const [row] = await session.rows(sql`
    SELECT count(*) AS n FROM (SELECT DISTINCT ${columnList(key)} FROM ${id(...snapshotViewName(source.name, snapshot.id))})`);
  return { columns: key, rows: snapshot.rows - (row ? numberOf(row, 'n') : 0) };
}

// A key holds no nulls, and is no measure or time.
function nearestKey(profile: readonly ColumnProfile[], rows: number): readonly string[] {
  const fit = profile.filter(
    (column) => column.nulls === 0 && !/^(DOUBLE|FLOAT|DECIMAL|DATE|TIME)/.test(column.type),
  );
  const [best] = fit.toSorted((a, b) => b.distinct - a.distinct);
  return best && best.distinct > rows / 2 ? [best.name] : [];
}
