import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ColumnProfile as WireProfile } from '../../shared/protocol/views/common';
import { type ColumnProfile, profileColumns } from '../../shared/raw/profile';
import { authored, id, sql } from '../../shared/sql/sql';
import { type Bench, openBench } from './support';

let bench: Bench;
beforeAll(async () => {
  bench = await openBench();
});
afterAll(() => bench.close());

async function profile(query: string): Promise<Record<string, ColumnProfile>> {
  await bench.session.run(sql`CREATE OR REPLACE TABLE p AS ${authored(query)}`);
  const columns = await bench.session.describe(sql`FROM p`);
  const found: readonly WireProfile[] = await profileColumns(bench.session, id('p'), columns);
  return Object.fromEntries(found.map((one) => [one.name, one]));
}

describe('the profile of a column', () => {
  it('of numbers and times has 12 bins of equal width', async () => {
    const found =
      await profile(`SELECT (i % 12)::INTEGER AS n, DATE '2025-01-01' + (i % 12)::INTEGER AS d, (i % 12)::DECIMAL(9,2) AS m,
      TIMESTAMP '2025-01-01' + INTERVAL (i) MINUTE AS t, 5 AS same FROM range(120) r(i)`);
    const even = new Array(12).fill(10);
    expect(found.n).toEqual({
      name: 'n',
      type: 'INTEGER',
      nulls: 0,
      distinct: 12,
      min: '0',
      max: '11',
      shape: 'histogram',
      bins: even,
    });
    expect(found.d).toMatchObject({ min: '2025-01-01', max: '2025-01-12', bins: even });
    expect(found.m).toMatchObject({ min: '0.00', max: '11.00', bins: even });
    expect(found.t).toMatchObject({ distinct: 120, shape: 'histogram', bins: even });
    expect(found.same).toMatchObject({ bins: [120, ...new Array(11).fill(0)] });
  });

  it('of texts and truths has shares of the most frequent, then the rest', async () => {
    const found =
      await profile(`SELECT CASE WHEN i < 50 THEN 'a' WHEN i < 75 THEN 'b' WHEN i < 80 THEN NULL ELSE 'c' END AS few,
      'v' || (i % 40) AS many, i < 25 AS truth, 'k' || i AS k, NULL::VARCHAR AS none FROM range(100) r(i)`);
    expect(found.few).toMatchObject({ nulls: 5, distinct: 3, shape: 'shares' });
    expect(found.few?.bins.map((share) => Math.round(share * 95))).toEqual([50, 25, 20]);
    expect(found.many?.bins).toHaveLength(13);
    expect(found.many?.bins.reduce((sum, share) => sum + share, 0)).toBeCloseTo(1);
    expect(found.truth).toMatchObject({ distinct: 2, shape: 'shares', bins: [0.75, 0.25] });
    expect(found.k).toMatchObject({ distinct: 100, shape: 'unique', bins: [], min: 'k0', max: 'k99' });
    expect(found.none).toMatchObject({ nulls: 100, distinct: 0, shape: 'none', min: null, max: null });
  });

  it('of every other type is none, with nulls and distinct values', async () => {
    const found =
      await profile(`SELECT [i % 3] AS l, {'a': i % 3} AS s, MAP {'k': i % 3} AS m, (i % 3)::VARCHAR::BLOB AS b, TIME '10:00:00' AS t,
      INTERVAL (i % 3) DAY AS v, '101'::BIT AS bits, ('{"a":' || (i % 3) || '}')::JSON AS j, uuid() AS u,
      (CASE i % 2 WHEN 0 THEN 'x' ELSE 'y' END)::ENUM('x', 'y') AS e, (i % 2)::TINYINT AS tiny, (i * 1e20)::HUGEINT AS h FROM range(30) r(i)`);
    expect(
      ['l', 's', 'm', 'b', 'v', 'j'].map((name) => [
        found[name]?.shape,
        found[name]?.distinct,
        found[name]?.min,
      ]),
    ).toEqual(new Array(6).fill(['none', 3, null]));
    expect(found.t).toMatchObject({ shape: 'none', min: '10:00:00' });
    expect(found.bits).toMatchObject({ shape: 'none', distinct: 1 });
    expect(found.u).toMatchObject({ shape: 'unique', distinct: 30 });
    expect(found.e).toMatchObject({ shape: 'shares', bins: [0.5, 0.5] });
    expect(found.h).toMatchObject({ shape: 'histogram', distinct: 30, max: '2900000000000000000000' });
  });

  it('leaves infinities and NaN out of the bins', async () => {
    const found =
      await profile(`SELECT unnest([1.0, 2.0, 'inf'::DOUBLE, '-inf'::DOUBLE, 'nan'::DOUBLE, 1e308, -1e308, NULL]) AS f,
      unnest([TIMESTAMP '2025-01-01', 'infinity'::TIMESTAMP, NULL, NULL, NULL, NULL, NULL, NULL]) AS t`);
    expect(found.f).toMatchObject({ nulls: 1, shape: 'histogram' });
    expect(found.f?.bins.reduce((sum, n) => sum + n, 0)).toBe(4);
    expect(found.t?.bins.reduce((sum, n) => sum + n, 0)).toBe(1);
  });

  it('of no rows and of odd names is still one', async () => {
    const found = await profile(
      `SELECT 1 AS "a ""b"" 'c'", 'x' AS "select", DATE '2025-01-01' AS d WHERE false`,
    );
    expect(found['a "b" \'c\'']).toMatchObject({ nulls: 0, distinct: 0, shape: 'none', bins: [] });
  });

  it('of two million rows is exact in counts, bins and what is unique', async () => {
    const found =
      await profile(`SELECT i AS k, 'id' || i AS t, (i % 12)::INTEGER AS n, CASE WHEN i = 5 THEN 4 ELSE i END AS nearly,
      'v' || (i % 4) AS v FROM range(2000000) r(i)`);
    expect(found.t).toMatchObject({ distinct: 2_000_000, shape: 'unique' });
    expect(found.nearly).toMatchObject({ distinct: 1_999_999 });
    expect(found.n?.bins.reduce((sum, n) => sum + n, 0)).toBe(2_000_000);
    expect(found.v).toMatchObject({ distinct: 4, bins: [0.25, 0.25, 0.25, 0.25] });
  });
});
