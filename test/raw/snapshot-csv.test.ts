import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { numberOf } from '../../shared/base/rows';
import { reasonGroup } from '../../shared/raw/quarantine';
import { id, sql } from '../../shared/sql/sql';
import { type Bench, keptFile, openBench, problemOf, sourceOf, sushi, sushiSource } from './support';

let bench: Bench;
beforeAll(async () => {
  bench = await openBench();
});
afterAll(() => bench.close());

const quarantine = () =>
  bench.session.rows(sql`SELECT line::INTEGER AS line, column_name, reason, raw, start_at, end_at FROM teal.quarantine
    WHERE snapshot = (SELECT id FROM teal.snapshot WHERE current AND source = 't') ORDER BY line`);

const rows = () => bench.session.rows(sql`SELECT * FROM raw.t`);

describe('a snapshot of the stream feed', () => {
  const source = sushiSource('stream_feed');
  const file = keptFile(join(sushi, 'raw/stream_feed_2025q1.csv'), 'raw/stream_feed_2025q1.csv');

  it('reads 24,318 lines: 24,276 loaded and 42 kept apart', async () => {
    const { snapshot, isNew, unread } = await bench.take(source, [file]);
    expect([isNew, unread]).toEqual([true, []]);
    expect([snapshot.rows, snapshot.quarantined]).toEqual([24_276, 42]);
    expect(snapshot.columns).toEqual(
      Object.entries(source.columns ?? {}).map(([name, type]) => ({ name, type })),
    );
    expect(snapshot.files).toMatchObject([{ path: file.path, rows: 24_276 }]);
    expect(new Date(snapshot.files[0]?.from ?? 0).toISOString()).toBe('2025-01-01T11:16:40.000Z');
    const found = await bench.session.rows(
      sql`SELECT reason, count(*) AS n FROM teal.quarantine GROUP BY reason`,
    );
    const groups: Record<string, number> = {};
    for (const row of found) {
      const group = reasonGroup(String(row.reason));
      groups[group] = (groups[group] ?? 0) + numberOf(row, 'n');
    }
    expect(groups).toEqual({ 'Not a number': 19, 'Not a time': 14, 'Too few columns': 9 });
    expect(await bench.session.rows(sql`SELECT count(*) AS n FROM ${id('raw', 'stream_feed')}`)).toEqual([
      { n: '24276' },
    ]);
  });

  it('keeps each bad line with its number, column and bad part', async () => {
    const [line] = await bench.session.rows(sql`SELECT * FROM teal.quarantine WHERE line = 1469`);
    const raw = '20250107-S1-0013,2025-01-07 noon,2025-01-07 11:37:19,S1,MKI-01,1,4.20,,counter';
    expect(line).toMatchObject({ file: file.path, column_name: 'event_ts', reason: 'Not a time', raw });
    expect(raw.slice(Number(line?.start_at), Number(line?.end_at))).toBe('2025-01-07 noon');
  });

  it('does nothing again for the same content, and finds former snapshots again', async () => {
    const first = await bench.take(source, [file]);
    const again = await bench.take(source, [file], { previous: first.snapshot });
    expect([again.isNew, again.snapshot]).toEqual([false, first.snapshot]);
    const other = await bench.take({ ...source, csv: { ...source.csv, nullstr: 'app' } }, [file]);
    expect(other.isNew).toBe(true);
    expect(other.snapshot.id).not.toBe(first.snapshot.id);
    const back = await bench.take(source, [file], { previous: other.snapshot });
    expect([back.isNew, back.snapshot]).toEqual([false, first.snapshot]);
    expect(
      await bench.session.rows(sql`SELECT count(*) AS n FROM raw.stream_feed WHERE channel = 'app'`),
    ).not.toEqual([{ n: '0' }]);
    expect(await bench.session.rows(sql`SELECT id FROM teal.snapshot WHERE current`)).toEqual([
      { id: first.snapshot.id },
    ]);
  });

  it('stops at the first bad line where none may be kept apart', async () => {
    const problem = await problemOf(bench.take({ ...source, on_error: 'fail' }, [file]));
    expect(problem).toMatchObject({
      code: 'source.invalid',
      place: { file: file.path, source: 'stream_feed' },
    });
    expect(problem?.place?.line).toBeGreaterThan(1);
    expect(problem?.kept).toContain('Nothing of it was loaded');
    expect(await bench.session.rows(sql`SELECT count(*) AS n FROM raw.stream_feed`)).toEqual([
      { n: '24276' },
    ]);
  });
});

describe('a CSV file', () => {
  const source = sourceOf(
    'name: t\nfiles: [t.csv]\nformat: csv\ncolumns: { id: INTEGER, qty: INTEGER, day: DATE, name: VARCHAR }\ntime_column: day\n',
  );
  const take = (content: string | Uint8Array, more: Partial<typeof source> = {}) =>
    bench.take({ ...source, ...more }, [bench.file('t.csv', content)]);

  it('may quote delimiters, quotes and line ends', async () => {
    const { snapshot } = await take(
      'id,qty,day,name\n1,2,2025-01-01,"a, ""b""\nc"\n2,x,2025-01-01,"é😀,d"\n3,,,\n',
    );
    expect([snapshot.rows, snapshot.quarantined]).toEqual([2, 1]);
    expect(await rows()).toEqual([
      { id: 1, qty: 2, day: '2025-01-01', name: 'a, "b"\nc' },
      { id: 3, qty: null, day: null, name: null },
    ]);
    expect(await quarantine()).toMatchObject([
      { column_name: 'qty', reason: 'Not a number', raw: '2,x,2025-01-01,"é😀,d"', start_at: 2, end_at: 3 },
    ]);
  });

  it.each([
    ['line feeds', '\n'],
    ['carriage returns and line feeds', '\r\n'],
  ])('may end its lines with %s', async (_, end) => {
    const { snapshot } = await take(
      ['id,qty,day,name', '1,2,2025-01-01,a', '2,3', '3,4,2025-01-02,c,d', '4,5,2025-01-03,e', ''].join(end),
    );
    expect([snapshot.rows, snapshot.quarantined]).toEqual([2, 2]);
    expect(snapshot.files[0]).toMatchObject({ from: Date.UTC(2025, 0, 1), to: Date.UTC(2025, 0, 3) });
    expect(await quarantine()).toMatchObject([
      { line: 3, column_name: '', reason: '2 of 4 columns', raw: '2,3', start_at: 3, end_at: 3 },
      {
        line: 4,
        column_name: '',
        reason: '5 of 4 columns',
        raw: '3,4,2025-01-02,c,d',
        start_at: 17,
        end_at: 18,
      },
    ]);
  });

  it.each([
    ['a byte order mark', '\uFEFFid,qty,day,name\n1,2,2025-01-01,a\n', {}],
    ['semicolons', 'id;qty;day;name\n1;2;2025-01-01;a\n', { csv: { delimiter: ';' } }],
    ['tabs', 'id\tqty\tday\tname\n1\t2\t2025-01-01\ta\n', { csv: { delimiter: '\t' } }],
    ['bars', 'id|qty|day|name\n1|2|2025-01-01|a\n', { csv: { delimiter: '|' } }],
    ['single quotes', "id,qty,day,name\n1,'2',2025-01-01,'a'\n", { csv: { quote: "'" } }],
    ['no header', '1,2,2025-01-01,a\n', { csv: { header: false } }],
    ['another order of columns', 'name,day,qty,id\na,2025-01-01,2,1\n', {}],
    ['names in capitals', 'ID,QTY,DAY,NAME\n1,2,2025-01-01,a\n', {}],
    ['its own time format', 'id,qty,day,name\n1,2,01.01.2025,a\n', { csv: { dateformat: '%d.%m.%Y' } }],
    ['blank lines', 'id,qty,day,name\n\n1,2,2025-01-01,a\n\n', {}],
    ['no last line end', 'id,qty,day,name\n1,2,2025-01-01,a', {}],
  ])('may have %s', async (_, content, more) => {
    const { snapshot } = await take(content, more);
    expect([snapshot.rows, snapshot.quarantined]).toEqual([1, 0]);
    expect(await rows()).toEqual([{ id: 1, qty: 2, day: '2025-01-01', name: 'a' }]);
  });

  it('may be in Latin-1, and lines that are not in the stated encoding are kept apart', async () => {
    const content = Buffer.from('id,qty,day,name\n1,2,2025-01-01,a\n2,3,2025-01-01,Zoë\n', 'latin1');
    const wrong = await take(content);
    expect([wrong.snapshot.rows, wrong.snapshot.quarantined]).toEqual([1, 1]);
    expect(await quarantine()).toMatchObject([{ line: 3, column_name: 'name', reason: 'Not text in UTF-8' }]);
    const right = await take(content, { csv: { encoding: 'latin-1' } });
    expect([right.snapshot.rows, right.snapshot.quarantined]).toEqual([2, 0]);
    expect((await rows())[1]).toMatchObject({ name: 'Zoë' });
  });

  it.each([
    ['empty', ''],
    ['only a header', 'id,qty,day,name\n'],
    ['only a header without a line end', 'id,qty,day,name'],
  ])('may be %s', async (_, content) => {
    const { snapshot } = await take(content);
    expect([snapshot.rows, snapshot.quarantined]).toEqual([0, 0]);
    expect(snapshot.files[0]).toMatchObject({ rows: 0, from: null, to: null });
    expect(await rows()).toEqual([]);
  });

  it('may have a line of many megabytes', async () => {
    const { snapshot } = await take(
      `id,qty,day,name\n1,2,2025-01-01,${'x'.repeat(5_000_000)}\n2,3,2025-01-01,b\n`,
    );
    expect([snapshot.rows, snapshot.quarantined]).toEqual([2, 0]);
  });

  it('keeps apart a line that is longer than 8 MB', async () => {
    const { snapshot } = await take(
      `id,qty,day,name\n1,2,2025-01-01,${'x'.repeat(9_000_000)}\n2,3,2025-01-01,b\n`,
    );
    expect([snapshot.rows, snapshot.quarantined]).toEqual([1, 1]);
    expect(await quarantine()).toMatchObject([{ line: 2, reason: 'Line too long' }]);
  });

  it('keeps apart a quote that is not closed, and a number too big', async () => {
    const { snapshot } = await take(
      'id,qty,day,name\n1,2,2025-01-01,"a"b\n2,99999999999,2025-01-01,c\n3,4,2025-01-01,d\n',
    );
    expect([snapshot.rows, snapshot.quarantined]).toEqual([1, 2]);
    expect(await quarantine()).toMatchObject([
      { line: 2, column_name: 'name', reason: 'Quote not closed' },
      { line: 3, column_name: 'qty', reason: 'Number out of range' },
    ]);
  });

  it('that is no text is refused, and the former snapshot stays', async () => {
    const good = await take('id,qty,day,name\n1,2,2025-01-01,a\n');
    const garbage = Buffer.from(
      Array.from(
        { length: 20_000 },
        (_, index) => (index * 7919 * (index % 31) + ((index * index) % 251)) & 255,
      ),
    );
    const problem = await problemOf(take(garbage, { csv: { header: false } }));
    expect(problem).toMatchObject({ code: 'source.not_tabular', place: { file: 't.csv', source: 't' } });
    expect(problem?.kept).toBeTruthy();
    expect(problem?.remedy).toBeTruthy();
    expect(
      await bench.session.rows(sql`SELECT id FROM teal.snapshot WHERE current AND source = 't'`),
    ).toEqual([{ id: good.snapshot.id }]);
    expect(await rows()).toHaveLength(1);
  });

  it('that mixes kinds of line ends is refused', async () => {
    const problem = await problemOf(
      take('id,qty,day,name\n1,2,2025-01-01,a\r\n2,3,2025-01-01,b\n3,4,2025-01-01,c\r\n'),
    );
    expect(problem).toMatchObject({
      code: 'source.not_tabular',
      message: expect.stringContaining('mixes kinds of line ends'),
    });
  });

  it('of which no line fits is refused', async () => {
    expect(await problemOf(take('id,qty,day,name\na,b,c,d\ne,f,g,h\n'))).toMatchObject({
      code: 'source.not_tabular',
      place: { file: 't.csv' },
    });
  });

  it('without a column of the source is refused', async () => {
    const problem = await problemOf(take('id,qty,name\n1,2,a\n'));
    expect(problem).toMatchObject({
      code: 'source.invalid',
      message: 't.csv has no column day; its first line names id, qty, name.',
    });
  });

  it('with columns that the source does not name says so', async () => {
    const { snapshot, unread } = await take('id,qty,tip,day,name\n1,2,9,2025-01-01,a\n');
    expect([unread, snapshot.rows]).toEqual([['tip'], 1]);
  });

  it('that is gone is missing', async () => {
    const gone = { path: 't.csv', kept: join(bench.folder, 'gone.csv'), sha256: 'a', bytes: 1 };
    expect(await problemOf(bench.take(source, [gone]))).toMatchObject({
      code: 'source.file_missing',
      place: { file: 't.csv' },
    });
  });

  it('needs the time column that is stated', async () => {
    expect(await problemOf(take('id,qty,day,name\n', { time_column: 'when' }))).toMatchObject({
      code: 'source.invalid',
    });
  });

  it('may name its columns as it likes', async () => {
    const columns = { "a 'q'": 'INTEGER', filename: 'VARCHAR', 'x"y': 'VARCHAR', select: 'DATE' };
    const odd = { ...source, columns, time_column: null };
    const { snapshot } = await bench.take(odd, [
      bench.file('odd.csv', `a 'q',filename,"x""y",select\n1,f,z,2025-01-01\n`),
    ]);
    expect([snapshot.rows, snapshot.columns.map((column) => column.name)]).toEqual([
      1,
      ["a 'q'", 'filename', 'x"y', 'select'],
    ]);
    expect(await rows()).toEqual([{ "a 'q'": 1, filename: 'f', 'x"y': 'z', select: '2025-01-01' }]);
  });
});

describe('several CSV files', () => {
  it('are one snapshot, with rows and times of each', async () => {
    const source = sourceOf(
      'name: t\nfiles: [a.csv, b.csv]\nformat: csv\ncolumns: { id: INTEGER, day: DATE }\ntime_column: day\n',
    );
    const files = [
      bench.file('b.csv', 'day,id\n2025-02-01,3\n2025-02-03,x\n'),
      bench.file('a.csv', 'id,day\n1,2025-01-01\n2,2025-01-05\n'),
    ];
    const { snapshot } = await bench.take(source, files);
    expect(snapshot.files).toMatchObject([
      { path: 'a.csv', rows: 2, from: Date.UTC(2025, 0, 1), to: Date.UTC(2025, 0, 5) },
      { path: 'b.csv', rows: 1, from: Date.UTC(2025, 1, 1), to: Date.UTC(2025, 1, 1) },
    ]);
    expect(
      await bench.session.rows(
        sql`SELECT file, line::INTEGER AS line FROM teal.quarantine WHERE snapshot = ${snapshot.id}`,
      ),
    ).toEqual([{ file: 'b.csv', line: 3 }]);
    const again = await bench.take(source, files.toReversed());
    expect(again.snapshot.id).toBe(snapshot.id);
  });
});
