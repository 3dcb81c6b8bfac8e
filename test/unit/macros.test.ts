import { describe, expect, it } from 'vitest';
import { expandMacros, type MacroContext, usesTimeRange } from '../../shared/project/macros';
import { sourceOffset } from '../../shared/sql/text';

const context: MacroContext = {
  start: Date.UTC(2025, 0, 1),
  end: Date.UTC(2025, 0, 3),
  executionTime: Date.UTC(2025, 0, 3, 6, 30),
  variables: { tax_rate: 0.08, city: "O'Hare", on: true, nothing: null, start_town: 'Bergen' },
  values: { this_model: '"mart"."sales"' },
};

function expand(text: string): string {
  const expanded = expandMacros(text, context);
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
    for (const spelling of [`@${name}`, `@${name.toUpperCase()}`, `@{${name}}`])
      expect(expand(spelling)).toBe(value);
  });

  it('put variables in as literals, with a fallback for those that are not there', () => {
    expect(expand('SELECT @tax_rate, @city, @on, @nothing, @start_town')).toBe(
      "SELECT 0.08, 'O''Hare', true, NULL, 'Bergen'",
    );
    expect(expand("SELECT @VAR('tax_rate'), @var('none', 1 + 2), @VAR('City')")).toBe(
      "SELECT 0.08, 1 + 2, 'O''Hare'",
    );
    expect(expand('FROM @this_model')).toBe('FROM "mart"."sales"');
  });

  it('leave strings, comments and quoted names as they are', () => {
    const text = `SELECT '@start_ds', "@start_ds", $$@x$$ -- @nobody\n/* @nobody */`;
    expect(expand(text)).toBe(text);
  });

  it('that nobody knows are a problem with line and column', () => {
    expect(expandMacros('SELECT 1,\n  @nobody', context)).toMatchObject({
      ok: false,
      problem: { code: 'model.invalid', place: { line: 2, column: 3 } },
    });
    expect(expandMacros("SELECT @VAR('none')", context)).toMatchObject({
      ok: false,
      problem: { place: { column: 8 } },
    });
    expect(expandMacros('SELECT @VAR(', context)).toMatchObject({ ok: false });
    expect(expandMacros('SELECT @end_century', context)).toMatchObject({ ok: false });
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
    expect(usesTimeRange("SELECT '@start_ds', @execution_ds -- @end_ds")).toBe(false);
  });
});
