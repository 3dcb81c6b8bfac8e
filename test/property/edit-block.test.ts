import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readBlock } from '../../shared/project/block';
import { editBlock } from '../../shared/project/edit-block';
import { readKind } from '../../shared/project/kind';

const eol = fc.constantFrom('\n', '\r\n');
const comment = fc.constantFrom('', '', ' -- nightly', ' /* , ( */');
const value = fc.constantFrom(
  ...["'@daily'", 'jen', '(a, b)', '[a, b]', "(x := 'it''s', y := 1)", '"Day"', 'TRUE', '(a, (b, "c,d"))'],
);
const names = ['owner', 'cron', 'grain', 'tags', 'audits', 'description', 'stamp'];

/** A block as people write them: one line or many, comments, commas at the end or not, Windows line ends. */
const block = fc
  .record({
    eol,
    lines: fc.boolean(),
    trailing: fc.boolean(),
    indent: fc.constantFrom('  ', '\t', '    '),
    head: fc.constantFrom('', '-- what it is\n', '/* MODEL ( */ '),
    properties: fc.uniqueArray(fc.tuple(fc.constantFrom(...names), value, comment), {
      selector: ([name]) => name,
      minLength: 1,
      maxLength: 5,
    }),
  })
  .map(({ eol: end, lines, trailing, indent, head, properties }) => {
    const all = [['name', 'a.b', ''] as const, ...properties];
    const written = all.map(([name, text, note], at) => {
      const comma = at < all.length - 1 || trailing ? ',' : '';
      return lines ? `${indent}${name} ${text}${comma}${note}` : `${name} ${text}${comma}`;
    });
    const inner = lines ? `${end}${written.join(end)}${end}` : written.join(' ');
    return `${head}MODEL (${inner});${end}${end}SELECT 1 AS x -- ( ,${end}`;
  });

const valuesOf = (text: string) => {
  const read = readBlock(text, 'f.sql');
  return read.ok
    ? Object.fromEntries((read.value?.properties ?? []).map((property) => [property.name, property.value]))
    : {};
};
const edit = (text: string, name: string, to: string | null) => {
  const edited = editBlock(text, [{ name, value: to }]);
  if (!edited.ok) throw new Error(edited.problem.message);
  return edited.value;
};

describe('an edited block', () => {
  it('has the value that was set, all others, and the query as it was', () => {
    fc.assert(
      fc.property(block, fc.constantFrom(...names), value, (text, name, to) => {
        const edited = edit(text, name, to);
        expect(valuesOf(edited)).toEqual({ ...valuesOf(text), [name]: to });
        expect(edited.endsWith(text.slice(text.indexOf(');')))).toBe(true);
        expect(edit(edited, name, to)).toBe(edited);
      }),
      { numRuns: 500 },
    );
  });

  it('changes nothing but the value where the property is there', () => {
    fc.assert(
      fc.property(block, fc.constantFrom(...names), value, (text, name, to) => {
        const read = readBlock(text, 'f.sql');
        const property = read.ok ? read.value?.properties.find((one) => one.name === name) : undefined;
        if (!property) return;
        const expected = text.slice(0, property.valueStart) + to + text.slice(property.end);
        expect(edit(text, name, to)).toBe(expected);
      }),
      { numRuns: 500 },
    );
  });

  it('is as it was before once what was added is taken out', () => {
    fc.assert(
      fc.property(block, value, (text, to) => {
        expect(edit(edit(text, 'interval_unit', to), 'interval_unit', null)).toBe(text);
        expect(edit(text, 'interval_unit', null)).toBe(text);
      }),
      { numRuns: 500 },
    );
  });

  it('keeps every comment and every other value when a property is taken out', () => {
    fc.assert(
      fc.property(block, fc.constantFrom(...names), (text, name) => {
        const { [name]: _, ...others } = valuesOf(text);
        const edited = edit(text, name, null);
        expect(valuesOf(edited)).toEqual(others);
        const notes = (of: string) => of.split('-- nightly').length + of.split('/* , ( */').length;
        expect(notes(edited)).toBe(notes(text));
      }),
      { numRuns: 500 },
    );
  });

  it('never fails on any text, and leaves what it cannot read', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.string(), (rest, to) => {
        for (const text of [rest, `MODEL (${rest}`, `MODEL (name a.b, ${rest}); SELECT 1`]) {
          const edited = editBlock(text, [{ name: 'owner', value: to }]);
          if (edited.ok) expect(valuesOf(edited.value)['owner']).toBe(to);
        }
      }),
      { numRuns: 500 },
    );
  });
});

describe('a property inside the kind', () => {
  const full = 'MODEL (\n  name a.b,\n  kind FULL -- all of it\n);\nSELECT 1';
  const ranged =
    "MODEL (\n  name a.b,\n  kind INCREMENTAL_BY_TIME_RANGE (\n    time_column ds, -- the day\n    lookback 2\n  ),\n  cron '@daily'\n);\nSELECT 1";

  it.each([
    ['is set', ranged, 'kind.lookback', '3', ranged.replace('lookback 2', 'lookback 3')],
    [
      'is added',
      ranged,
      'kind.batch_size',
      '7',
      ranged.replace('lookback 2', 'lookback 2,\n    batch_size 7'),
    ],
    [
      'is taken out',
      ranged,
      'kind.lookback',
      null,
      ranged.replace('ds, -- the day\n    lookback 2\n', 'ds -- the day\n'),
    ],
    ['is the same', ranged, 'kind.lookback', '2', ranged],
    [
      'is the first one',
      full.replace('FULL', 'VIEW'),
      'kind.materialized',
      'TRUE',
      full.replace('FULL', 'VIEW (\n    materialized TRUE\n  )'),
    ],
  ])('%s', (_, text, name, to, expected) => {
    expect(edit(text, name, to)).toBe(expected);
  });

  it('stands where the kind reads it', () => {
    const kind = valuesOf(edit(ranged, 'kind.on_destructive_change', 'WARN'))['kind'] ?? '';
    expect(readKind(kind)).toMatchObject({ ok: true, value: { lookback: 2, onDestructiveChange: 'warn' } });
  });

  it.each(['', '1,', "'x", '1 -- x', ')', '= 1', 'a; b'])('cannot be set to %j', (to) => {
    expect(editBlock(ranged, [{ name: 'kind.lookback', value: to }])).toMatchObject({ ok: false });
  });
});
