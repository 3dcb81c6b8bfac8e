import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { changedSpans, columnNotes, driftNotes } from '../../shared/raw/drift';
import type { Snapshot, SnapshotFile } from '../../shared/release/types';
import { type Bench, openBench, sourceOf } from './support';

let bench: Bench;
beforeAll(async () => {
  bench = await openBench();
});
afterAll(() => bench.close());

describe('drift', () => {
  it('says new values of columns of few texts, with their rows', async () => {
    const source = sourceOf(
      'name: t\nfiles: [t.csv]\nformat: csv\ncolumns: { id: INTEGER, channel: VARCHAR, note: VARCHAR }\n',
    );
    const content = (channels: readonly string[]) =>
      `id,channel,note\n${channels.map((channel, index) => `${index},${channel},n${index}${channel}`).join('\n')}\n`;
    const many = Array.from({ length: 200 }, (_, index) => (index % 2 ? 'app' : 'web'));
    const first = await bench.take(source, [bench.file('1.csv', content(many))]);
    const second = await bench.take(source, [bench.file('2.csv', content([...many, 'kiosk', 'kiosk', '']))]);
    expect(await driftNotes(bench.session, first.snapshot, second.snapshot)).toEqual([
      { level: 'look', text: 'New value in channel: kiosk, 2 rows' },
      { level: 'same', text: 'Columns and types as before' },
    ]);
    expect(await driftNotes(bench.session, second.snapshot, first.snapshot)).toEqual([
      { level: 'same', text: 'Columns and types as before' },
    ]);
  });

  it('says columns that came, went and changed', () => {
    const before = [
      { name: 'a', type: 'INTEGER' },
      { name: 'b', type: 'DATE' },
    ];
    const after = [
      { name: 'a', type: 'BIGINT' },
      { name: 'c', type: 'VARCHAR' },
    ];
    expect(columnNotes(before, after).map((note) => note.text)).toEqual([
      'New column c, VARCHAR',
      'Column b is gone',
      'a is BIGINT, was INTEGER',
    ]);
    expect(columnNotes(before, before)).toEqual([]);
  });
});

describe('changed spans', () => {
  const file = (sha256: string, from: number | null, to: number | null, rows = 1): SnapshotFile => ({
    path: sha256,
    kept: sha256,
    sha256,
    bytes: 1,
    rows,
    from,
    to,
  });
  const snapshot = (
    files: readonly SnapshotFile[],
    readSql = "read_csv(['a'], header = true)",
  ): Snapshot => ({
    id: 'x',
    source: 't',
    createdAt: 0,
    files,
    rows: 0,
    quarantined: 0,
    columns: [{ name: 'a', type: 'INTEGER' }],
    readSql,
  });
  const base = snapshot([file('a', 0, 9), file('b', 10, 19)]);

  it('are those of files that came, went or changed', () => {
    expect(changedSpans(base, base)).toEqual([]);
    expect(changedSpans(base, snapshot([file('a', 0, 9), file('b', 10, 19), file('c', 20, 29)]))).toEqual([
      { from: 20, to: 30 },
    ]);
    expect(changedSpans(base, snapshot([file('a', 0, 9)]))).toEqual([{ from: 10, to: 20 }]);
    expect(changedSpans(base, snapshot([file('a', 0, 9), file('b2', 12, 25)]))).toEqual([
      { from: 10, to: 26 },
    ]);
    expect(changedSpans(base, snapshot([...base.files, file('a', 0, 9)]))).toEqual([{ from: 0, to: 10 }]);
    expect(changedSpans(base, snapshot([...base.files, file('e', null, null, 0)]))).toEqual([]);
  });

  it('are all of time where files have none, and all of the files where they are read another way', () => {
    expect(changedSpans(base, snapshot([...base.files, file('d', null, null)]))).toEqual([
      { from: -8.64e15, to: 8.64e15 },
    ]);
    expect(changedSpans(base, snapshot(base.files, "read_csv(['a'], header = false)"))).toEqual([
      { from: 0, to: 20 },
    ]);
    expect(changedSpans(base, snapshot(base.files, "read_csv(['a', 'b'], header = true)"))).toEqual([]);
  });
});
