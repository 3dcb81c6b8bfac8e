import { describe, expect, it } from 'vitest';
import { expandMacros, type MacroContext, usesTimeRange } from '../../shared/project/macros';
import { sourceOffset } from '../../shared/sql/text';

const context: MacroContext = {
  start: Date.UTC(2025, 0, 1),
  end: Date.UTC(2025, 0, 3),
  executionTime: Date.UTC(2025, 0, 3, 6, 30),
  variables: {
    tax_rate: 0.08,
    city: "O'Hare",
    on: true,
    nothing: null,
    start_town: 'Bergen',
    parts: ['qty', 'paid'],
    sizes: { small: 1 },
    since: new Date(Date.UTC(2024, 1, 29)),
  },
  values: { this_model: '"mart"."sales"' },
};

function expand(text: string, more: Partial<MacroContext> = {}): string {
  const expanded = expandMacros(text, { ...context, ...more });
  if (!expanded.ok) throw new Error(expanded.problem.message);
  return expanded.value.text;
}

describe('macros', () => {
  // What SQLMesh 0.236.4 renders for the days 2025-01-01 and 2025-01-02, executed on 2025-01-03 06:30.
  it.each([
    ['start_date', "CAST('2025-01-01' AS DATE)"],
    ['start_ds', "'2025-01-01'"],
    ['start_ts', "'2025-01-01 00:00:00'"],
    ['start_tstz', "'2025-01-01 00:00:00+00:00'"],
    ['start_dt', "CAST('2025-01-01 00:00:00+00:00' AS TIMESTAMPTZ)"],
    ['start_dtntz', "CAST('2025-01-01 00:00:00' AS TIMESTAMP)"],
    ['start_epoch', '1735689600.0'],
    ['start_millis', '1735689600000'],
    ['start_hour', '0'],
    ['end_date', "CAST('2025-01-02' AS DATE)"],
    ['end_ds', "'2025-01-02'"],
    ['end_ts', "'2025-01-02 23:59:59.999999'"],
    ['end_tstz', "'2025-01-02 23:59:59.999999+00:00'"],
    ['end_dt', "CAST('2025-01-02 23:59:59.999999+00:00' AS TIMESTAMPTZ)"],
    ['end_dtntz', "CAST('2025-01-02 23:59:59.999999' AS TIMESTAMP)"],
    ['end_epoch', '1735862399.999'],
    ['end_millis', '1735862399999'],
    ['end_hour', '23'],
    ['execution_date', "CAST('2025-01-03' AS DATE)"],
    ['execution_ts', "'2025-01-03 06:30:00'"],
    ['execution_dt', "CAST('2025-01-03 06:30:00+00:00' AS TIMESTAMPTZ)"],
    ['execution_epoch', '1735885800.0'],
    ['execution_hour', '6'],
    ['latest_ds', "'2025-01-03'"],
  ])('@%s is what SQLMesh makes of it', (name, value) => {
    for (const spelling of [`@${name}`, `@${name.toUpperCase()}`]) expect(expand(spelling)).toBe(value);
  });

  it.each([
    [Date.UTC(2025, 0, 1, 12, 30), '2025-01-01 12:30:00', '2025-01-01 12:29:59.999999'],
    [Date.UTC(2025, 0, 1, 0, 0, 0, 500), '2025-01-01 00:00:00.500000', '2025-01-01 00:00:00.499999'],
    [Date.UTC(2025, 0, 1, 0, 0, 0, 1), '2025-01-01 00:00:00.001000', '2025-01-01 00:00:00.000999'],
  ])('of time keep parts of a second: %i', (time, start, end) => {
    const more = { start: time, end: time };
    expect(expand('@start_ts @end_ts', more)).toBe(`'${start}' '${end}'`);
  });

  it('of a range are not there for a model that knows the execution time alone', () => {
    expect(expand('SELECT @execution_ds', { timeRange: false })).toBe("SELECT '2025-01-03'");
    expect(expandMacros('SELECT @start_ds', { ...context, timeRange: false })).toMatchObject({
      ok: false,
      problem: { code: 'model.invalid', message: expect.stringContaining('no range of time') },
    });
  });

  it('put variables in as literals, with a fallback for those that are not there', () => {
    expect(expand('SELECT @tax_rate, @city, @on, @nothing, @start_town')).toBe(
      "SELECT 0.08, 'O''Hare', TRUE, NULL, 'Bergen'",
    );
    expect(expand("SELECT @VAR('tax_rate'), @var('none', 1 + 2), @VAR('City'), @VAR('none')")).toBe(
      "SELECT 0.08, 1 + 2, 'O''Hare', NULL",
    );
    expect(expand("SELECT @parts, @VAR('parts'), @sizes, @since")).toBe(
      "SELECT ('qty', 'paid'), ['qty', 'paid'], MAP(['small'], [1]), CAST('2024-02-29' AS DATE)",
    );
    expect(expand('FROM @this_model')).toBe('FROM "mart"."sales"');
    expect(expand('INSERT INTO @this_model (a, b)')).toBe('INSERT INTO "mart"."sales" (a, b)');
  });

  it('may stand in what others stand for, such as the arguments of an audit', () => {
    const values = { least: '@floor + 1', floor: '@tax_rate', round: '@round', mail: "'a@city.no'" };
    expect(expand('SELECT @least, @round, @mail, @EVAL(@least * 2)', { values })).toBe(
      "SELECT 0.08 + 1, @round, 'a@city.no', 2.16",
    );
    expect(expandMacros('SELECT @a', { ...context, values: { a: '@b', b: '@a' } })).toMatchObject({
      ok: false,
    });
  });

  it('leave strings and comments as they are', () => {
    const text = `SELECT '@start_ds', '@{city}', "@nobody", $$@x$$, @@nobody, a @> b -- @nobody\n/* @nobody */`;
    expect(expand(text)).toBe(text);
  });

  it('stand inside names, and in strings behind an @', () => {
    expect(expand('SELECT mean_@start_town, @{start_town}_x, a_@{start_town}_b, "to @city"')).toBe(
      'SELECT mean_bergen, bergen_x, a_bergen_b, "to o\'hare"',
    );
    expect(expand('SELECT @{start_ds}, @{start_town}, x.@{start_town}')).toBe(
      'SELECT "2025-01-01", bergen, x.bergen',
    );
    expect(expand("SELECT @'in @city on @{start_ds}, @nobody, a@@b'")).toBe(
      "SELECT 'in O''Hare on 2025-01-01, @nobody, a@b'",
    );
    expect(expand('survey.report_@where_from', { blueprint: { where_from: 'west' } })).toBe(
      'survey.report_west',
    );
  });

  it('become names where only a name can stand', () => {
    expect(expand('SELECT 1 AS @start_town FROM @start_town, x.@start_town JOIN @start_town ON 1')).toBe(
      'SELECT 1 AS bergen FROM bergen, x.bergen JOIN bergen ON 1',
    );
    expect(expand('WITH @start_town AS (x) DROP TABLE IF EXISTS @start_town')).toBe(
      'WITH bergen AS (x) DROP TABLE IF EXISTS bergen',
    );
    expect(expand('SELECT f(@start_town), a = @start_town')).toBe("SELECT f('Bergen'), a = 'Bergen'");
  });

  it('that nobody knows are a problem with line and column, and the name that may be meant', () => {
    expect(expandMacros('SELECT 1,\n  @nobody', context)).toMatchObject({
      ok: false,
      problem: { code: 'model.invalid', place: { line: 2, column: 3 } },
    });
    expect(expandMacros('SELECT @EACHH([a], x -> x), @strt_ds', context)).toMatchObject({
      ok: false,
      problem: { message: 'There is no macro @EACHH.', remedy: 'Did you mean @each?', place: { column: 8 } },
    });
    expect(expandMacros('SELECT @strt_ds', context)).toMatchObject({
      problem: { remedy: 'Did you mean @start_ds?' },
    });
    expect(expandMacros('SELECT @VAR(', context)).toMatchObject({ ok: false });
    expect(expandMacros('SELECT @end_century', context)).toMatchObject({ ok: false });
    expect(expandMacros('SELECT x_@nobody', context)).toMatchObject({
      ok: false,
      problem: { place: { column: 10 } },
    });
  });

  it('keep the way back from the expanded text to the author’s', () => {
    const text = 'SELECT @start_ds, @city FROM t';
    const expanded = expandMacros(text, context);
    if (!expanded.ok) throw new Error('Not expanded.');
    const { text: out, edits } = expanded.value;
    expect(sourceOffset(edits, out.indexOf('SELECT'))).toBe(0);
    expect(sourceOffset(edits, out.indexOf("'2025") + 4)).toBe(text.indexOf('@start_ds'));
    expect(sourceOffset(edits, out.indexOf('FROM'))).toBe(text.indexOf('FROM'));
  });

  it('of time tell that rows depend on where batches end', () => {
    expect(usesTimeRange('SELECT @start_ds')).toBe(true);
    expect(usesTimeRange('SELECT @{END_dt}')).toBe(true);
    expect(usesTimeRange("SELECT '@start_ds', @execution_ds, @start_town -- @end_ds")).toBe(false);
    expect(usesTimeRange("SELECT @'x @start_ds', 1 AS at_@{end_ds}")).toBe(true);
    expect(usesTimeRange("SELECT @SQL('a < @end_ds')")).toBe(true);
  });
});

describe('macro functions', () => {
  it('leave a statement out, put one in, or make several', () => {
    const update =
      "@IF(@runtime_stage = 'evaluating', UPDATE @this_model SET a = 1, b = 2 WHERE c IN (3, 4))";
    expect(expand(update, { stage: 'creating' })).toBe('');
    expect(expand(update, { stage: 'evaluating' })).toBe(
      'UPDATE "mart"."sales" SET a = 1, b = 2 WHERE c IN (3, 4)',
    );
    expect(expand('@IF(@on, SELECT 1, 2, SELECT 3)')).toBe('SELECT 1, 2');
    expect(expand('@EACH([a, b], t -> DROP TABLE IF EXISTS tmp_@t)')).toBe(
      'DROP TABLE IF EXISTS tmp_a;\nDROP TABLE IF EXISTS tmp_b',
    );
  });

  it('that give nothing take a comma along', () => {
    const no = '@IF(FALSE, x)';
    expect(expand(`SELECT a, ${no}, b`)).toBe('SELECT a, b');
    expect(expand(`SELECT ${no}, a`)).toBe('SELECT  a');
    expect(expand(`SELECT a, ${no}`)).toBe('SELECT a');
    expect(expand(`SELECT ${no}, ${no}, a, ${no}, ${no}`)).toBe('SELECT   a');
    expect(expand('SELECT @EACH([], x -> x), a')).toBe('SELECT  a');
  });

  it('are set in brackets where a cast follows, and nowhere else', () => {
    expect(expand('SELECT @SAFE_DIV(a, b)::INT, 2 * @SAFE_DIV(a, b), @IF(@on, f(a))::INT')).toBe(
      'SELECT (a / NULLIF(b, 0))::INT, 2 * a / NULLIF(b, 0), f(a)::INT',
    );
  });

  it('take definitions with values and functions, in their order, in any letter case', () => {
    const definitions = [
      '@DEF(base, 1 + 2)',
      '@def(Twice, x -> x * @base)',
      '@DEF(f, (a, b) -> @twice(@a) + b)',
    ];
    expect(expand('SELECT @BASE, @twice(q), @F(p, r), @f((p, r))', { definitions })).toBe(
      'SELECT 1 + 2, q * 1 + 2, p * 1 + 2 + r, p * 1 + 2 + r',
    );
    expect(
      expandMacros('SELECT\n @f(1)', { ...context, definitions: ['@DEF(f, x -> x + @nobody)'] }),
    ).toMatchObject({
      ok: false,
      problem: { message: 'There is no macro @nobody.', place: { line: 2, column: 2 } },
    });
    expect(expandMacros('SELECT @a', { ...context, definitions: ['@DEF(a, @b)'] })).toMatchObject({
      ok: false,
      problem: { message: '@DEF(a, @b): There is no macro @b.' },
    });
  });

  it('that call themselves, or grow without an end, are a problem and no hang', () => {
    const loop = ['@DEF(f, x -> @f(@x))'];
    expect(expandMacros('SELECT @f(1)', { ...context, definitions: loop })).toMatchObject({ ok: false });
    const tree = ['@DEF(f, x -> @f(@x) + @f(@x))'];
    expect(expandMacros('SELECT @f(1)', { ...context, definitions: tree })).toMatchObject({ ok: false });
    const bomb = [
      '@DEF(a0, 1234567890)',
      ...Array.from({ length: 40 }, (_, n) => `@DEF(a${n + 1}, @a${n} + @a${n})`),
    ];
    expect(expandMacros('SELECT @a40', { ...context, definitions: bomb })).toMatchObject({ ok: false });
  });

  it('keep together what is computed, and run what is written', () => {
    const definitions = ['@DEF(three, 1 + 2)', '@DEF(times, (a, b) -> a * b)'];
    const text =
      '@three * 2, @EVAL(@three * 2), @IF(@three * 2 > 5, 1, 0), @times(1 + 1, 3), @EVAL(@times(1 + 1, 3))';
    expect(expand(text, { definitions })).toBe('1 + 2 * 2, 6, 1, 1 + 1 * 3, 6');
    expect(expand('@EVAL(@REDUCE([1, 2, 3], (x, y) -> x * y + 1))')).toBe('10');
  });

  it('of tables need the columns, and say so where they are not known', () => {
    expect(expandMacros('SELECT\n  @STAR(mart.x)', context)).toMatchObject({
      ok: false,
      problem: {
        message: '@STAR needs the columns of mart.x, and they are not known.',
        place: { line: 2, column: 3 },
      },
    });
    expect(expand('SELECT @STAR(mart.x) FROM mart.x', { stage: 'loading' })).toBe(
      'SELECT "x"."__schema_unavailable_at_load__" AS "__schema_unavailable_at_load__" FROM mart.x',
    );
    expect(expand('@UNION(a.b, c.d)', { stage: 'loading' })).toContain(' FROM c.d');
  });

  it.each([
    ["@DATE_SPINE('hour', '2024-01-01', '2024-01-02')", 'knows day, week'],
    ["@DATE_SPINE('day', '2024-01-03', '2024-01-02')", 'is after'],
    ["@DATE_SPINE('day', '2024-02-30', '2024-03-02')", 'is not a date'],
    ["@UNION('twice', a, b)", "'ALL' or 'DISTINCT'"],
    ['@UNION(TRUE)', 'needs tables'],
    ['@REDUCE([], (a, b) -> a + b)', 'nothing to join'],
    ['@EACH([a, b])', 'needs a function'],
    ['@EACH', 'needs its arguments'],
    ['@VAR(city)', 'in quotes'],
    ['@PIVOT(a, b)', 'as a list'],
    ['@PIVOT(a, [b], colour := 1)', 'no argument colour'],
    ["@HAVERSINE_DISTANCE(a, b, c, d, 'm')", "'mi' or 'km'"],
    ['@EVAL(LENGTH(x))', 'cannot compute the function LENGTH'],
    ['@EVAL(1 < city)', '1 < city'],
    ["@EVAL(1 < 'x')", "1 and 'x' cannot be compared"],
    ['@EVAL(1 +)', 'ends too early'],
    ['@IF(1)', 'needs a condition'],
    ['@DEDUPLICATE(t, a, [b])', 'as a list'],
  ])('%s says what is wrong', (text, message) => {
    const expanded = expandMacros(`SELECT ${text}`, context);
    if (expanded.ok) return expect(expanded.value.text).toContain(message);
    expect(expanded.problem.message).toContain(message);
    expect(expanded.problem.place).toEqual({ line: 1, column: 8 });
  });

  it('have their problems placed inside of them', () => {
    expect(expandMacros('SELECT @STAR(t, alias := x, y)', context)).toMatchObject({
      ok: false,
      problem: { message: expect.stringContaining('cannot follow'), place: { column: 29 } },
    });
    expect(expandMacros('SELECT @SAFE_ADD(a,\n  @EACH([b], x -> x + @nobody))', context)).toMatchObject({
      problem: { place: { line: 2, column: 23 } },
    });
  });

  it('expand a thousand models in a moment', () => {
    const query = `SELECT region, @EACH(@parts, p -> SUM(@{p}) AS total_@p), @SAFE_DIV(SUM(a), SUM(b)) AS c
      FROM mart.x @WHERE(@on) day BETWEEN @start_ds AND @end_ds AND @AND(a > 1, @IF(@on, b > 2)) GROUP BY region`;
    const before = performance.now();
    for (let i = 0; i < 1000; i++) expand(`${query} -- ${i}`, { definitions: ['@DEF(f, x -> x + 1)'] });
    expect(performance.now() - before).toBeLessThan(2000);
  });
});
