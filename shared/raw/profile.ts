import { numberOf, type Row, textOf, textOrNull } from '../base/rows';
import type { Session } from '../engine/contract';
import type { ColumnType } from '../release/types';
import { authored, id, join, type Sql, sql } from '../sql/sql';
import { familyOf } from './column-type';

/** What a column holds: `bins` are 12 counts of equal width, or shares of the most frequent values, up to 12 and then the rest. */
export interface ColumnProfile {
  readonly name: string;
  readonly type: string;
  readonly nulls: number;
  readonly distinct: number;
  readonly min: string | null;
  readonly max: string | null;
  readonly shape: 'histogram' | 'shares' | 'unique' | 'none';
  readonly bins: number[];
}

/** First facts of a column; `low` and `high` are its ends on a line of numbers, null where it has none. */
interface Base {
  readonly index: number;
  readonly column: ColumnType;
  readonly values: number;
  readonly distinct: number;
  readonly min: string | null;
  readonly max: string | null;
  readonly low: number | null;
  readonly high: number | null;
}

const BINS = 12;
const exactUpTo = 1_000_000;
const groupsUpTo = 200_000;

/**
 * Profiles columns of a relation over all its rows. Counts, ranges, bins and shares are exact. Above a million rows `distinct` is
 * an estimate, off by up to a tenth, for columns with more than 200,000 different values, and `unique` is still exact.
 */
export async function profileColumns(
  session: Session,
  relation: Sql,
  columns: readonly ColumnType[],
): Promise<readonly ColumnProfile[]> {
  if (columns.length === 0) return [];
  const [counted] = await session.rows(sql`SELECT count(*) AS n FROM ${relation}`);
  const rows = counted ? numberOf(counted, 'n') : 0;
  const bases = await readBases(session, relation, { columns, exact: rows <= exactUpTo });
  const isUnique = (base: Base) => base.values === rows && rows > 1 && base.distinct === rows;
  const histograms = await readHistograms(
    session,
    relation,
    bases.filter((base) => base.low !== null),
  );
  const shared = bases.filter(
    (base) => ['text', 'boolean'].includes(familyOf(base.column.type)) && base.values > 0 && !isUnique(base),
  );
  const shares = await readShares(session, relation, shared);
  return bases.map((base) => {
    const { name, type } = base.column;
    const { distinct, min, max } = base;
    const bins = histograms.get(base.index) ?? shares.get(base.index) ?? [];
    return {
      name,
      type,
      nulls: rows - base.values,
      distinct,
      min,
      max,
      shape: shapeOf(base, { isUnique: isUnique(base), histograms, shares }),
      bins,
    };
  });
}

function shapeOf(
  base: Base,
  found: {
    isUnique: boolean;
    histograms: ReadonlyMap<number, unknown>;
    shares: ReadonlyMap<number, unknown>;
  },
): ColumnProfile['shape'] {
  if (found.histograms.has(base.index)) return 'histogram';
  if (found.shares.has(base.index)) return 'shares';
  return found.isUnique ? 'unique' : 'none';
}

async function readBases(
  session: Session,
  relation: Sql,
  want: { columns: readonly ColumnType[]; exact: boolean },
): Promise<readonly Base[]> {
  const facts = want.columns.flatMap((column, index) => baseFacts(column, index, want.exact));
  const [row] = await session.rows(sql`SELECT ${join(facts)} FROM ${relation}`);
  const bases = want.columns.map((column, index): Base => toBase(row ?? {}, column, index));
  return want.exact ? bases : refine(session, relation, bases);
}

function baseFacts(column: ColumnType, index: number, exact: boolean): readonly Sql[] {
  const value = id(column.name);
  const as = (name: string) => id(`${name}${index}`);
  const hashed = familyOf(column.type) === 'other' ? sql`hash(${value})` : value;
  const present = sql`FILTER (${value} IS NOT NULL)`;
  const distinct = exact
    ? sql`count(DISTINCT ${hashed}) ${present}`
    : sql`approx_count_distinct(${hashed}) ${present}`;
  const facts = [sql`count(${value}) AS ${as('n')}`, sql`${distinct} AS ${as('d')}`];
  if (!isOrdered(column.type)) return facts;
  const ends = sql`left(min(${value})::VARCHAR, 200) AS ${as('min')}, left(max(${value})::VARCHAR, 200) AS ${as('max')}`;
  const axis = axisOf(column);
  return axis === null
    ? [...facts, ends]
    : [...facts, ends, sql`min(${axis}) AS ${as('low')}, max(${axis}) AS ${as('high')}`];
}

function isOrdered(type: string): boolean {
  return familyOf(type) !== 'other' || /^(UUID|TIME)\b/i.test(type);
}

/** A column's values on a line of numbers: times in seconds, without infinities; null where there is no such line. */
function axisOf(column: ColumnType): Sql | null {
  const value = id(column.name);
  const family = familyOf(column.type);
  if (family === 'moment' || family === 'date')
    return sql`CASE WHEN isfinite(${value}) THEN epoch(${value}) END`;
  if (family !== 'number') return null;
  return /^(DOUBLE|FLOAT|REAL)/i.test(column.type)
    ? sql`CASE WHEN isfinite(${value}) THEN ${value}::DOUBLE END`
    : sql`${value}::DOUBLE`;
}

function toBase(row: Row, column: ColumnType, index: number): Base {
  const number = (name: string) =>
    typeof row[`${name}${index}`] === 'number' ? numberOf(row, `${name}${index}`) : null;
  return {
    index,
    column,
    values: numberOf(row, `n${index}`),
    distinct: numberOf(row, `d${index}`),
    min: textOrNull(row, `min${index}`),
    max: textOrNull(row, `max${index}`),
    low: number('low'),
    high: number('high'),
  };
}

// An estimate is made exact where that is cheap, and where it decides whether all values differ.
async function refine(session: Session, relation: Sql, bases: readonly Base[]): Promise<readonly Base[]> {
  const near = bases.filter(
    (base) => base.distinct <= groupsUpTo || (!isTime(base) && base.distinct >= base.values * 0.8),
  );
  const exact = new Map<number, number>();
  for (const base of near) {
    const value =
      familyOf(base.column.type) === 'other' ? sql`hash(${id(base.column.name)})` : id(base.column.name);
    const [row] = await session.rows(
      sql`SELECT count(*) AS n FROM (SELECT DISTINCT ${value} AS value FROM ${relation} WHERE ${id(base.column.name)} IS NOT NULL)`,
    );
    if (row) exact.set(base.index, numberOf(row, 'n'));
  }
  return bases.map((base) => ({
    ...base,
    distinct: exact.get(base.index) ?? Math.min(base.distinct, base.values),
  }));
}

function isTime(base: Base): boolean {
  return ['moment', 'date'].includes(familyOf(base.column.type));
}

async function readHistograms(
  session: Session,
  relation: Sql,
  bases: readonly Base[],
): Promise<ReadonlyMap<number, number[]>> {
  const found = new Map(
    bases.map((base): [number, number[]] => [base.index, new Array<number>(BINS).fill(0)]),
  );
  if (bases.length === 0) return found;
  const branches = bases.map((base) => {
    const axis = axisOf(base.column) ?? authored('NULL::DOUBLE');
    const width = (base.high ?? 0) - (base.low ?? 0);
    const place =
      width > 0
        ? sql`least(${BINS - 1}, floor((${axis} - ${double(base.low ?? 0)}) / ${double(width)} * ${BINS}))::INTEGER`
        : authored('0');
    return sql`(SELECT ${base.index} AS field, ${place} AS bin, count(*) AS n FROM ${relation} WHERE ${axis} IS NOT NULL GROUP BY bin)`;
  });
  for (const row of await session.rows(join(branches, ' UNION ALL '))) {
    const bins = found.get(numberOf(row, 'field'));
    if (bins) bins[numberOf(row, 'bin')] = numberOf(row, 'n');
  }
  return found;
}

function double(value: number): Sql {
  return sql`${String(Number.isFinite(value) ? value : Number.MAX_VALUE)}::DOUBLE`;
}

async function readShares(
  session: Session,
  relation: Sql,
  bases: readonly Base[],
): Promise<ReadonlyMap<number, number[]>> {
  const found = new Map(bases.map((base): [number, number[]] => [base.index, []]));
  if (bases.length === 0) return found;
  const branches = bases.map((base) => {
    const value = id(base.column.name);
    return sql`(SELECT ${String(base.index)} AS field, count(*) AS n FROM ${relation} WHERE ${value} IS NOT NULL GROUP BY ${value} ORDER BY n DESC LIMIT ${BINS})`;
  });
  const rows = await session.rows(sql`SELECT * FROM (${join(branches, ' UNION ALL ')}) ORDER BY n DESC`);
  for (const row of rows) {
    const base = bases.find((one) => String(one.index) === textOf(row, 'field'));
    if (base) found.get(base.index)?.push(numberOf(row, 'n') / base.values);
  }
  for (const shares of found.values()) {
    const rest = 1 - shares.reduce((sum, share) => sum + share, 0);
    if (rest > 1e-9) shares.push(rest);
  }
  return found;
}
