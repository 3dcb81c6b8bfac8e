import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { canonicalText, codeTokens, tokenize } from '../../shared/sql/lexer';
import { applyEdits, type Edit, positionOf, splitStatements } from '../../shared/sql/text';

const PIECES = [
  'select',
  'FROM',
  'Orders',
  '"Two Words"',
  "'it''s'",
  "E'a\\'b'",
  '$$body$$',
  '$t$ $$ $t$',
  '$1',
  '$name',
  '12',
  '0xFF',
  '1.5e-3',
  '.5',
  '@start_ds',
  '@{size}',
  '(',
  ')',
  ',',
  '::',
  '->>',
  '<=>',
  '+',
  '.',
  'é1',
] as const;
const LAYOUT = [' ', '\n', '\t  ', ' -- note; \'"\n', ' /* a /* b */ ; */ ', '\r\n'] as const;
const nasty = fc.string({
  unit: fc.constantFrom(...'\'"`$@/*-;.\\ \n\teE0xaé😀(){}[]_:=<>'.split(''), '😀', '$$', '/*', '*/'),
  maxLength: 60,
});
const anyText = fc.oneof(
  nasty,
  fc.string({ unit: 'binary', maxLength: 60 }),
  fc.string({ unit: 'grapheme', maxLength: 60 }),
);
const laidOut = fc.array(fc.tuple(fc.constantFrom(...PIECES), fc.constantFrom(...LAYOUT)), { maxLength: 25 });

describe('the lexer', () => {
  it('covers any text exactly: tokens in order, only space between them', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        let at = 0;
        for (const token of tokenize(text)) {
          expect(token.end).toBeGreaterThan(token.start);
          expect(text.slice(at, token.start)).toMatch(/^\s*$/);
          expect(token.text).toBe(text.slice(token.start, token.end));
          at = token.end;
        }
        expect(text.slice(at)).toMatch(/^\s*$/);
      }),
      { numRuns: 600 },
    );
  });

  it('reads an open string or comment as one broken token to the end', () => {
    for (const text of ["'abc", '"abc', '/* /* */', '$$ abc', "E'a\\'", '$a$ $b$'])
      expect(tokenize(`1 ${text}`).map((token) => token.kind)).toEqual(['number', 'broken']);
  });

  it('needs time that grows with the text, not with its square', () => {
    const text = `${"select 'a' /* b */ from t -- c\n".repeat(6_000)}`;
    const started = performance.now();
    expect(tokenize(text).length).toBe(6_000 * 6);
    expect(performance.now() - started).toBeLessThan(4_000);
  });
});

describe('the canonical text', () => {
  it('is blind to layout, comments and the case of unquoted words', () => {
    fc.assert(
      fc.property(
        laidOut,
        fc.array(fc.constantFrom(...LAYOUT), { minLength: 25, maxLength: 25 }),
        (words, gaps) => {
          const one = words.map(([word, gap]) => word + gap).join('');
          const other = words.map(([word], index) => swapCase(word) + (gaps[index] ?? ' ')).join('');
          expect(canonicalText(other)).toBe(canonicalText(one));
        },
      ),
      { numRuns: 300 },
    );
  });

  it('tells apart what the engine tells apart', () => {
    const different = [
      ["'a'", "'A'"],
      ['"A"', '"a"'],
      ['a b', 'ab'],
      ['1 2', '12'],
      ['a- -b', 'a--b\n'],
      ['a < = b', 'a <= b'],
      ["'a' 'b'", "'ab'"],
    ] as const;
    for (const [one, other] of different) expect(canonicalText(one)).not.toBe(canonicalText(other));
  });

  it('is the same of the text made of its tokens', () => {
    fc.assert(
      fc.property(laidOut, (words) => {
        const text = words.map(([word, gap]) => word + gap).join('');
        const again = codeTokens(text)
          .map((token) => token.text)
          .join(' ');
        expect(canonicalText(again)).toBe(canonicalText(text));
      }),
    );
  });
});

describe('the splitter', () => {
  it('cuts at semicolons that are neither in strings nor in comments', () => {
    fc.assert(
      fc.property(fc.array(laidOut, { maxLength: 5 }), (statements) => {
        const texts = statements.map((words) => words.map(([word, gap]) => word + gap).join(''));
        const filled = statements.filter((words) => words.length > 0).length;
        const text = texts.join(';');
        const spans = splitStatements(text);
        expect(spans).toHaveLength(filled);
        for (const span of spans)
          expect(canonicalText(text.slice(span.start, span.end)).split('\u0001')).toHaveLength(
            span.tokens.length,
          );
      }),
    );
  });
});

describe('edits of a text', () => {
  it('change what they name and leave every other character', () => {
    const marks = fc.uniqueArray(fc.nat(40), { minLength: 2, maxLength: 8 });
    fc.assert(
      fc.property(
        fc.string({ minLength: 41, maxLength: 60 }),
        marks,
        fc.string({ maxLength: 5 }),
        (text, at, put) => {
          const sorted = at.toSorted((a, b) => a - b);
          const edits: Edit[] = [];
          for (let i = 0; i + 1 < sorted.length; i += 2)
            edits.push({ start: sorted[i] ?? 0, end: sorted[i + 1] ?? 0, text: put });
          const expected = edits
            .toReversed()
            .reduce((now, edit) => now.slice(0, edit.start) + put + now.slice(edit.end), text);
          expect(applyEdits(text, edits.toReversed())).toBe(expected);
        },
      ),
    );
  });

  it('find line and column from 1', () => {
    expect(positionOf('ab\ncd', 0)).toEqual({ line: 1, column: 1 });
    expect(positionOf('ab\ncd', 4)).toEqual({ line: 2, column: 2 });
  });
});

function swapCase(piece: string): string {
  if (!/^[@\p{L}]/u.test(piece) || piece.startsWith("E'")) return piece;
  return piece === piece.toUpperCase() ? piece.toLowerCase() : piece.toUpperCase();
}
