import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type FormatOptions, formatFile } from '../../shared/project/format/format-file';
import { canonicalText, codeTokens, tokenize } from '../../shared/sql/lexer';

const options: fc.Arbitrary<FormatOptions> = fc.record({
  indent: fc.integer({ min: 0, max: 6 }),
  maxTextWidth: fc.integer({ min: 1, max: 120 }),
  normalizeFunctions: fc.constantFrom('usual', 'upper', 'lower'),
  leadingComma: fc.boolean(),
  appendNewline: fc.boolean(),
});

const PIECES =
  "select|from|where|and|or|not|a|b.c|\"Q d\"|'it''s'|1|-1|.5|@x|@{y}|_z|(|)|[|]|{|}|,|;|::|int|case|when|then|else|end|as|with|union|all|join|left|on|using|group by|order by|between|over|in|count(*)|distinct|is|null|interval|limit|offset|window|lateral|values|*|-|+|=|->|:=|:|MODEL|kind|FULL|name|@WHERE".split(
    '|',
  );
const SPACES = [' ', '\n', '  ', '', ' -- note\n', ' /* of\n it */ ', '\n-- own line\n', '\r\n'];

const soup = fc
  .array(fc.tuple(fc.constantFrom(...PIECES), fc.constantFrom(...SPACES)), { maxLength: 40 })
  .map((parts) => parts.flat().join(''));

/** Queries that a person could have written, with comments anywhere. */
const { query } = fc.letrec<{ query: string; expression: string }>((tie) => ({
  expression: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    fc.constantFrom('a', 't.b', "'x'", '12', '@start_ds', 'NULL'),
    fc
      .tuple(tie('expression'), fc.constantFrom('+', '=', ' and ', ' or ', ' -- x\n||'), tie('expression'))
      .map((p) => p.join(' ')),
    tie('expression').map((inner) => `(${inner})`),
    tie('expression').map((inner) => `coalesce(${inner}, /* c */ 0)`),
    tie('expression').map((inner) => `case when ${inner} then 1 -- y\n else 2 end`),
    tie('query').map((inner) => `(${inner})`),
  ),
  query: fc
    .record({
      items: fc.array(tie('expression'), { minLength: 1, maxLength: 3 }),
      where: fc.option(tie('expression'), { nil: undefined }),
      cte: fc.option(tie('query'), { nil: undefined }),
      gap: fc.constantFrom(' ', '\n-- g\n', ' /* h */ ', ' -- i\n'),
    })
    .map(({ items, where, cte, gap }) =>
      [
        ...(cte === undefined ? [] : [`with c as (${cte})`]),
        `select ${items.join(`,${gap}`)}`,
        'from t',
        ...(where === undefined ? [] : [`where ${where}`]),
      ].join(gap),
    ),
}));

const comments = (text: string) =>
  tokenize(text)
    .filter((token) => token.kind === 'comment')
    .map((token) => token.text.trimEnd());

function holds(text: string, how: FormatOptions): void {
  const out = formatFile(text, how);
  expect(canonicalText(out)).toBe(canonicalText(text));
  expect(comments(out)).toEqual(comments(text));
  expect(formatFile(out, how)).toBe(out);
}

describe('laying out', () => {
  it('changes no token and no comment of any text, and is done after one time', () => {
    fc.assert(fc.property(soup, options, holds), { numRuns: 500 });
    fc.assert(fc.property(fc.string({ unit: 'binary', maxLength: 80 }), options, holds), { numRuns: 500 });
  });

  it('the same for queries with comments anywhere', () => {
    fc.assert(fc.property(query, options, holds), { numRuns: 300 });
  });

  it('lays out every query without comments: it is never left as it was for want of knowing it', () => {
    const plain = query.filter((text) => comments(text).length === 0);
    const usual: FormatOptions = {
      indent: 2,
      maxTextWidth: 80,
      normalizeFunctions: 'usual',
      leadingComma: false,
      appendNewline: false,
    };
    fc.assert(
      fc.property(plain, (text) => {
        expect(formatFile(text, usual)).toMatch(/^(SELECT|WITH)/);
      }),
      { numRuns: 300 },
    );
  });

  it('keeps the files of the sample, which its author laid out by hand', () => {
    const dir = join(import.meta.dirname, '../../examples/sushi/models');
    const files = readdirSync(dir, { recursive: true, encoding: 'utf8' }).filter((file) =>
      file.endsWith('.sql'),
    );
    expect(files.length).toBeGreaterThan(5);
    for (const file of files) {
      const text = readFileSync(join(dir, file), 'utf8');
      holds(text, {
        indent: 2,
        maxTextWidth: 80,
        normalizeFunctions: 'usual',
        leadingComma: false,
        appendNewline: false,
      });
      expect(codeTokens(text).length).toBeGreaterThan(10);
    }
  });
});
