// Files of tests, and what is read from queries for them, against random text: never a crash, never a hang.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { freezeTime } from '../../shared/quality/freeze-time';
import { shownArgument } from '../../shared/quality/shown-argument';
import { compareRows } from '../../shared/quality/test-compare';
import { readCsvRows } from '../../shared/quality/test-csv';
import { readTestFile } from '../../shared/quality/test-file';
import type { TestValue } from '../../shared/quality/test-values';
import { writeTest } from '../../shared/quality/write-test';
import { isOrdered, readWith } from '../../shared/sql/ctes';
import { selectedColumns } from '../../shared/sql/select-types';
import { applyEdits } from '../../shared/sql/text';

const yamlPiece = fc.constantFrom(
  ...[
    'test_a:',
    'model:',
    'mart.x',
    'inputs:',
    'outputs:',
    'query:',
    'rows:',
    'ctes:',
    'vars:',
    'partial: true',
  ],
  ...[
    '- ',
    '{',
    '}',
    '[',
    ']',
    ': ',
    ', ',
    '\n',
    '\n  ',
    '\n    ',
    '"',
    "'",
    '|',
    '&a',
    '*a',
    '<<',
    '#',
    '2024-01-01',
  ],
  ...['format: csv', 'columns:', 'path: x', 'null', '1', '.nan', '{{', '!!float x', '\t', '---'],
);
const sqlPiece = fc.constantFrom(
  ...[
    'WITH',
    'RECURSIVE',
    'AS',
    'SELECT',
    'DISTINCT',
    'FROM',
    'CAST',
    'UNION',
    'ORDER',
    'BY',
    '*',
    '(',
    ')',
    ',',
    '::',
  ],
  ...[
    'INT',
    'a',
    '"b"',
    "'c'",
    '1',
    '.',
    '[',
    ']',
    ';',
    '--',
    '/*',
    "'",
    'current_date',
    'now',
    'MATERIALIZED',
  ],
);
const joined = (piece: fc.Arbitrary<string>, separator: string) =>
  fc.oneof(
    fc.string({ unit: 'grapheme', maxLength: 80 }),
    fc.array(piece, { maxLength: 40 }).map((parts) => parts.join(separator)),
  );

describe('any text', () => {
  it('is a test file with tests or with problems that have a place', () => {
    fc.assert(
      fc.property(joined(yamlPiece, ''), (text) => {
        const { tests, broken } = readTestFile('tests/test_x.yaml', text, new Map([['x', text]]));
        for (const one of [...tests, ...broken]) expect(one.place.line).toBeGreaterThan(0);
      }),
      { numRuns: 3000 },
    );
  });

  it('is a query whose CTEs, columns and clocks are read, or are not there', () => {
    fc.assert(
      fc.property(joined(sqlPiece, ' '), (text) => {
        for (const cte of readWith(text)?.ctes ?? [])
          expect(cte.bodyEnd).toBeGreaterThanOrEqual(cte.bodyStart);
        for (const column of selectedColumns(text) ?? []) expect(column.name).not.toBe('');
        isOrdered(text);
        shownArgument(text);
        const frozen = applyEdits(text, freezeTime(text, 0));
        if (!/current_|now|today/i.test(text)) expect(frozen).toBe(text);
      }),
      { numRuns: 3000 },
    );
  });

  it('is CSV whose rows have the columns of its header', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: fc.constantFrom('a', '1', ',', '"', '\n', '\r', ' ', '.', '-'), maxLength: 60 }),
        (text) => {
          const rows = readCsvRows(text, { delimiter: ',', quote: '"' });
          for (const row of rows) expect(Object.keys(row)).toEqual(Object.keys(rows[0] ?? {}));
        },
      ),
    );
  });
});

const rowsArbitrary = fc.array(
  fc.tuple(fc.option(fc.integer()), fc.option(fc.string({ unit: 'grapheme' })), fc.option(fc.boolean())),
  { maxLength: 8 },
);
const columns = [
  { name: 'id', type: 'INTEGER' },
  { name: 'text', type: 'VARCHAR' },
  { name: 'ok', type: 'BOOLEAN' },
];

describe('rows of any values', () => {
  it('are written so that a test with them reads the same and expects what came', () => {
    fc.assert(
      fc.property(rowsArbitrary, (rows) => {
        const query = { columns, rows };
        const text = writeTest({
          name: 'test_x',
          model: 'mart.x',
          inputs: new Map(),
          query,
          ctes: new Map(),
          variables: {},
        });
        const { tests, broken } = readTestFile('tests/test_x.yaml', text, new Map());
        expect(broken).toEqual([]);
        const expected = tests[0]?.query?.rows ?? [];
        expect(compareRows(expected, query, { partial: false, ordered: true })).toBeUndefined();
        const shuffled = { columns, rows: [...rows].reverse() };
        expect(compareRows(expected, shuffled, { partial: false, ordered: false })).toBeUndefined();
        const more = [...expected, { id: 1n as TestValue }];
        expect(compareRows(more, query, { partial: false, ordered: false })?.expectedRows).toBe(
          rows.length + 1,
        );
      }),
    );
  });
});
