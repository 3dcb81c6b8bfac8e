import { mkdirSync, readdirSync, readFileSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { mendViews } from '../../shared/raw/mend-views';
import { snapshotViewName } from '../../shared/raw/names';
import { authored, id, sql } from '../../shared/sql/sql';
import { type Bench, keptFile, openBench, problemOf, sourceOf, sushi, sushiSource } from './support';

let bench: Bench;
beforeAll(async () => {
  bench = await openBench();
});
afterAll(() => bench.close());

const parquet = async (name: string, query: string) => {
  await bench.session.run(sql`COPY (${authored(query)}) TO ${join(bench.folder, name)} (FORMAT parquet)`);
  return keptFile(join(bench.folder, name), name);
};

describe('a snapshot of Parquet files', () => {
  const source = sourceOf(
    'name: t\nfiles: [t*.parquet]\nformat: parquet\ncolumns: { id: INTEGER, day: DATE }\ntime_column: day\non_error: fail\n',
  );

  it('is a view over the files of the tills, with rows and times of each', async () => {
    const folder = join(sushi, 'raw/pos');
    const files = readdirSync(folder).map((name) => keptFile(join(folder, name), `raw/pos/${name}`));
    const { snapshot } = await bench.take(sushiSource('pos_batches'), files);
    expect(snapshot).toMatchObject({ rows: 38_940, quarantined: 0 });
    expect(snapshot.files).toHaveLength(90);
    expect(snapshot.files.reduce((sum, file) => sum + file.rows, 0)).toBe(38_940);
    const first = snapshot.files[0];
    expect(new Date(first?.from ?? 0).toISOString().slice(0, 10)).toBe('2025-01-01');
    expect(new Date(first?.to ?? 0).toISOString().slice(0, 10)).toBe('2025-01-01');
    expect(await bench.session.rows(sql`SELECT count(*) AS n FROM raw.pos_batches`)).toEqual([
      { n: '38940' },
    ]);
    const [, view] = snapshotViewName('pos_batches', snapshot.id);
    const [made] = await bench.session.rows(sql`SELECT sql FROM duckdb_views() WHERE view_name = ${view}`);
    expect(String(made?.sql)).not.toContain('*');
  });

  it('finds columns by name and adapts types that fit', async () => {
    const a = await parquet('t1.parquet', "SELECT 1::BIGINT AS id, DATE '2025-01-01' AS day, 'x' AS extra");
    const b = await parquet('t2.parquet', "SELECT DATE '2025-01-02' AS day, 2::BIGINT AS id");
    const { snapshot, unread } = await bench.take(source, [a, b]);
    expect(snapshot.columns).toEqual([
      { name: 'id', type: 'INTEGER' },
      { name: 'day', type: 'DATE' },
    ]);
    expect([snapshot.rows, unread]).toEqual([2, ['extra']]);
    expect(await bench.session.rows(sql`SELECT * FROM raw.t ORDER BY id`)).toEqual([
      { id: 1, day: '2025-01-01' },
      { id: 2, day: '2025-01-02' },
    ]);
  });

  it('is refused where values do not fit their type, or a column is nowhere', async () => {
    const text = await parquet('text.parquet', "SELECT 'x' AS id, DATE '2025-01-01' AS day");
    expect(await problemOf(bench.take(source, [text]))).toMatchObject({
      code: 'source.invalid',
      message: '1 values of id are no INTEGER.',
    });
    const other = await parquet('other.parquet', 'SELECT 1 AS id');
    expect(await problemOf(bench.take(source, [other]))).toMatchObject({
      code: 'source.invalid',
      message: 'No file of t has the column day; they have id.',
    });
  });

  it('names the file that is cut off or no Parquet at all, and keeps what was read before', async () => {
    const good = await parquet('good.parquet', "SELECT 7 AS id, DATE '2025-01-01' AS day");
    await bench.take(source, [good]);
    const whole = readFileSync(good.kept);
    const cut = bench.file('cut.parquet', whole.subarray(0, whole.length - 20));
    const text = bench.file('text2.parquet', 'id,day\n1,2025-01-01\n'.repeat(10));
    const none = bench.file('none.parquet', '');
    for (const bad of [cut, text, none]) {
      const problem = await problemOf(bench.take(source, [good, bad]));
      expect(problem).toMatchObject({
        code: 'source.not_tabular',
        message: `${bad.path} is not a whole Parquet file.`,
        place: { file: bad.path },
      });
      expect([problem?.kept, problem?.remedy].every(Boolean)).toBe(true);
    }
    expect(await bench.session.rows(sql`SELECT id FROM raw.t`)).toEqual([{ id: 7 }]);
  });

  it('says which file is missing or a folder', async () => {
    mkdirSync(join(bench.folder, 'folder.parquet'));
    const folder = {
      path: 'folder.parquet',
      kept: join(bench.folder, 'folder.parquet'),
      sha256: 'f',
      bytes: 0,
    };
    const gone = { path: 'gone.parquet', kept: join(bench.folder, 'gone.parquet'), sha256: 'g', bytes: 0 };
    for (const bad of [folder, gone]) {
      expect(await problemOf(bench.take(source, [bad]))).toMatchObject({
        code: 'source.file_missing',
        place: { file: bad.path },
      });
    }
  });

  it('is pointed at its files again after they moved', async () => {
    const file = await parquet("it's.parquet", "SELECT 8::BIGINT AS id, DATE '2025-01-01' AS day");
    const { snapshot } = await bench.take(source, [file]);
    expect(await mendViews(bench.session, [snapshot], (kept) => kept)).toEqual([]);
    const moved = join(bench.folder, 'moved.parquet');
    renameSync(file.kept, moved);
    expect(await mendViews(bench.session, [snapshot], (kept) => kept)).toEqual([]);
    expect(await mendViews(bench.session, [snapshot], () => moved)).toEqual([snapshot.id]);
    expect(await bench.session.rows(sql`SELECT * FROM raw.t`)).toEqual([{ id: 8, day: '2025-01-01' }]);
  });

  it('takes no SQL from a type', async () => {
    const file = await parquet('type.parquet', "SELECT 1 AS id, DATE '2025-01-01' AS day");
    const evil = { ...source, columns: { id: 'INTEGER), (SELECT 1', day: 'DATE' } };
    expect(await problemOf(bench.take(evil, [file]))).toMatchObject({ code: 'source.invalid' });
    expect(
      await problemOf(
        bench.take({ ...source, columns: { id: 'INTEGER); DROP TABLE teal.meta; --', day: 'DATE' } }, [file]),
      ),
    ).toMatchObject({ code: 'source.invalid' });
    expect(await bench.session.rows(sql`SELECT count(*) AS n FROM ${id('teal', 'meta')}`)).toEqual([
      { n: '1' },
    ]);
  });
});

describe('a snapshot of JSON files', () => {
  const source = sourceOf(
    'name: j\nfiles: [j.json]\nformat: json\ncolumns: { id: INTEGER, at: TIMESTAMP, name: VARCHAR, tags: "VARCHAR[]" }\ntime_column: at\n',
  );

  it('reads one object a line and keeps apart what does not fit', async () => {
    const lines = [
      '{"id":1,"at":"2025-01-01 10:00:00","name":"a","tags":["x","y"]}',
      '',
      '{"id":"two","at":"2025-01-02 10:00:00","name":"b"}',
      '{"id":3',
      '[4]',
      '{"id":5,"at":null,"name":6,"more":true}',
    ];
    const { snapshot } = await bench.take(source, [bench.file('j.json', `${lines.join('\n')}\n`)]);
    expect([snapshot.rows, snapshot.quarantined]).toEqual([2, 3]);
    expect(await bench.session.rows(sql`SELECT * FROM raw.j`)).toEqual([
      { id: 1, at: '2025-01-01 10:00:00', name: 'a', tags: ['x', 'y'] },
      { id: 5, at: null, name: '6', tags: null },
    ]);
    const bad = await bench.session.rows(
      sql`SELECT line::INTEGER AS line, column_name, reason, raw, start_at, end_at FROM teal.quarantine WHERE snapshot = ${snapshot.id} ORDER BY line`,
    );
    expect(bad).toMatchObject([
      { line: 3, column_name: 'id', reason: 'Not a number', raw: lines[2], start_at: 6, end_at: 11 },
      { line: 4, column_name: '', reason: 'Not a JSON object', raw: lines[3] },
      { line: 5, column_name: '', reason: 'Not a JSON object', raw: lines[4] },
    ]);
  });

  it('reads an array of objects', async () => {
    const { snapshot } = await bench.take(source, [
      bench.file('a.json', JSON.stringify([{ id: 1, name: 'a' }, { id: 'x' }, { id: 2 }], null, 2)),
    ]);
    expect([snapshot.rows, snapshot.quarantined]).toEqual([2, 1]);
  });

  it('is refused where the text is no JSON', async () => {
    expect(await problemOf(bench.take(source, [bench.file('n.json', '[{"id": 1}, {"id": ')]))).toMatchObject({
      code: 'source.not_tabular',
      place: { file: 'n.json' },
    });
    expect(await problemOf(bench.take(source, [bench.file('x.json', 'hello\nworld\n')]))).toMatchObject({
      code: 'source.not_tabular',
      place: { file: 'x.json' },
    });
  });
});
