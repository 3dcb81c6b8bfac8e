import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { onlyAddsColumns, sameQuery } from '../../shared/plan/query-change';

describe('added columns', () => {
  it.each([
    ['a column at the end', 'SELECT a FROM t', 'SELECT a, b FROM t', true],
    ['several at the end', 'SELECT a FROM t', "SELECT a, 7 AS seven, 'q' AS q FROM t", true],
    ['a column in front', 'SELECT a FROM t', 'SELECT b, a FROM t', true],
    ['a column between', 'SELECT a, c FROM t', 'SELECT a, b, c FROM t', true],
    ['an expression with commas', 'SELECT a FROM t', 'SELECT a, f(b, c) AS d FROM t', true],
    [
      'a CTE as well',
      'WITH c AS (SELECT a FROM t) SELECT a FROM c',
      'WITH c AS (SELECT a, b FROM t) SELECT a, b FROM c',
      true,
    ],
    [
      'a CTE alone',
      'WITH c AS (SELECT a FROM t) SELECT a FROM c',
      'WITH c AS (SELECT a, b FROM t) SELECT a FROM c',
      true,
    ],
    [
      'both sides of a union',
      'SELECT a FROM t UNION ALL SELECT k FROM u',
      'SELECT a, b FROM t UNION ALL SELECT k, 1 FROM u',
      true,
    ],
    ['DISTINCT', 'SELECT DISTINCT a FROM t', 'SELECT DISTINCT a, b FROM t', true],
    ['DISTINCT ON', 'SELECT DISTINCT ON (a) a FROM t', 'SELECT DISTINCT ON (a) a, b FROM t', true],
    ['GROUP BY ALL', 'SELECT a FROM t GROUP BY ALL', 'SELECT a, b FROM t GROUP BY ALL', true],
    [
      'a subquery in a condition',
      'SELECT a FROM t WHERE EXISTS (SELECT 1 FROM u)',
      'SELECT a FROM t WHERE EXISTS (SELECT 1, 2 FROM u)',
      true,
    ],
    ['unnest', 'SELECT a FROM t', 'SELECT a, UNNEST(b) AS b FROM t', false],
    [
      'unnest in a subquery',
      'SELECT a FROM t',
      'SELECT a, (SELECT MAX(x) FROM UNNEST(b) AS u(x)) AS b FROM t',
      true,
    ],
    ['a changed column', 'SELECT a FROM t', 'SELECT a + 1 AS a, b FROM t', false],
    ['a removed column', 'SELECT a, b FROM t', 'SELECT a FROM t', false],
    ['another order', 'SELECT a, b FROM t', 'SELECT b, a FROM t', false],
    ['a condition', 'SELECT a FROM t', 'SELECT a, b FROM t WHERE c', false],
    ['a join', 'SELECT t.a FROM t', 'SELECT t.a, u.b FROM t JOIN u ON u.a = t.a', false],
    ['ORDER BY 1, at the end', 'SELECT a FROM t ORDER BY 1', 'SELECT a, b FROM t ORDER BY 1', true],
    ['ORDER BY 1, in front', 'SELECT a FROM t ORDER BY 1', 'SELECT b, a FROM t ORDER BY 1', false],
    [
      'ORDER BY 1 behind a union',
      'SELECT a FROM t UNION SELECT k FROM u ORDER BY 1',
      'SELECT b, a FROM t UNION SELECT 1, k FROM u ORDER BY 1',
      false,
    ],
  ])('%s', (_, before, after, expected) => {
    expect(onlyAddsColumns({ before, after, resolved: true })).toBe(expected);
    expect(onlyAddsColumns({ before, after, resolved: false })).toBe(expected);
  });

  it.each([
    [
      'a place that still means the same column',
      'SELECT a, COUNT(*) AS n FROM t GROUP BY 1',
      'SELECT MAX(b) AS m, a, COUNT(*) AS n FROM t GROUP BY 2',
    ],
    [
      'behind what is grouped by',
      'SELECT a, COUNT(*) AS n FROM t GROUP BY 1',
      'SELECT a, MAX(b) AS m, COUNT(*) AS n FROM t GROUP BY 1',
    ],
  ])('GROUP BY a place counts as the column where all columns are known: %s', (_, before, after) => {
    expect(onlyAddsColumns({ before, after, resolved: true })).toBe(true);
    expect(onlyAddsColumns({ before, after, resolved: false })).toBe(false);
  });
});

describe('spellings of one query', () => {
  it.each([
    ['letters and layout', 'SELECT a, b FROM s.t', 'select A,\n  B from S.T -- now'],
    ['casts', 'SELECT a::TEXT AS x FROM t', 'SELECT CAST(a AS VARCHAR) AS x FROM t'],
    ['names of types', 'SELECT a::INT AS x FROM t', 'SELECT a::INTEGER AS x FROM t'],
    ['a cast column named after itself', 'SELECT a::TEXT FROM t', 'SELECT a::TEXT AS a FROM t'],
    ['AS', 'SELECT a x FROM s.t u', 'SELECT a AS x FROM s.t AS u'],
    ['ASC', 'SELECT a FROM t ORDER BY a', 'SELECT a FROM t ORDER BY a ASC'],
    ['names of functions', 'SELECT IFNULL(a, 0) AS x FROM t', 'SELECT COALESCE(a, 0) AS x FROM t'],
    ['NOT before IN', 'SELECT a FROM t WHERE NOT a IN (1, 2)', 'SELECT a FROM t WHERE a NOT IN (1, 2)'],
    ['NOT before IS NULL', 'SELECT a FROM t WHERE NOT a IS NULL', 'SELECT a FROM t WHERE a IS NOT NULL'],
  ])('%s', (_, before, after) => {
    expect(sameQuery({ before, after, resolved: false })).toBe(true);
    expect(sameQuery({ before, after, resolved: true })).toBe(true);
  });

  it.each([
    ['qualifiers', 'SELECT a FROM s.t', 'SELECT t.a FROM s.t'],
    ['a column named after itself', 'SELECT a FROM t', 'SELECT a AS a FROM t'],
    ['parentheses', 'SELECT a FROM t WHERE a > 1 AND b < 2', 'SELECT a FROM t WHERE (a > 1) AND (b < 2)'],
    [
      'GROUP BY a place',
      'SELECT a, COUNT(*) AS n FROM t GROUP BY a',
      'SELECT a, COUNT(*) AS n FROM t GROUP BY 1',
    ],
  ])('where all columns are known: %s', (_, before, after) => {
    expect(sameQuery({ before, after, resolved: true })).toBe(true);
    expect(sameQuery({ before, after, resolved: false })).toBe(false);
  });

  it.each([
    ['another table alias', 'SELECT x.a FROM t AS x', 'SELECT y.a FROM t AS y'],
    ['INNER', 'SELECT t.a FROM t JOIN u ON u.a = t.a', 'SELECT t.a FROM t INNER JOIN u ON u.a = t.a'],
    ['a literal', 'SELECT a + 1 AS a FROM t', 'SELECT a + 2 AS a FROM t'],
    ['conditions of an OR', 'SELECT a FROM t WHERE (a OR b) AND c', 'SELECT a FROM t WHERE a OR b AND c'],
  ])('not: %s', (_, before, after) => {
    for (const resolved of [true, false]) expect(sameQuery({ before, after, resolved })).toBe(false);
  });
});

describe('any text', () => {
  const piece = fc.constantFrom(
    ...'select from where group by order union all distinct on as not in is null cast ( ) [ ] , . :: a b 1 2 \'x\' "Q" unnest asc with join'.split(
      ' ',
    ),
  );
  it('is the same as itself, and adding a column to it is no change of what is there', () => {
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 25 }), fc.boolean(), (pieces, resolved) => {
        const text = pieces.join(' ');
        expect(sameQuery({ before: text, after: text, resolved })).toBe(true);
        expect(onlyAddsColumns({ before: text, after: text, resolved })).toBe(true);
        const inner = `SELECT a FROM (${text.replaceAll(/[()[\]]/g, ' ')}) AS q`;
        expect(
          onlyAddsColumns({ before: inner, after: inner.replace('SELECT a', 'SELECT a, 1 AS z'), resolved }),
        ).toBe(true);
      }),
      { numRuns: 300 },
    );
  });
});
