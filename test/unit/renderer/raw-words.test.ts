import { describe, expect, it } from 'vitest';
import { addedText } from '../../../renderer/features/raw/added-text';
import { lineOf, quarantineColumns, quarantineRow } from '../../../renderer/features/raw/quarantine-grid';
import { isRawFile } from '../../../renderer/features/raw/raw-files';
import { baseName, shortId } from '../../../renderer/features/raw/source-words';
import type { SourceSummary } from '../../../shared/protocol/views/raw';

function source(name: string, more: Partial<SourceSummary> = {}): SourceSummary {
  const summary: SourceSummary = {
    name,
    format: 'csv',
    files: 1,
    bytes: 10,
    rows: 100,
    quarantined: 0,
    snapshot: 'abc',
    keptAt: '2025-04-03T09:42:00.000Z',
    problem: null,
  };
  return { ...summary, ...more };
}

describe('what came of adding files', () => {
  it('names one, two and many sources', () => {
    expect(addedText([source('a')])).toBe('Added raw.a, 100 rows.');
    expect(addedText([source('a'), source('b')])).toBe('Added raw.a and raw.b, 200 rows.');
    expect(addedText(['a', 'b', 'c', 'd', 'e'].map((name) => source(name)))).toBe(
      'Added raw.a, raw.b, raw.c and 2 more, 500 rows.',
    );
  });

  it('says what is in quarantine and what could not be read', () => {
    const sources = [source('a', { rows: 1, quarantined: 2 }), source('b', { rows: 0, problem: 'no table' })];
    expect(addedText(sources)).toBe(
      'Added raw.a and raw.b, 1 row. 2 rows in quarantine. 1 source could not be read.',
    );
    expect(addedText([])).toBe('No source was added.');
  });
});

describe('files of a folder', () => {
  it.each(['a.parquet', 'A.CSV', 'b.csv.gz', 'c.ndjson.zst', 'd.tsv'])('take %s', (name) =>
    expect(isRawFile(name)).toBe(true),
  );
  it.each(['.hidden.csv', 'notes.md', 'a.gz', 'csv', '.DS_Store'])('leave %s', (name) =>
    expect(isRawFile(name)).toBe(false),
  );
});

describe('the grid of quarantined lines', () => {
  const row = {
    file: 'sources/x/a.csv',
    line: 1302,
    column: 'qty',
    reason: 'Not a number',
    raw: 'a,two',
    start: 2,
    end: 5,
  };

  it('names the file only where there are several', () => {
    expect(quarantineColumns(false, 900).columns.map(({ id }) => id)).toEqual([
      'line',
      'column',
      'reason',
      'raw',
    ]);
    expect(quarantineColumns(true, 900).columns[0]?.id).toBe('file');
  });

  it('gives the raw line the room that is left, in letters', () => {
    const wide = quarantineColumns(false, 900);
    const narrow = quarantineColumns(false, 400);
    expect(wide.columns.reduce((sum, { width }) => sum + (width ?? 0), 0)).toBe(900);
    expect(wide.letters).toBeGreaterThan(narrow.letters);
    expect(narrow.columns.at(-1)?.width).toBeGreaterThanOrEqual(200);
  });

  it.each([false, true])('gets the marks of a line back from its cells, files %s', (hasFiles) => {
    const cells = quarantineRow(row, quarantineColumns(hasFiles, 900).columns);
    expect(lineOf(cells)).toEqual({ raw: 'a,two', start: 2, end: 5 });
    expect(cells).toContain('1,302');
  });
});

describe('short names', () => {
  it('keep both ends of an id', () => {
    expect(shortId('3f9a77c0d1e2c21e')).toBe('3f9a…c21e');
    expect(shortId('3f9a77c0')).toBe('3f9a77c0');
  });

  it('are the last part of a path of either kind', () => {
    expect(baseName('/home/ana/a.csv')).toBe('a.csv');
    expect(baseName('C:\\data\\a.csv')).toBe('a.csv');
    expect(baseName('a.csv')).toBe('a.csv');
  });
});
