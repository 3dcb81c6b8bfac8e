import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { addReference } from '../../shared/sql/add-reference';
import { findReferences } from '../../shared/sql/references';

const BLOCK = 'MODEL (\n  name mart.b,\n  kind FULL\n);\n\n';
const added = (query: string, table = 'mart.a') => addReference(BLOCK + query, table);
const body = (query: string, table?: string) => added(query, table)?.text.slice(BLOCK.length);
const marked = (query: string, table?: string) => {
  const made = added(query, table);
  return made?.text.slice(made.from, made.to);
};

describe('a table added to a query', () => {
  test.each([
    [
      'at the end',
      'SELECT\n  x\nFROM raw.s\n',
      'SELECT\n  x\nFROM raw.s\nJOIN mart.a AS a\n  ON condition\n',
    ],
    [
      'before WHERE',
      'SELECT x FROM s WHERE x > 1',
      'SELECT x FROM s\nJOIN mart.a AS a\n  ON condition WHERE x > 1',
    ],
    [
      'after other joins, and before GROUP BY',
      'SELECT x\nFROM s\nLEFT JOIN t\n  USING (id)\nGROUP BY x',
      'SELECT x\nFROM s\nLEFT JOIN t\n  USING (id)\nJOIN mart.a AS a\n  ON condition\nGROUP BY x',
    ],
    [
      'to the query, not to its parts',
      'WITH p AS (SELECT 1 FROM s WHERE y)\nSELECT (SELECT max(i) FROM q) FROM p',
      'WITH p AS (SELECT 1 FROM s WHERE y)\nSELECT (SELECT max(i) FROM q) FROM p\nJOIN mart.a AS a\n  ON condition',
    ],
    [
      'to the last branch of a union',
      'SELECT 1 FROM s\nUNION ALL\nSELECT 2 FROM t\nORDER BY 1',
      'SELECT 1 FROM s\nUNION ALL\nSELECT 2 FROM t\nJOIN mart.a AS a\n  ON condition\nORDER BY 1',
    ],
    [
      'to a query that begins with FROM',
      'FROM s SELECT x',
      'FROM s\nJOIN mart.a AS a\n  ON condition SELECT x',
    ],
    [
      'with the indent of its FROM',
      '  SELECT 1\n  FROM s',
      '  SELECT 1\n  FROM s\n  JOIN mart.a AS a\n    ON condition',
    ],
    [
      'where IS DISTINCT FROM is no clause',
      'SELECT x IS NOT DISTINCT FROM y FROM s',
      'SELECT x IS NOT DISTINCT FROM y FROM s\nJOIN mart.a AS a\n  ON condition',
    ],
    [
      'before a comment at the end',
      'SELECT x FROM s -- why\n',
      'SELECT x FROM s\nJOIN mart.a AS a\n  ON condition -- why\n',
    ],
  ])('%s', (_, query, expected) => {
    expect(body(query)).toBe(expected);
    expect(marked(query)).toBe('condition');
  });

  test('a query without FROM gets one, with its columns to complete', () => {
    expect(body('SELECT\n  1 AS id\n')).toBe('SELECT\n  1 AS id\nFROM mart.a\n');
    expect(marked('SELECT\n  1 AS id\n')).toBe('1 AS id');
    expect(body('SELECT 1 WHERE true')).toBe('SELECT 1\nFROM mart.a WHERE true');
  });

  test('a model without a query gets one', () => {
    expect(body('')).toBe('SELECT\n  *\nFROM mart.a\n');
    expect(marked('')).toBe('*');
  });

  test('a table that is read already is pointed at', () => {
    expect(added('SELECT 1 FROM mart.a')?.how).toBe('there');
    expect(body('SELECT 1 FROM mart.a')).toBe('SELECT 1 FROM mart.a');
    expect(marked('SELECT 1 FROM "mart".a')).toBe('"mart".a');
  });

  test('a name that the text uses is not taken as the alias', () => {
    expect(body('SELECT a.x FROM stg.a')).toContain('JOIN mart.a AS a_2');
    expect(body('SELECT a.x, A_2.y FROM stg.a, b AS a_2')).toContain('JOIN mart.a AS a_3');
  });

  test('what is no query is left alone', () => {
    expect(added('VALUES (1)')).toBeUndefined();
    expect(added('(SELECT 1 FROM s)')).toBeUndefined();
  });
});

test('whatever the query, its own text stays and the table is read', () => {
  const queries = fc.constantFrom(
    'SELECT 1',
    'SELECT x FROM s',
    'WITH c AS (SELECT 1 FROM s) SELECT * FROM c',
    'FROM s',
    'SELECT \'FROM\' AS t, "from" FROM s WHERE t IN (SELECT 1 FROM u)',
    'SELECT 1 FROM s UNION SELECT 2 FROM t LIMIT 3',
  );
  const space = fc.constantFrom('', ' ', '\n', '\n-- note\n', ' /* from */ ');
  fc.assert(
    fc.property(queries, space, fc.constantFrom('mart.a', 'raw.feed'), (query, gap, table) => {
      const text = `${BLOCK}${gap}${query}${gap}`;
      const made = addReference(text, table);
      expect(made).toBeDefined();
      if (!made) return;
      expect(findReferences(made.text).tables.map(({ parts }) => parts.join('.'))).toContain(table);
      const added = made.text.length - text.length;
      const isInserted = [...Array(text.length + 1).keys()].some(
        (at) => made.text.slice(0, at) + made.text.slice(at + added) === text,
      );
      expect(isInserted).toBe(true);
      expect(added).toBeGreaterThan(0);
    }),
  );
});
