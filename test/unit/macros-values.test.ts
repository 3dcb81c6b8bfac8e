import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { expandMacros, type MacroContext } from '../../shared/project/macros';

/** Expressions and what SQLMesh 0.236.4 puts in for `@EVAL` of them: nothing, or `null` where it cannot compute them. */
const { values }: { readonly values: readonly (readonly [string, string | null])[] } = JSON.parse(
  readFileSync(new URL('../fixtures/macros.json', import.meta.url), 'utf8'),
);
const context: MacroContext = { start: 0, end: 1, executionTime: 0, variables: {}, values: {} };

describe('an expression in a macro', () => {
  it.each(values)('%s', (expression, value) => {
    const expanded = expandMacros(`@EVAL(${expression})`, context);
    expect(expanded.ok ? expanded.value.text : null).toBe(value);
  });

  it.each([
    ['((((((((((1))))))))))', '1'],
    [`${'('.repeat(500)}1${')'.repeat(500)}`, null],
    [`${'-'.repeat(1)}${'(-'.repeat(400)}1${')'.repeat(400)}`, null],
    ['(9 ** 4000) ** 4000', null],
    ['9 ** 99999', null],
    ["'a' LIKE '%%%%%%%%%%%%%%%%%%%%%%%%%%%%b'", 'FALSE'],
    ['1 +', null],
    ['CASE WHEN 1', null],
    ['(1, 2', null],
    ['', null],
  ])('%s ends, whatever it is', (expression, value) => {
    const expanded = expandMacros(`@EVAL(${expression})`, context);
    expect(expanded.ok ? expanded.value.text : null).toBe(value);
    if (!expanded.ok) expect(expanded.problem).toMatchObject({ code: 'model.invalid', place: { column: 1 } });
  });
});
