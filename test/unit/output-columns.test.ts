import { describe, expect, it } from 'vitest';
import { spellOutStars } from '../../shared/sql/output-columns';

const tables: Readonly<Record<string, readonly string[]>> = { 'm.a': ['x', 'y'], 'm.b': ['z'] };
const columns = (text: string) => spellOutStars(text, (name) => tables[name] ?? null).columns;

describe('the columns that a query gives', () => {
  it.each([
    ['select a, b.c, 1 as d, sum(x) total, "E f" from m.a', ['a', 'c', 'd', 'total', 'E f']],
    ['select * from m.a', ['x', 'y']],
    ['from m.a', ['x', 'y']],
    ['select a.*, b.z from m.a as a join m.b b on a.x = b.z', ['x', 'y', 'z']],
    ['select * exclude (x) from m.a', ['y']],
    ['with c as (select * from m.a) select *, 2 as n from c', ['x', 'y', 'n']],
    ['with c(p, q) as (select * from m.a) select * from c', ['p', 'q']],
    ['select * from (select x from m.a union all select z from m.b) as s', ['x']],
    ['select x::int, count(*), case when x then 1 end from m.a', ['x', '_col_1', '_col_2']],
    ['select * from (values (1, 2)) as t(i, j)', ['i', 'j']],
    ['select distinct on (x) x, y from m.a', ['x', 'y']],
    [
      'with recursive s as (select 1 as n union all select n + 1 from s) select s.n, count(*) from s',
      ['n', '_col_1'],
    ],
    [
      "select 1, 'a b', 4::bigint, date '2024-01-01', max(3) from m.a",
      ['1', 'a b', '4', '2024-01-01', '_col_4'],
    ],
    ["select t.x, sum(t.y) from read_csv('a.csv') as t group by 1", ['x', '_col_1']],
    ["select x::int as x, case when y is null then 0 else z end as w from read_csv('a.csv')", ['x', 'w']],
    ["select x, count(*) from m.a join read_csv('a.csv') as t on true group by x", ['x', '_col_1']],
  ])('%s', (text, expected) => {
    expect(columns(text)).toEqual(expected);
  });

  it.each([
    "select * from read_csv('a.csv')",
    'select * from unknown.table',
    'select x, x from m.a',
    'select * from m.a, other',
    "with c as (select * from 'a.csv') select * from c",
    // The engine names what has no name where a column may be of any table.
    "select x, sum(y) from read_csv('a.csv') group by 1",
    "with c as (select x from read_csv('a.csv')) select c.x + 1 from c",
    "select m.*, t from m.a as m join read_csv('a.csv') as r on true",
  ])('are not known of %s', (text) => {
    expect(columns(text)).toBeNull();
  });

  it('stand in place of a star', () => {
    expect(spellOutStars('select a.* from m.a as a', (name) => tables[name] ?? null).text).toBe(
      'select a."x", a."y" from m.a as a',
    );
  });
});
