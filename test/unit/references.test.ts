import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { findReferences } from '../../shared/sql/references';

const tables = (text: string) => findReferences(text).tables.map((table) => table.parts.join('.'));
const files = (text: string) => findReferences(text).files.map((file) => `${file.reader} ${file.path}`);

describe('the tables that a query reads', () => {
  it.each([
    ['a plain query', 'SELECT * FROM mart.sales', ['mart.sales']],
    [
      'joins and commas',
      'SELECT 1 FROM a.x, a.y AS y LEFT JOIN a.z USING (id), a.w',
      ['a.x', 'a.y', 'a.z', 'a.w'],
    ],
    ['FROM first', 'FROM a.x SELECT id', ['a.x']],
    ['FROM alone', 'FROM a.x', ['a.x']],
    [
      'a common table expression',
      'WITH c AS (SELECT * FROM a.x) SELECT * FROM c JOIN a.y USING (id)',
      ['a.x', 'a.y'],
    ],
    ['one with columns and MATERIALIZED', 'WITH c(i, j) AS NOT MATERIALIZED (FROM a.x) FROM c', ['a.x']],
    ['a recursive one', 'WITH RECURSIVE r AS (SELECT 1 UNION ALL SELECT n FROM r, a.x) FROM r', ['a.x']],
    ['a quoted one', 'WITH "C d" AS (FROM a.x) SELECT * FROM "C d"', ['a.x']],
    [
      'subqueries',
      'SELECT (SELECT max(i) FROM a.x) FROM (SELECT * FROM a.y) AS q WHERE i IN (SELECT i FROM a.z)',
      ['a.x', 'a.y', 'a.z'],
    ],
    ['EXISTS', 'SELECT 1 FROM a.x WHERE NOT EXISTS (SELECT 1 FROM a.y WHERE a.y.i = x.i)', ['a.x', 'a.y']],
    ['EXTRACT', 'SELECT EXTRACT(year FROM ts), extract(day FROM a.b) FROM a.x', ['a.x']],
    ['SUBSTRING and TRIM', "SELECT substring(s FROM 2 FOR 3), trim(BOTH ' ' FROM s) FROM a.x", ['a.x']],
    [
      'IS DISTINCT FROM',
      'SELECT * FROM a.x WHERE i IS NOT DISTINCT FROM j AND k IS DISTINCT FROM l.m',
      ['a.x'],
    ],
    ['LATERAL', 'SELECT * FROM a.x, LATERAL (SELECT * FROM a.y WHERE y.i = x.i) AS l', ['a.x', 'a.y']],
    ['a table function', 'SELECT * FROM range(10) AS r, generate_series(1, 3), a.x', ['a.x']],
    ['unnest beside a table', 'SELECT * FROM a.x, unnest(x.list) AS u', ['a.x']],
    ['quoted names', 'SELECT * FROM "My Schema"."My ""T""" AS t', ['My Schema.My "T"']],
    ['upper case', 'SELECT * FROM MART.Sales', ['mart.sales']],
    [
      'set operations',
      'SELECT 1 FROM a.x UNION ALL SELECT 1 FROM a.y EXCEPT (SELECT 1 FROM a.z)',
      ['a.x', 'a.y', 'a.z'],
    ],
    ['a bracketed join', 'SELECT * FROM (a.x JOIN a.y USING (i)) JOIN a.z USING (i)', ['a.x', 'a.y', 'a.z']],
    ['commas that are no tables', 'SELECT a, b FROM a.x WHERE f(a, b) GROUP BY a, b ORDER BY a, b', ['a.x']],
    [
      'ASOF and POSITIONAL',
      'SELECT * FROM a.x ASOF JOIN a.y ON x.t >= y.t POSITIONAL JOIN a.z',
      ['a.x', 'a.y', 'a.z'],
    ],
    ['comments', 'SELECT 1 /* FROM a.no */ FROM -- FROM a.no\n a.x', ['a.x']],
    ['strings', "SELECT 'FROM a.no' FROM a.x", ['a.x']],
    ['a pivot', 'PIVOT a.x ON k USING sum(v)', ['a.x']],
    ['three parts', 'SELECT * FROM w.a.x', ['w.a.x']],
    ['VALUES', 'SELECT * FROM (VALUES (1), (2)) AS v(i), a.x', ['a.x']],
    [
      'a filter clause',
      'SELECT count(*) FILTER (WHERE i > 1), sum(i) OVER (PARTITION BY a, b) FROM a.x',
      ['a.x'],
    ],
  ])('are found in %s', (_, text, expected) => {
    expect(tables(text)).toEqual(expected);
  });

  it('keep their place in the text and whether an alias follows', () => {
    const text = 'SELECT * FROM a.x AS x, a.y WHERE true';
    const found = findReferences(text).tables.map((table) => [
      text.slice(table.start, table.end),
      table.aliased,
    ]);
    expect(found).toEqual([
      ['a.x', true],
      ['a.y', false],
    ]);
  });

  it('are no more than the words of any text, and finding them never fails', () => {
    const words = fc.constantFrom(
      'SELECT',
      'FROM',
      'a',
      '.',
      'JOIN',
      ',',
      '(',
      ')',
      'AS',
      'WITH',
      "'f'",
      'lateral',
      '*',
    );
    fc.assert(
      fc.property(fc.array(words, { maxLength: 30 }), (list) => {
        const text = list.join(' ');
        for (const table of findReferences(text).tables)
          expect(text.slice(table.start, table.end).replace(/\s/g, '').toLowerCase()).toBe(
            table.parts.join('.'),
          );
      }),
      { numRuns: 400 },
    );
  });
});

describe('the files that a query reads', () => {
  it.each([
    ['a reader', "SELECT * FROM read_csv('raw/a.csv', header = true)", ['csv raw/a.csv']],
    [
      'a list',
      "SELECT * FROM read_parquet(['a.parquet', 'b.parquet'], union_by_name = true)",
      ['parquet a.parquet', 'parquet b.parquet'],
    ],
    ['a literal', "SELECT * FROM 'raw/a.parquet'", ['auto raw/a.parquet']],
    ['no function of the same letters', "SELECT lower('raw/a.csv') FROM a.x", []],
  ])('are found in %s', (_, text, expected) => {
    expect(files(text)).toEqual(expected);
  });
});
