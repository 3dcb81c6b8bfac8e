import { numberOf, textOf } from '../base/rows';
import { type Interval, normalise, subtract } from '../base/time';
import type { Session } from '../engine/contract';
import { type Sql, sql } from '../sql/sql';
import type { Edition, IntervalRecord } from './editions';
import type { Version, WarehouseState } from './types';

type Spans = Pick<IntervalRecord, 'done' | 'dev'>;

/** Reads editions, what is done of them, and the newest version of every line. */
export async function readLines(
  session: Session,
): Promise<Pick<WarehouseState, 'editions' | 'intervals' | 'heads'>> {
  const editions = new Map<string, Map<string, Edition>>();
  for (const row of await session.rows(sql`SELECT body FROM teal.edition ORDER BY model, id`)) {
    const edition = JSON.parse(textOf(row, 'body')) as Edition;
    const known = editions.get(edition.model) ?? new Map<string, Edition>();
    editions.set(edition.model, known.set(edition.print.id, edition));
  }
  const heads = new Map<string, Map<string, number>>();
  for (const row of await session.rows(sql`SELECT model, line, version FROM teal.head`)) {
    const known = heads.get(textOf(row, 'model')) ?? new Map<string, number>();
    heads.set(textOf(row, 'model'), known.set(textOf(row, 'line'), numberOf(row, 'version')));
  }
  return { editions, heads, intervals: await readDone(session) };
}

async function readDone(session: Session, model?: string): Promise<readonly IntervalRecord[]> {
  const only = model === undefined ? sql`` : sql` WHERE model = ${model}`;
  const rows = await session.rows(
    sql`SELECT model, line, dev_line, edition, body FROM teal.done${only} ORDER BY model, line, dev_line, edition`,
  );
  return rows.map((row) => ({
    model: textOf(row, 'model'),
    line: textOf(row, 'line'),
    devLine: textOf(row, 'dev_line'),
    edition: textOf(row, 'edition'),
    ...(JSON.parse(textOf(row, 'body')) as Spans),
  }));
}

/** Writes editions that are not there yet. */
export async function writeEditions(session: Session, editions: readonly Edition[]): Promise<void> {
  for (const edition of editions)
    await session.run(
      sql`INSERT OR IGNORE INTO teal.edition VALUES (${edition.model}, ${edition.print.id}, ${JSON.stringify(edition)})`,
    );
}

/**
 * Marks editions whose line has gone on otherwise: after a forward-only one is live, those that were not are spent, and the other way
 * round (SQLMesh: `unrestorable`). One that is live is not spent. Gives statements for the caller's transaction.
 */
export function spendEditions(
  editions: WarehouseState['editions'],
  live: Readonly<Record<string, string>>,
): readonly Sql[] {
  return Object.entries(live).flatMap(([model, id]) => {
    const known = editions.get(model);
    const now = known?.get(id);
    if (!known || !now) return [];
    const others = [...known.values()].filter(
      (edition) => edition.line === now.line && edition.forwardOnly !== now.forwardOnly && !edition.spent,
    );
    return [
      ...(now.spent ? [editionStatement({ ...now, spent: false })] : []),
      ...others.map((edition) => editionStatement({ ...edition, spent: true })),
    ];
  });
}

function editionStatement(edition: Edition): Sql {
  return sql`UPDATE teal.edition SET body = ${JSON.stringify(edition)} WHERE model = ${edition.model} AND id = ${edition.print.id}`;
}

/** Adds to what is done; inside the caller's transaction. */
export async function addDone(session: Session, record: IntervalRecord): Promise<void> {
  const same = (await readDone(session, record.model)).find((known) => keyOf(known) === keyOf(record));
  await writeDone(session, {
    ...record,
    done: normalise([...(same?.done ?? []), ...record.done]),
    dev: normalise([...(same?.dev ?? []), ...record.dev]),
  });
}

/** Takes a span out of all records of a line. */
export async function clearDone(
  session: Session,
  cleared: { readonly model: string; readonly line: string; readonly span: Interval },
): Promise<void> {
  for (const record of await readDone(session, cleared.model)) {
    if (record.line !== cleared.line) continue;
    await writeDone(session, { ...record, done: subtract(record.done, [cleared.span]) });
  }
}

/** A version that prod is moved to, with the edition that it is of. */
interface Moved {
  readonly edition: Edition;
  readonly version: Version;
}

/**
 * Makes the lines of models go on from the versions that prod is moved to: these are their newest, and what these cover is what is
 * done of them. A table that is not kept by time was computed from what there was: where what it reads has a hole, it is done up to
 * there, so that it is computed again once the hole is filled. What only other environments see of a line stays. Gives statements for
 * the caller's transaction.
 */
export async function goOnFrom(session: Session, moved: readonly Moved[]): Promise<readonly Sql[]> {
  const records = await readDone(session);
  const byName = new Map(moved.map((one) => [one.edition.model, one]));
  return moved.flatMap(({ edition, version }) => {
    const { model, line, devLine } = edition;
    const mine = records.filter((record) => record.model === model && record.line === line);
    const own: IntervalRecord = { model, line, devLine, edition: edition.print.id, done: [], dev: [] };
    const { dev } = mine.find((record) => keyOf(record) === keyOf(own)) ?? own;
    return [
      ...(version.line === line ? [] : [lineStatement({ ...version, line })]),
      headStatement({ model, line, version: version.number }),
      ...mine
        .filter((record) => record.done.length > 0)
        .map((record) => doneStatement({ ...record, done: [] })),
      doneStatement({ ...own, done: doneOf(version, firstHole(edition.model, byName)), dev }),
    ];
  });
}

function doneOf(version: Version, hole: number): readonly Interval[] {
  return version.time
    ? version.covered
    : subtract(version.covered, [{ from: hole, to: Number.MAX_SAFE_INTEGER }]);
}

/** Where the history of a model, or of what it was computed from, is broken off for the first time; infinite where it is whole. */
function firstHole(model: string, moved: ReadonlyMap<string, Moved>): number {
  const found = moved.get(model);
  if (!found) return Number.POSITIVE_INFINITY;
  const { covered, time } = found.version;
  const own = covered.length > 1 && covered[0] ? covered[0].to : Number.POSITIVE_INFINITY;
  if (time) return own;
  return Math.min(own, ...Object.keys(found.edition.parents).map((parent) => firstHole(parent, moved)));
}

function lineStatement(version: Version): Sql {
  return sql`UPDATE teal.version SET body = ${JSON.stringify(version)} WHERE model = ${version.model} AND number = ${version.number}`;
}

/** Says which version of a line is its newest. */
export async function writeHead(
  session: Session,
  head: { readonly model: string; readonly line: string; readonly version: number },
): Promise<void> {
  await session.run(headStatement(head));
}

function headStatement(head: {
  readonly model: string;
  readonly line: string;
  readonly version: number;
}): Sql {
  return sql`INSERT OR REPLACE INTO teal.head VALUES (${head.model}, ${head.line}, ${head.version})`;
}

async function writeDone(session: Session, record: IntervalRecord): Promise<void> {
  await session.run(doneStatement(record));
}

function doneStatement(record: IntervalRecord): Sql {
  const spans: Spans = { done: record.done, dev: record.dev };
  return sql`INSERT OR REPLACE INTO teal.done VALUES (${record.model}, ${record.line}, ${record.devLine}, ${record.edition}, ${JSON.stringify(spans)})`;
}

function keyOf({ model, line, devLine, edition }: IntervalRecord): string {
  return [model, line, devLine, edition].join(' ');
}
