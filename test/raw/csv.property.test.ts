import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { sql } from '../../shared/sql/sql';
import { type Bench, openBench, sourceOf } from './support';

type Good = {
  readonly id: number;
  readonly qty: number | null;
  readonly at: string | null;
  readonly name: string | null;
};
type Line =
  | { readonly good: Good }
  | { readonly bad: string; readonly reason: string; readonly part: string };

let bench: Bench;
beforeAll(async () => {
  bench = await openBench();
});
afterAll(() => bench.close());

const text = fc.string({
  unit: fc.constantFrom('a', 'B', ' ', 'é', '😀', ',', ';', '"', '\t', '|', "'", '0', '\n'),
  maxLength: 12,
});
const time = fc
  .integer({ min: 0, max: 2_000_000_000 })
  .map((seconds) => new Date(seconds * 1000).toISOString().slice(0, 19).replace('T', ' '));
const good = fc.record({
  id: fc.integer({ min: 0, max: 1_000_000 }),
  qty: fc.option(fc.integer({ min: -1000, max: 1000 })),
  at: fc.option(time),
  // an unquoted field loses no space, but one of spaces alone at the end of a line is not worth the trouble
  name: fc.option(text.filter((one) => one.length > 0)),
});
const bad = fc.constantFrom(
  { fields: ['1', 'two', '', 'x'], reason: 'Not a number', part: 'two' },
  { fields: ['1', '2', '2025-13-01 00:00:00', 'x'], reason: 'Not a time', part: '2025-13-01 00:00:00' },
  { fields: ['-', '2', 'noon', 'x'], reason: 'Not a number', part: '-' },
  { fields: ['1', '2'], reason: '2 of 4 columns', part: '' },
  { fields: ['1', '2', '', 'x', 'more'], reason: '5 of 4 columns', part: 'more' },
);

const file = fc.record({
  delimiter: fc.constantFrom(',', ';', '\t', '|'),
  end: fc.constantFrom('\n', '\r\n'),
  mark: fc.constantFrom('', '\uFEFF'),
  header: fc.boolean(),
  lastEnd: fc.boolean(),
  lines: fc.array(
    fc.oneof({ weight: 4, arbitrary: good.map((row) => ({ good: row })) }, { weight: 1, arbitrary: bad }),
    { minLength: 1, maxLength: 40 },
  ),
});

function write(value: string | number | null, delimiter: string): string {
  if (value === null) return '';
  const plain = String(value);
  return plain.includes(delimiter) || /["\n']/.test(plain) ? `"${plain.replaceAll('"', '""')}"` : plain;
}

it('every line of a CSV file is loaded as it was written, or kept apart with its reason', async () => {
  let count = 0;
  await fc.assert(
    fc.asyncProperty(file, async ({ delimiter, end, mark, header, lastEnd, lines }) => {
      count += 1;
      const written: Line[] = lines.map((line) =>
        'good' in line ? line : { bad: line.fields.join(delimiter), reason: line.reason, part: line.part },
      );
      const texts = written.map((line) =>
        'bad' in line
          ? line.bad
          : [line.good.id, line.good.qty, line.good.at, line.good.name]
              .map((value) => write(value, delimiter))
              .join(delimiter),
      );
      const all = [...(header ? [['id', 'qty', 'at', 'name'].join(delimiter)] : []), ...texts].join(end);
      const expected = written.flatMap((line) => ('good' in line ? [line.good] : []));
      const misfits = written.flatMap((line) => ('bad' in line ? [line] : []));
      // The reader takes the first line end for the kind of all, even one inside quotes.
      const [first = ''] = texts;
      fc.pre(expected.length > 0 && (header || end === '\n' || !first.includes('\n')));
      const source = {
        ...sourceOf(
          'name: p\nfiles: [p.csv]\nformat: csv\ncolumns: { id: INTEGER, qty: INTEGER, at: TIMESTAMP, name: VARCHAR }\n',
        ),
        csv: { delimiter, header, nullstr: '' },
      };
      const { snapshot } = await bench.take(source, [
        bench.file(`p${count}.csv`, mark + all + (lastEnd ? end : '')),
      ]);
      expect(snapshot.rows + snapshot.quarantined).toBe(lines.length);
      expect(await bench.session.rows(sql`SELECT * FROM raw.p`)).toEqual(expected);
      const kept = await bench.session.rows(
        sql`SELECT reason, raw, start_at, end_at FROM teal.quarantine WHERE snapshot = ${snapshot.id} ORDER BY line`,
      );
      const found = kept.map((row) => ({
        bad: row.raw,
        reason: row.reason,
        part: String(row.raw).slice(Number(row.start_at), Number(row.end_at)),
      }));
      expect(found).toEqual(misfits);
    }),
    { numRuns: 150 },
  );
});
