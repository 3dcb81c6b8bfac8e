import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { compareTables, parquet, rowsOf, SUSHI, withDuckDb } from './sqlmesh';

const RAW = join(SUSHI, 'raw');
const STREAM = `'${join(RAW, 'stream_feed_2025q1.csv')}', auto_detect = false, delim = ',', quote = '"', header = true,
  timestampformat = '%Y-%m-%d %H:%M:%S', nullstr = '', columns = {'transaction_id': 'VARCHAR',
  'event_ts': 'TIMESTAMP', 'received_ts': 'TIMESTAMP', 'store_id': 'VARCHAR', 'product_id': 'VARCHAR',
  'qty': 'INTEGER', 'unit_price': 'DECIMAL(9,2)', 'code': 'VARCHAR', 'channel': 'VARCHAR'}`;

const files = (folder: string) =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => statSync(join(folder, name)).isFile())
    .sort();

describe('raw files of SQL Sushi Co.', () => {
  const scratch = mkdtempSync(join(tmpdir(), 'teal-raw-'));
  beforeAll(() => {
    execFileSync(process.execPath, [join(SUSHI, 'make-raw.mjs'), scratch]);
  }, 60_000);
  afterAll(() => rmSync(scratch, { recursive: true, force: true }));

  it('are 90 Parquet files of the tills and four more, under 4 MB in all', () => {
    const names = files(RAW);
    expect(names).toHaveLength(94);
    expect(names.reduce((sum, name) => sum + statSync(join(RAW, name)).size, 0)).toBeLessThan(4_000_000);
  });

  it('come out of the script again, row by row', async () => {
    expect(files(scratch)).toEqual(files(RAW));
    const differing: string[] = [];
    await withDuckDb(async (connection) => {
      for (const name of files(RAW)) {
        const [kept, made] = [join(RAW, name), join(scratch, name)];
        if (name.endsWith('.csv')) {
          if (!readFileSync(kept).equals(readFileSync(made))) differing.push(name);
          continue;
        }
        const found = await compareTables(connection, parquet(kept), parquet(made));
        if (!found.sameColumns || found.onlyLeft + found.onlyRight > 0) differing.push(name);
      }
    });
    expect(differing).toEqual([]);
  }, 60_000);

  it('hold the planted repeats, late rows and broken lines', async () => {
    const found = await withDuckDb(async (connection) => {
      await connection.run(`CREATE TABLE good AS SELECT * FROM read_csv(${STREAM}, store_rejects = true)`);
      const good = await rowsOf(
        connection,
        `SELECT count(*)::INTEGER, count(DISTINCT transaction_id)::INTEGER,
           count(*) FILTER (received_ts >= event_ts + INTERVAL 1 DAY)::INTEGER FROM good`,
      );
      const bad = await rowsOf(
        connection,
        `SELECT reason, count(DISTINCT line)::INTEGER FROM (
           SELECT line, CASE WHEN error_type = 'MISSING COLUMNS' THEN 'too few columns'
             WHEN column_name IN ('qty', 'unit_price') THEN 'not a number' ELSE 'not a time' END AS reason
           FROM reject_errors) GROUP BY reason ORDER BY reason`,
      );
      const pos = `read_parquet('${join(RAW, 'pos/*.parquet')}')`;
      const missing = `SELECT count(DISTINCT transaction_id)::INTEGER FROM good ANTI JOIN ${pos} USING (transaction_id)`;
      return { good, bad, onlyStream: await rowsOf(connection, missing) };
    });
    expect(found.good).toEqual([[24_276, 23_606, 194]]);
    expect(found.bad).toEqual([
      ['not a number', 19],
      ['not a time', 14],
      ['too few columns', 9],
    ]);
    expect(found.onlyStream).toEqual([[2_174]]);
  });
});
