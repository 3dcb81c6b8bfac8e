import { describe, expect, it } from 'vitest';
import { isOrdered, readWith } from '../../shared/sql/ctes';
import { selectedColumns } from '../../shared/sql/select-types';

const told = (text: string) => selectedColumns(text)?.map(({ name, type }) => `${name} ${type ?? '?'}`);

describe('the columns that a query tells of', () => {
  it.each([
    ['SELECT id::INT AS id, CAST(a + b AS DECIMAL(9, 2)) AS total', ['id INT', 'total DECIMAL(9, 2)']],
    ['SELECT a::INT, t.b::VARCHAR, x AS y FROM t', ['a INT', 'b VARCHAR', 'y ?']],
    [
      "SELECT 'x' AS s, 1 AS n, true AS ok, count(*) AS many, 1.5 AS half",
      ['s VARCHAR', 'n INTEGER', 'ok BOOLEAN', 'many BIGINT', 'half ?'],
    ],
    ['SELECT a + b::INT AS c, (a + b)::INT AS d, f(a)::INT AS e FROM t', ['c ?', 'd INT', 'e INT']],
    [
      'WITH c AS (SELECT id::INT AS id, n FROM t) SELECT id, c.n, other.id AS i FROM c',
      ['id INT', 'n ?', 'i INT'],
    ],
    ['WITH c AS (SELECT id::INT AS id FROM t), d AS (SELECT * FROM c) SELECT * FROM d', ['id INT']],
    ['WITH RECURSIVE c(n) AS (SELECT 1) SELECT DISTINCT n::BIGINT[] AS n FROM c', ['n BIGINT[]']],
    // A sum of a cast is of no type that the text tells.
    [
      "SELECT n::INT * 10 AS n, s::TEXT || 'x' AS s, n::INT > 3 AS b, n::INT IN (1) AS i FROM t",
      ['n ?', 's ?', 'b ?', 'i ?'],
    ],
    [
      'SELECT a::TIMESTAMP WITH TIME ZONE AS a, b::DOUBLE PRECISION AS b, c::INT[3] AS c, d::STRUCT(x INT, y TEXT[]) AS d',
      ['a TIMESTAMP WITH TIME ZONE', 'b DOUBLE PRECISION', 'c INT[3]', 'd STRUCT(x INT, y TEXT[])'],
    ],
    ['SELECT a::INT + 1 FROM t', undefined],
    ['SELECT a::DATE::VARCHAR, b FROM t', ['a VARCHAR', 'b ?']],
    ['SELECT * FROM t', undefined],
    ['SELECT a + b FROM t', undefined],
    ['FROM t', undefined],
    ['', undefined],
  ])('%s', (text, columns) => expect(told(text)).toEqual(columns));
});

describe('a WITH clause', () => {
  it('gives its CTEs with their queries', () => {
    const text =
      'WITH a AS (SELECT (1) AS x), "B c" (y) AS MATERIALIZED (SELECT 2), d AS NOT MATERIALIZED (SELECT 3) SELECT 4';
    const clause = readWith(text);
    expect(clause?.ctes.map((cte) => [cte.name, text.slice(cte.bodyStart, cte.bodyEnd)])).toEqual([
      ['a', 'SELECT (1) AS x'],
      ['b c', 'SELECT 2'],
      ['d', 'SELECT 3'],
    ]);
    expect(text.slice(clause?.end)).toBe(' SELECT 4');
  });

  it.each(['SELECT 1', 'WITH', 'WITH a', 'WITH a AS', 'WITH a AS (SELECT 1', 'WITH a SELECT 1', ''])(
    'is none in: %s',
    (text) => expect(readWith(text)).toBeUndefined(),
  );

  it('is apart from whether the rows are ordered', () => {
    expect(isOrdered('SELECT 1 ORDER BY 1')).toBe(true);
    expect(isOrdered('WITH a AS (SELECT 1 ORDER BY 1) SELECT row_number() OVER (ORDER BY x) FROM a')).toBe(
      false,
    );
  });
});
