import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createFilled, type Filled } from './filled';
import { NOW } from './small';
import { buildTeal, cellOf, createFolder, refusal, rowsOf, teal, tealJson, writeFiles } from './teal';

interface Imported {
  readonly sources: readonly { readonly name: string; readonly rows: number; readonly quarantined: number }[];
}

let filled: Filled;
beforeAll(async () => {
  buildTeal();
  filled = await createFilled();
});
afterAll(() => filled.remove());

/** A blank project, and a folder of downloads beside it where the user stands. */
async function createBlank(): Promise<{ dir: string; cwd: string }> {
  const folder = createFolder();
  const dir = join(folder, 'project');
  const cwd = join(folder, 'downloads');
  mkdirSync(cwd);
  await teal(['init', dir]);
  return { dir, cwd };
}

describe('import', () => {
  it('takes CSV, Parquet and JSON files by relative path, guesses their types, and leaves the originals alone', async () => {
    const { dir, cwd } = await createBlank();
    const csv = 'id,day,amount\n1,2025-01-01,1.50\n2,2025-01-02,2.25\n';
    writeFiles(cwd, {
      'orders.csv': csv,
      'facts.parquet': filled.parquet,
      'notes.json': '[{"id": 1, "text": "a"}]',
    });
    const args = ['-p', dir, 'import', 'orders.csv', 'facts.parquet', 'notes.json'];
    const { code, json } = await tealJson<Imported>(args, { cwd });
    expect(code).toBe(0);
    expect(json.sources.map(({ name, rows }) => [name, rows]).toSorted()).toEqual([
      ['facts', 30],
      ['notes', 1],
      ['orders', 2],
    ]);
    const types =
      'SELECT typeof(id) AS id, typeof(day) AS day, sum(amount)::VARCHAR AS sum FROM raw.orders GROUP BY 1, 2';
    expect(await rowsOf(dir, types)).toMatchObject([{ day: 'DATE', sum: '3.75' }]);
    expect(readFileSync(join(cwd, 'orders.csv'), 'utf8')).toBe(csv);
    writeFiles(dir, {
      'models/mart/a.sql': 'MODEL (name mart.a, kind FULL);\nSELECT sum(amount) AS amount FROM raw.orders',
    });
    expect((await teal(['-p', dir, 'plan', '--auto-apply', ...NOW])).code).toBe(0);
    expect(await cellOf(dir, 'SELECT amount::VARCHAR FROM mart.a')).toBe('3.75');
  });

  it('takes a name, and tells of rows that it set aside', async () => {
    const { dir, cwd } = await createBlank();
    const good = Array.from({ length: 200 }, (_, index) => `${index},2025-01-01\n`).join('');
    writeFiles(cwd, { 'export (3).csv': `id,day\n${good}7,yesterday\n` });
    const { code, out } = await teal(['-p', dir, 'import', 'export (3).csv', '--name', 'visits'], { cwd });
    expect([code, out]).toEqual([0, 'raw.visits: 200 rows loaded, 1 in quarantine\n']);
  });

  it('refuses what is no table, and leaves no source behind', async () => {
    const { dir, cwd } = await createBlank();
    writeFiles(cwd, {
      'noise.csv': new Uint8Array(5_000).map((_, index) => (index * 89) % 251),
      'half.parquet': filled.parquet.slice(0, filled.parquet.length / 2),
      'empty.csv': '',
      'folder/x.txt': 'x',
    });
    for (const name of ['noise.csv', 'half.parquet', 'empty.csv', 'folder', 'missing.csv']) {
      const problem = await refusal(['-p', dir, 'import', name], { cwd });
      expect([name, problem.exit, problem.code.split('.')[0]]).toEqual([name, 2, 'source']);
      expect(problem.message + JSON.stringify(problem.place)).toContain(name);
    }
    const { json } = await tealJson<Imported>(['-p', dir, 'sources']);
    expect(json.sources).toEqual([]);
  });
});
