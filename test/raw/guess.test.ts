import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readSourceFile, writeSourceFile } from '../../shared/project/source-file';
import { groupFiles } from '../../shared/raw/group-files';
import { guessSource } from '../../shared/raw/guess-source';
import type { KeptInput, RawFile } from '../../shared/raw/raw-file';
import { type Bench, keptFile, openBench, problemOf, sushi } from './support';

let bench: Bench;
beforeAll(async () => {
  bench = await openBench();
});
afterAll(() => bench.close());

const raw = (file: KeptInput): RawFile => ({ ...file, absolute: file.kept });
const sushiFile = (name: string) => raw(keptFile(join(sushi, 'raw', name), name));
const written = (name: string, content: string | Uint8Array) => raw(bench.file(name, content));

describe('a source for files that came without one', () => {
  it('has the types, time column and dialect of the stream feed, though some of its lines are broken', async () => {
    const file = sushiFile('stream_feed_2025q1.csv');
    const source = await guessSource(bench.session, 'stream_feed', [file]);
    expect(source).toMatchObject({
      name: 'stream_feed',
      format: 'csv',
      csv: { delimiter: ',', quote: '"', header: true, nullstr: '' },
      columns: {
        transaction_id: 'VARCHAR',
        event_ts: 'TIMESTAMP',
        received_ts: 'TIMESTAMP',
        store_id: 'VARCHAR',
        qty: 'INTEGER',
        unit_price: 'DECIMAL(18,2)',
        code: 'VARCHAR',
      },
      time_column: 'event_ts',
      key: [],
    });
    const { snapshot } = await bench.take(source, [file]);
    expect([snapshot.rows, snapshot.quarantined]).toEqual([24_276, 42]);
    expect(readSourceFile('sources/stream_feed.yaml', writeSourceFile(source))).toEqual({
      ok: true,
      value: source,
    });
  });

  it('has the columns of Parquet files, with time and key', async () => {
    const files = readdirSync(join(sushi, 'raw/pos')).map((name) => sushiFile(`pos/${name}`));
    const source = await guessSource(bench.session, 'pos', files);
    expect(source).toMatchObject({
      format: 'parquet',
      on_error: 'fail',
      time_column: 'sold_at',
      key: ['transaction_id'],
    });
    expect(source.columns).toMatchObject({ qty: 'INTEGER', unit_price: 'DECIMAL(9,2)' });
    expect(source.files).toHaveLength(90);
  });

  it.each([
    ['semicolons', 'a;b\n1;x,y\n2;z,w\n', { delimiter: ';', header: true }],
    ['tabs', 'a\tb\n1\tx\n', { delimiter: '\t', header: true }],
    ['bars and single quotes', "a|b\n1|'x|y'\n2|'z'\n", { delimiter: '|', quote: "'", header: true }],
    ['no header', '1,2025-01-01\n2,2025-01-02\n', { delimiter: ',', header: false }],
    ['a header over texts alone', 'name,city\nAda,Rome\nBo,Oslo\n', { delimiter: ',', header: true }],
    ['Latin-1', Buffer.from('a,b\n1,Zoë\n2,Bo\n', 'latin1'), { encoding: 'latin-1' }],
    ['UTF-16', Buffer.from('\uFEFFa,b\n1,Zoë\n2,Bo\n', 'utf16le'), { encoding: 'utf-16' }],
  ])('has the dialect of a file with %s', async (name, content, csv) => {
    const source = await guessSource(bench.session, 't', [written(`${name}.csv`, content)]);
    expect(source.csv).toMatchObject(csv);
    expect(Object.keys(source.columns ?? {})).toHaveLength(2);
    const { snapshot } = await bench.take(source, [written(`${name}.csv`, content)]);
    expect(snapshot.quarantined).toBe(0);
    expect(snapshot.rows).toBeGreaterThan(0);
  });

  it('keeps codes with leading zeros as text, and finds big numbers, dates and truth', async () => {
    const content =
      'zip,n,big,d,ok,f,empty\n01234,1,5000000000,2025-01-01,true,1.5e3,\n10115,-2,1,2025-02-01,false,2.25,\n';
    const source = await guessSource(bench.session, 't', [written('codes.csv', content)]);
    expect(source.columns).toEqual({
      zip: 'VARCHAR',
      n: 'INTEGER',
      big: 'BIGINT',
      d: 'DATE',
      ok: 'BOOLEAN',
      f: 'DOUBLE',
      empty: 'VARCHAR',
    });
    expect(source).toMatchObject({ time_column: 'd', key: ['zip'] });
  });

  it('has the columns of JSON files', async () => {
    const source = await guessSource(bench.session, 't', [
      written('t.json', '{"id":1,"at":"2025-01-01 10:00:00"}\n{"id":2,"at":"2025-01-02 10:00:00"}\n'),
    ]);
    expect(source).toMatchObject({
      format: 'json',
      columns: { id: 'BIGINT', at: 'TIMESTAMP' },
      time_column: 'at',
      key: ['id'],
    });
  });

  it('is refused for what is no table', async () => {
    const bytes = Buffer.from(Array.from({ length: 5000 }, (_, index) => (index * 131) & 255));
    for (const [name, content] of [
      ['x.csv', bytes],
      ['x.xlsx', Buffer.concat([Buffer.from('PK\u0003\u0004'), bytes])],
      ['x.parquet', 'text'],
      ['e.csv', ''],
    ] as const) {
      expect(await problemOf(guessSource(bench.session, 't', [written(name, content)]))).toMatchObject({
        code: 'source.not_tabular',
        place: { file: name },
      });
    }
    const gone = {
      path: 'gone.csv',
      kept: '',
      absolute: join(bench.folder, 'gone.csv'),
      sha256: '',
      bytes: 0,
    };
    expect(await problemOf(guessSource(bench.session, 't', [gone]))).toMatchObject({
      code: 'source.file_missing',
      place: { file: 'gone.csv' },
    });
  });
});

describe('files that came together', () => {
  it('are one source where format and columns are the same', async () => {
    const pos = readdirSync(join(sushi, 'raw/pos')).map((name) => sushiFile(`pos/${name}`));
    const groups = await groupFiles(
      bench.session,
      [sushiFile('stores.csv'), ...pos, sushiFile('stream_feed_2025q1.csv')],
      new Set(['stores']),
    );
    expect(groups.map((group) => [group.name, group.files.length])).toEqual([
      ['pos', 90],
      ['stores_2', 1],
      ['stream_feed', 1],
    ]);
  });

  it('are told apart by their columns', async () => {
    const files = [
      written('Sales EU-2024.csv', 'id,n\n1,2\n'),
      written('Sales EU-2025.csv', 'id,n\n1,2\n'),
      written('Other.csv', 'id,m\n1,2\n'),
    ];
    expect((await groupFiles(bench.session, files)).map((group) => [group.name, group.files.length])).toEqual(
      [
        ['other', 1],
        ['sales_eu', 2],
      ],
    );
  });

  it('are read as they are', () => {
    expect(readFileSync(join(bench.folder, 'Other.csv'), 'utf8')).toBe('id,m\n1,2\n');
  });
});
