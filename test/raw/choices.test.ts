import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ReadingChoice as WireChoice } from '../../shared/protocol/views/raw';
import { applyChoices } from '../../shared/raw/choices';
import { snapshotViewName } from '../../shared/raw/names';
import { profileColumns } from '../../shared/raw/profile';
import { readingChoices } from '../../shared/raw/reading-choices';
import { readingFacts } from '../../shared/raw/reading-facts';
import { authored, id, sql } from '../../shared/sql/sql';
import { type Bench, keptFile, openBench, problemOf, sourceOf, sushi, sushiSource } from './support';

let bench: Bench;
beforeAll(async () => {
  bench = await openBench();
});
afterAll(() => bench.close());

async function choicesOf(name: string, path: string): Promise<readonly WireChoice[]> {
  const source = sushiSource(name);
  const { snapshot } = await bench.take(source, [keptFile(join(sushi, path), path)]);
  const profile = await profileColumns(
    bench.session,
    id(...snapshotViewName(name, snapshot.id)),
    snapshot.columns,
  );
  return readingChoices(
    source,
    await readingFacts({ session: bench.session, source, snapshot, profile, resolve: (kept) => kept }),
  );
}

describe('how a file was read', () => {
  it('is said with evidence for a CSV file', async () => {
    const choices = await choicesOf('stream_feed', 'raw/stream_feed_2025q1.csv');
    const said = choices.map(({ label, value, evidence, options }) => [
      label,
      options.find((option) => option.value === value)?.label,
      evidence,
    ]);
    expect(said).toEqual([
      ['Delimiter', 'Comma ,', '9 columns, 24,309 of 24,318'],
      ['Quote', 'Double "', 'used on 2 lines'],
      ['Header', 'First line', 'its types differ from the rest'],
      ['Encoding', 'UTF-8', 'whole file checked'],
      ['Time format', 'ISO, to the second', '24,304 of 24,318'],
      ['Null text', '(empty)', expect.stringMatching(/^[\d,]+ values, all in code$/)],
      ['Time column', 'event_ts', '90 days, no gap'],
      ['Key', 'none', '670 repeated transaction_id'],
    ]);
  });

  it('is said for Parquet without what only text has', async () => {
    const choices = await choicesOf('products', 'raw/products.parquet');
    expect(choices.map((choice) => choice.id)).toEqual(['time_column', 'key']);
    expect(choices[1]).toMatchObject({
      value: 'product_id,valid_from',
      evidence: 'product_id, valid_from never repeats',
    });
  });

  it('stands in SQL that reads the files', async () => {
    const source = sushiSource('stream_feed');
    const { snapshot } = await bench.take(source, [
      keptFile(join(sushi, 'raw/stream_feed_2025q1.csv'), 'raw/stream_feed_2025q1.csv'),
    ]);
    const query = snapshot.readSql.replace(
      'raw/stream_feed_2025q1.csv',
      join(sushi, 'raw/stream_feed_2025q1.csv'),
    );
    expect(await bench.session.run(sql`CREATE TEMP TABLE seen AS ${authored(query)}`)).toBe(24_276);
    const pos = await bench.take(sushiSource('products'), [
      keptFile(join(sushi, 'raw/products.parquet'), 'raw/products.parquet'),
    ]);
    expect(pos.snapshot.readSql).toContain("read_parquet(['raw/products.parquet'], union_by_name = true)");
  });
});

describe('other choices', () => {
  const source = sushiSource('stream_feed');

  it('are written to the source', () => {
    const chosen = applyChoices(source, {
      nullstr: 'NA',
      timestampformat: '',
      time_column: 'received_ts',
      key: 'transaction_id, store_id',
    });
    expect(chosen).toMatchObject({
      csv: { delimiter: ',', nullstr: 'NA', timestampformat: '' },
      time_column: 'received_ts',
      key: ['transaction_id', 'store_id'],
    });
    expect(chosen.columns).toEqual(source.columns);
    expect(applyChoices(source, { time_column: '', key: '' })).toMatchObject({ time_column: null, key: [] });
    expect(applyChoices(source, {})).toEqual(source);
  });

  it('of delimiter or header let the columns be found anew', async () => {
    const semi = applyChoices({ ...source, time_column: null }, { delimiter: ';' });
    expect(semi.columns).toBeUndefined();
    const { snapshot } = await bench.take(semi, [bench.file('semi.csv', 'a;b\n1;2025-01-01 10:00:00\n')]);
    expect(snapshot.columns).toEqual([
      { name: 'a', type: 'INTEGER' },
      { name: 'b', type: 'TIMESTAMP' },
    ]);
  });

  it.each([
    [{ delimiter: '' }],
    [{ delimiter: ';;' }],
    [{ delimiter: '\n' }],
    [{ delimiter: '"' }],
    [{ quote: 'ab' }],
    [{ header: 'yes' }],
    [{ encoding: 'ebcdic' }],
    [{ timestampformat: 'iso' }],
    [{ time_column: 'nothing' }],
    [{ key: 'transaction_id,nothing' }],
    [{ colour: 'red' }],
  ])('%j makes no sense', async (choices) => {
    const problem = await problemOf(
      Promise.resolve().then(() => applyChoices(source, choices as Record<string, string>)),
    );
    expect(problem).toMatchObject({
      code: 'usage.invalid',
      place: { source: 'stream_feed' },
      kept: 'The source is read as before.',
    });
  });

  it('of a dialect do not fit Parquet', async () => {
    const parquet = sourceOf('name: t\nfiles: [t.parquet]\nformat: parquet\n');
    expect(
      await problemOf(Promise.resolve().then(() => applyChoices(parquet, { delimiter: ';' }))),
    ).toMatchObject({ code: 'usage.invalid' });
  });
});
