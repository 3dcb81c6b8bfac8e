import type { ContractQuery } from './types';

/** Joins, windows, groups, sets: what queries give. */
export const relationQueries: readonly ContractQuery[] = [
  {
    name: 'null arithmetic and comparison',
    sql: `
      SELECT NULL + 1 AS a, NULL = NULL AS b, NULL IS NOT DISTINCT FROM NULL AS c, coalesce(NULL, 2) AS
      d, nullif(1, 1) AS e`,
    rows: [[null, null, true, 2, null]],
  },
  {
    name: 'case',
    sql: `
      SELECT i, CASE WHEN i % 15 = 0 THEN 'fizzbuzz' WHEN i % 3 = 0 THEN 'fizz' WHEN i % 5 = 0 THEN
      'buzz' END AS f FROM (VALUES (1), (3), (5), (15)) v(i) ORDER BY i`,
    rows: [
      [1, null],
      [3, 'fizz'],
      [5, 'buzz'],
      [15, 'fizzbuzz'],
    ],
  },
  {
    name: 'case of a value',
    sql: `SELECT CASE 2 WHEN 1 THEN 'one' WHEN 2 THEN 'two' ELSE 'many' END AS a`,
    rows: [['two']],
  },
  {
    name: 'order of nulls',
    sql: 'SELECT x FROM (VALUES (2), (NULL), (1)) v(x) ORDER BY x',
    rows: [[1], [2], [null]],
  },
  {
    name: 'order of nulls when said',
    sql: 'SELECT x FROM (VALUES (2), (NULL), (1)) v(x) ORDER BY x DESC NULLS FIRST',
    rows: [[null], [2], [1]],
  },
  {
    name: 'window sum and rank',
    sql: `
      SELECT g, x, sum(x) OVER (PARTITION BY g ORDER BY x) AS s, rank() OVER (ORDER BY g) AS r FROM
      (VALUES ('a', 1), ('a', 2), ('b', 3)) v(g, x) ORDER BY g, x`,
    rows: [
      ['a', 1, '1', '1'],
      ['a', 2, '3', '1'],
      ['b', 3, '3', '3'],
    ],
  },
  {
    name: 'window frame by range of days',
    sql: `
      SELECT d, sum(x) OVER (ORDER BY d RANGE BETWEEN INTERVAL 1 DAY PRECEDING AND CURRENT ROW) AS s
      FROM (VALUES (DATE '2025-01-01', 1), (DATE '2025-01-02', 2), (DATE '2025-01-04', 4)) v(d, x) ORDER
      BY d`,
    rows: [
      ['2025-01-01', '1'],
      ['2025-01-02', '3'],
      ['2025-01-04', '4'],
    ],
  },
  {
    name: 'window with exclude',
    sql: `
      SELECT x, sum(x) OVER (ORDER BY x ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING EXCLUDE
      CURRENT ROW) AS s FROM (VALUES (1), (2), (3)) v(x) ORDER BY x`,
    rows: [
      [1, '5'],
      [2, '4'],
      [3, '3'],
    ],
  },
  {
    name: 'named window',
    sql: `
      SELECT x, lag(x) OVER w AS a, lead(x, 1, 0) OVER w AS b FROM (VALUES (1), (2), (3)) v(x) WINDOW w
      AS (ORDER BY x) ORDER BY x`,
    rows: [
      [1, null, 2],
      [2, 1, 3],
      [3, 2, 0],
    ],
  },
  {
    name: 'ignore nulls',
    sql: `
      SELECT i, last_value(x IGNORE NULLS) OVER (ORDER BY i) AS filled FROM (VALUES (1, 10), (2, NULL),
      (3, 30), (4, NULL)) v(i, x) ORDER BY i`,
    rows: [
      [1, 10],
      [2, 10],
      [3, 30],
      [4, 30],
    ],
  },
  {
    name: 'ntile and percent_rank',
    sql: `
      SELECT x, ntile(2) OVER (ORDER BY x) AS n, percent_rank() OVER (ORDER BY x) AS p FROM (VALUES (1),
      (2), (3)) v(x) ORDER BY x`,
    rows: [
      [1, '1', 0],
      [2, '1', 0.5],
      [3, '2', 1],
    ],
  },
  {
    name: 'qualify',
    sql: `
      SELECT k, ts FROM (VALUES (1, 1), (1, 3), (2, 2)) v(k, ts) QUALIFY row_number() OVER (PARTITION BY
      k ORDER BY ts DESC) = 1 ORDER BY k`,
    rows: [
      [1, 3],
      [2, 2],
    ],
  },
  {
    name: 'asof join',
    sql: `
      SELECT t.ts, p.price FROM (VALUES (2), (5), (9)) t(ts) ASOF JOIN (VALUES (1, 10), (5, 20))
      p(since, price) ON t.ts >= p.since ORDER BY t.ts`,
    rows: [
      [2, 10],
      [5, 20],
      [9, 20],
    ],
  },
  {
    name: 'asof left join',
    sql: `
      SELECT t.ts, p.price FROM (VALUES (0), (6)) t(ts) ASOF LEFT JOIN (VALUES (1, 10), (5, 20))
      p(since, price) ON t.ts >= p.since ORDER BY t.ts`,
    rows: [
      [0, null],
      [6, 20],
    ],
  },
  {
    name: 'joins',
    sql: `
      SELECT a.i, b.j FROM (VALUES (1), (2)) a(i) FULL JOIN (VALUES (2), (3)) b(j) ON a.i = b.j ORDER BY
      a.i NULLS LAST, b.j`,
    rows: [
      [1, null],
      [2, 2],
      [null, 3],
    ],
  },
  {
    name: 'semi and anti join',
    sql: `
      SELECT i, 'in' AS side FROM (VALUES (1), (2)) a(i) SEMI JOIN (VALUES (2)) b(i) USING (i) UNION ALL
      SELECT i, 'out' FROM (VALUES (1), (2)) a(i) ANTI JOIN (VALUES (2)) b(i) USING (i) ORDER BY i`,
    rows: [
      [1, 'out'],
      [2, 'in'],
    ],
  },
  {
    name: 'positional join',
    sql: `SELECT * FROM (VALUES (1), (2)) a(i) POSITIONAL JOIN (VALUES ('x'), ('y')) b(s)`,
    rows: [
      [1, 'x'],
      [2, 'y'],
    ],
  },
  {
    name: 'pivot',
    sql: `
      PIVOT (FROM (VALUES (2024, 'a', 1), (2024, 'b', 2), (2025, 'a', 3)) v(y, k, x)) ON k IN ('a', 'b')
      USING sum(x) GROUP BY y ORDER BY y`,
    rows: [
      [2024, '1', '2'],
      [2025, '3', null],
    ],
  },
  {
    name: 'unpivot',
    sql: `
      SELECT * FROM (UNPIVOT (SELECT 1 AS id, 10 AS jan, 20 AS feb) ON jan, feb INTO NAME month VALUE
      amount) ORDER BY month`,
    rows: [
      [1, 'feb', 20],
      [1, 'jan', 10],
    ],
  },
  {
    name: 'group by all',
    sql: `
      SELECT g, x > 1 AS big, count(*) AS n FROM (VALUES ('a', 1), ('a', 2), ('a', 3)) v(g, x) GROUP BY
      ALL ORDER BY ALL`,
    rows: [
      ['a', false, '1'],
      ['a', true, '2'],
    ],
  },
  {
    name: 'grouping sets',
    sql: `
      SELECT g, h, grouping(g, h) AS level, sum(x) AS s FROM (VALUES ('a', 'p', 1), ('a', 'q', 2), ('b',
      'p', 4)) v(g, h, x) GROUP BY GROUPING SETS ((g, h), (g), ()) ORDER BY level, g, h`,
    rows: [
      ['a', 'p', '0', '1'],
      ['a', 'q', '0', '2'],
      ['b', 'p', '0', '4'],
      ['a', null, '1', '3'],
      ['b', null, '1', '4'],
      [null, null, '3', '7'],
    ],
  },
  {
    name: 'rollup',
    sql: `
      SELECT g, count(*) AS n FROM (VALUES ('a'), ('a'), ('b')) v(g) GROUP BY ROLLUP (g) ORDER BY g
      NULLS LAST`,
    rows: [
      ['a', '2'],
      ['b', '1'],
      [null, '3'],
    ],
  },
  {
    name: 'cube',
    sql: `
      SELECT a, b, count(*) AS n FROM (VALUES (1, 2), (1, 3)) v(a, b) GROUP BY CUBE (a, b) ORDER BY a
      NULLS LAST, b NULLS LAST`,
    rows: [
      [1, 2, '1'],
      [1, 3, '1'],
      [1, null, '2'],
      [null, 2, '1'],
      [null, 3, '1'],
      [null, null, '2'],
    ],
  },
  {
    name: 'filter',
    sql: `
      SELECT count(*) FILTER (WHERE x > 1) AS a, sum(x) FILTER (x = 9) AS b FROM (VALUES (1), (2), (3))
      v(x)`,
    rows: [['2', null]],
  },
  {
    name: 'having',
    sql: `
      SELECT g, sum(x) AS s FROM (VALUES ('a', 1), ('b', 2), ('b', 3)) v(g, x) GROUP BY g HAVING sum(x)
      > 1`,
    rows: [['b', '5']],
  },
  {
    name: 'ordered aggregates',
    sql: `
      SELECT string_agg(s, ',' ORDER BY s DESC) AS a, list(s ORDER BY s) AS b, first(s ORDER BY s) AS c
      FROM (VALUES ('x'), ('z'), ('y')) v(s)`,
    rows: [['z,y,x', ['x', 'y', 'z'], 'x']],
  },
  {
    name: 'arg_max and count distinct',
    sql: `
      SELECT arg_max(name, x) AS a, arg_min(name, x) AS b, count(DISTINCT name) AS c FROM (VALUES ('p',
      1), ('q', 3), ('p', 2)) v(name, x)`,
    rows: [['q', 'p', '2']],
  },
  {
    name: 'statistics',
    sql: `
      SELECT median(x) AS a, quantile_cont(x, 0.25) AS b, mode(x) AS c, round(stddev_pop(x), 6) AS d
      FROM (VALUES (1), (2), (2), (5)) v(x)`,
    rows: [[2, 1.75, 2, 1.5]],
  },
  {
    name: 'recursive cte',
    sql: `
      WITH RECURSIVE t(n, f) AS (SELECT 1, 1 UNION ALL SELECT n + 1, f * (n + 1) FROM t WHERE n < 5)
      SELECT n, f FROM t ORDER BY n`,
    rows: [
      [1, 1],
      [2, 2],
      [3, 6],
      [4, 24],
      [5, 120],
    ],
  },
  {
    name: 'recursive cte that ends on a circle',
    sql: `
      WITH RECURSIVE edge(a, b) AS (VALUES (1, 2), (2, 3), (3, 1)), reach(x) AS (SELECT 1 UNION SELECT b
      FROM edge JOIN reach ON a = x) SELECT x FROM reach ORDER BY x`,
    rows: [[1], [2], [3]],
  },
  {
    name: 'lateral',
    sql: `
      SELECT v.i, l.j FROM (VALUES (1), (2)) v(i), LATERAL (SELECT unnest(range(v.i)) AS j) l ORDER BY
      v.i, l.j`,
    rows: [
      [1, '0'],
      [2, '0'],
      [2, '1'],
    ],
  },
  {
    name: 'correlated subquery',
    sql: `
      SELECT i, (SELECT max(j) FROM (VALUES (1), (2), (3)) w(j) WHERE j < v.i) AS m FROM (VALUES (1),
      (3)) v(i) ORDER BY i`,
    rows: [
      [1, null],
      [3, 2],
    ],
  },
  {
    name: 'exists and in',
    sql: `
      SELECT i, i IN (SELECT 2) AS a, EXISTS (SELECT 1 WHERE v.i = 1) AS b FROM (VALUES (1), (2)) v(i)
      ORDER BY i`,
    rows: [
      [1, false, true],
      [2, true, false],
    ],
  },
  {
    name: 'union by name',
    sql: 'SELECT 1 AS a, 2 AS b UNION ALL BY NAME SELECT 3 AS b, 4 AS c ORDER BY a NULLS LAST',
    rows: [
      [1, 2, null],
      [null, 3, 4],
    ],
  },
  {
    name: 'set operations',
    sql: '(SELECT unnest([1, 2, 2, 3]) AS i EXCEPT ALL SELECT 2) INTERSECT SELECT unnest([2, 3]) ORDER BY i',
    rows: [[2], [3]],
  },
  {
    name: 'star with exclude, replace, rename',
    sql: 'SELECT * EXCLUDE (b) REPLACE (a + 1 AS a) FROM (SELECT 1 AS a, 2 AS b, 3 AS c)',
    rows: [[2, 3]],
  },
  {
    name: 'columns by pattern',
    sql: `SELECT min(COLUMNS('x.*')) FROM (VALUES (1, 2, 3), (4, 1, 0)) v(xa, xb, c)`,
    rows: [[1, 1]],
  },
  {
    name: 'from first and alias in where',
    sql: 'FROM (VALUES (1), (2)) v(i) SELECT i * 10 AS tens WHERE tens > 10',
    rows: [[20]],
  },
];
