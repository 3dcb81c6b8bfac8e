import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  expandMacros,
  type MacroContext,
  macroUses,
  renderForFingerprint,
} from '../../shared/project/macros';
import { applyEdits } from '../../shared/sql/text';

const context: MacroContext = {
  start: 0,
  end: 86_400_000,
  executionTime: 86_400_000,
  variables: { a: 1, b: 'two', list: ['x', 'y'], on: true },
  values: { this_model: '"s"."m"' },
  definitions: ['@DEF(c, a + 1)', '@DEF(f, (x, y) -> @x * y)'],
  columnsOf: () => [{ name: 'a', type: 'INTEGER' }],
};
const MACROS =
  'a b list on c f x start_ds end_dt this_model if each reduce filter eval sql star union pivot and or where join with limit def var safe_div deduplicate date_spine generate_surrogate_key nobody'.split(
    ' ',
  );
const piece = fc.oneof(
  fc.constantFrom(...MACROS).map((name) => `@${name}`),
  fc.constantFrom(...MACROS).map((name) => `@{${name}}`),
  fc.constantFrom(...MACROS).map((name) => `@${name}(`),
  fc.constantFrom(
    'SELECT',
    'x',
    'y',
    'FROM',
    't',
    'AS',
    '1',
    "'s'",
    '"q@a"',
    "@'@b'",
    'CASE',
    'WHEN',
    'END',
    'IN',
    'NOT',
  ),
  fc.constantFrom(
    '(',
    ')',
    '[',
    ']',
    ',',
    '->',
    ':=',
    '::',
    '.',
    '-',
    '+',
    '=',
    ';',
    '{',
    '}',
    '@',
    "'",
    '"',
    '--',
    '/*',
    '*/',
  ),
  fc.constantFrom(' ', ' ', ' ', '\n', ''),
);
const macroText = fc.array(piece, { maxLength: 40 }).map((pieces) => pieces.join(''));
const anyText = fc.string({ unit: 'binary', maxLength: 80 });

describe('macros in any text', () => {
  it('never throw and never hang; the edits alone make the difference', () => {
    fc.assert(
      fc.property(fc.oneof(macroText, anyText), (text) => {
        const expanded = expandMacros(text, context);
        if (!expanded.ok) {
          expect(expanded.problem.place?.line).toBeGreaterThan(0);
          return;
        }
        expect(applyEdits(text, expanded.value.edits)).toBe(expanded.value.text);
        const ends = expanded.value.edits.toSorted((a, b) => a.start - b.start);
        ends.forEach((edit, index) => {
          expect(edit.start).toBeGreaterThanOrEqual(ends[index - 1]?.end ?? 0);
        });
      }),
      { numRuns: 3000 },
    );
  });

  it('have a spelling and uses, whatever the text is', () => {
    fc.assert(
      fc.property(fc.oneof(macroText, anyText), (text) => {
        expect(typeof renderForFingerprint(text, context)).toBe('string');
        expect(Array.isArray(macroUses([text], context).macros)).toBe(true);
      }),
      { numRuns: 1000 },
    );
  });

  it('leave a text without macros byte for byte', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const plain = text.replaceAll('@', '').replaceAll('{{', '').replaceAll('{%', '');
        const expanded = expandMacros(plain, context);
        expect(expanded).toEqual({ ok: true, value: { text: plain, edits: [] } });
      }),
    );
  });

  it('leave everything around a macro byte for byte', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(...' \n\tabc1,()+*<>.é'.split('')) }), (around) => {
        const expanded = expandMacros(`${around} @a ${around}`, context);
        expect(expanded).toMatchObject({ ok: true, value: { text: `${around} 1 ${around}` } });
      }),
    );
  });
});
