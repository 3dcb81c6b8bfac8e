import { describe, expect, it } from 'vitest';
import { type FormatOptions, formatFile } from '../../../shared/project/format/format-file';

const USUAL: FormatOptions = {
  indent: 2,
  maxTextWidth: 80,
  normalizeFunctions: 'usual',
  leadingComma: false,
  appendNewline: false,
};

const laid = (text: string, options: Partial<FormatOptions> = {}) =>
  formatFile(text, { ...USUAL, ...options });
const lines = (...all: string[]) => all.join('\n');

describe('clauses', () => {
  it.each([
    [
      'items, joins and conditions',
      'select a,b from x left join y using(id) inner join z on z.i=x.i and z.k=1 where a>1 and b<2 group by 1,2 having count(*)>1 order by 1 desc limit 5 offset 2',
      lines(
        'SELECT',
        '  a,',
        '  b',
        'FROM x',
        'LEFT JOIN y',
        '  USING (id)',
        'INNER JOIN z',
        '  ON z.i = x.i AND z.k = 1',
        'WHERE',
        '  a > 1 AND b < 2',
        'GROUP BY',
        '  1,',
        '  2',
        'HAVING',
        '  COUNT(*) > 1',
        'ORDER BY',
        '  1 DESC',
        'LIMIT 5',
        'OFFSET 2',
      ),
    ],
    [
      'common table expressions and unions',
      'with recursive a as (select 1 as x), b(y) as materialized (select x from a) select * from a union all by name select * from b',
      lines(
        'WITH RECURSIVE a AS (',
        '  SELECT',
        '    1 AS x',
        '), b(y) AS MATERIALIZED (',
        '  SELECT',
        '    x',
        '  FROM a',
        ')',
        'SELECT',
        '  *',
        'FROM a',
        'UNION ALL BY name',
        'SELECT',
        '  *',
        'FROM b',
      ),
    ],
    [
      'a long condition is broken before each AND, not inside a BETWEEN',
      "select a from t where day between '2025-01-01' and '2025-01-31' and (region = 'north' or region = 'south') and amount > 100",
      lines(
        'SELECT',
        '  a',
        'FROM t',
        'WHERE',
        "  day BETWEEN '2025-01-01' AND '2025-01-31'",
        '  AND (',
        "    region = 'north' OR region = 'south'",
        '  )',
        '  AND amount > 100',
      ),
    ],
    [
      'a long CASE stands on lines of its own',
      "select case when status = 'returned' then 'a long text that says so' when b then c else 'another long text' end as s from t",
      lines(
        'SELECT',
        '  CASE',
        "    WHEN status = 'returned'",
        "    THEN 'a long text that says so'",
        '    WHEN b',
        '    THEN c',
        "    ELSE 'another long text'",
        '  END AS s',
        'FROM t',
      ),
    ],
    [
      'DISTINCT ON, GROUP BY ALL, QUALIFY',
      'select distinct on (a) a, max(b) over (partition by c order by d rows between 2 preceding and current row) from t group by all qualify row_number() over (order by a) = 1',
      lines(
        'SELECT DISTINCT ON (a)',
        '  a,',
        '  MAX(b) OVER (PARTITION BY c ORDER BY d ROWS BETWEEN 2 PRECEDING AND CURRENT ROW)',
        'FROM t',
        'GROUP BY ALL',
        'QUALIFY',
        '  ROW_NUMBER() OVER (ORDER BY a) = 1',
      ),
    ],
    [
      'a query that begins with FROM, and IS DISTINCT FROM in a condition',
      'from t select a where a is not distinct from b',
      lines('FROM t', 'SELECT', '  a', 'WHERE', '  a IS NOT DISTINCT FROM b'),
    ],
    [
      'macros for clauses',
      "select a from t @where(@VAR('x')) @and(b, c)",
      lines('SELECT', '  a', 'FROM t', "@where(@VAR('x'))", '  @and(b, c)'),
    ],
  ])('%s', (_, text, expected) => {
    expect(laid(text)).toBe(expected);
  });
});

describe('space between tokens', () => {
  it.each([
    ['select a.b::int,-1,- -2,a-1,a*-b', ['a.b::INT,', '-1,', '- -2,', 'a - 1,', 'a * -b']],
    ['select x[1:2],{a:1,b:[1,2]},m [3]', ['x[1:2],', '{a: 1, b: [1, 2]},', 'm[3]']],
    ['select f (a),a in(1,2),not exists (select 1)', ['f(a),', 'a IN (1, 2),', 'NOT EXISTS(']],
    [
      "select date '2025-01-01',interval 1 day,cast(a as decimal(9,2))",
      ["DATE '2025-01-01',", 'INTERVAL 1 day,', 'CAST(a AS DECIMAL(9, 2))'],
    ],
    [
      "select x->>'a',list_transform(l,y->y+1),s:=1",
      ["x ->> 'a',", 'LIST_TRANSFORM(l, y -> y + 1),', 's := 1'],
    ],
    ['select * exclude(a) replace(b+1 as b),t.*', ['* EXCLUDE (a) REPLACE (b + 1 AS b),', 't.*']],
    ['select @{a}_b,@start_ds,@f( x,y ),x@y', ['@{a}_b,', '@start_ds,', '@f(x, y),', 'x@y']],
  ])('%s', (text, expected) => {
    const out = laid(`${text} from t`);
    for (const line of expected) expect(out).toContain(`  ${line}`);
  });
});

describe('words', () => {
  it('names keep their case wherever a word may be one', () => {
    const text =
      'select Value, t.End, a as First, b Left_, over, filter, "Order", {end: 1}, f(limit := 2) from T';
    const out = laid(text);
    for (const name of [
      'Value',
      't.End',
      'AS First',
      'Left_',
      'over',
      'filter',
      '"Order"',
      '{end: 1}',
      'f(limit := 2)',
    ])
      expect(out).toContain(name);
  });

  it('functions follow the setting', () => {
    const text = 'select sum(a), My_Macro(b) from t';
    expect(laid(text)).toContain('SUM(a),\n  My_Macro(b)');
    expect(laid(text, { normalizeFunctions: 'upper' })).toContain('SUM(a),\n  MY_MACRO(b)');
    expect(laid(text, { normalizeFunctions: 'lower' })).toContain('sum(a),\n  my_macro(b)');
  });
});

describe('comments', () => {
  it('stay with what they stood at', () => {
    const text = lines(
      '-- of the query',
      'select a, -- of a',
      '  -- before b',
      '  b /* of b */, c',
      '-- before from',
      'from t -- of t',
      'where x = 1 -- of x',
      '  -- before y',
      '  and y = 2',
      '-- the end',
    );
    expect(laid(text)).toBe(
      lines(
        '-- of the query',
        'SELECT',
        '  a, -- of a',
        '  -- before b',
        '  b, /* of b */',
        '  c',
        '-- before from',
        'FROM t -- of t',
        'WHERE',
        '  x = 1 -- of x',
        '  -- before y',
        '  AND y = 2',
        '  -- the end',
      ),
    );
  });

  it('inside of an expression leave that expression as it was written', () => {
    const text = 'select a +  -- half\n   b as x, c   from t';
    expect(laid(text)).toBe('SELECT\n  a +  -- half\n   b as x,\n  c\nFROM t');
  });
});

describe('what is not laid out', () => {
  it.each([
    ['JINJA_QUERY_BEGIN;\nselect {{ a }} from t;\nJINJA_END;'],
    ["select 'not closed from t"],
    ['create   table x as select  1'],
    ['pivot  t on a using sum(b)'],
    ['select  (a from t'],
  ])('%s', (text) => {
    expect(laid(text)).toBe(text);
  });
});

describe('settings', () => {
  it('commas lead, lines are moved in and broken as asked, and a file ends as asked', () => {
    expect(laid('select a, -- of a\n b from t', { leadingComma: true, indent: 4 })).toBe(
      'SELECT\n    a -- of a\n    , b\nFROM t',
    );
    expect(laid('select coalesce(aaaa, bbbb) from t', { maxTextWidth: 6 })).toBe(
      'SELECT\n  COALESCE(\n    aaaa,\n    bbbb\n  )\nFROM t',
    );
    expect(laid('select a\n')).toBe('SELECT\n  a\n');
    expect(laid('select a', { appendNewline: true })).toBe('SELECT\n  a\n');
  });
});
