import { describe, expect, it } from 'vitest';
import type { PinnedParent } from '../../../shared/release/definition';
import { DAY, FIRST, kinds, openFillBench } from './bench';

const NO_TEXT = {
  ...{ before: [], after: [], onVirtualUpdate: [], definitions: [], blueprint: {} },
  variables: { least: 20 },
};

function embedded(query: string, parents: Readonly<Record<string, PinnedParent>> = {}): PinnedParent {
  return { type: 'embedded', text: { ...NO_TEXT, query }, file: 'models/embedded.sql', parents };
}

const orders = {
  model: 'shop.orders',
  kind: kinds.full,
  query: 'SELECT * FROM (VALUES (1, 10), (2, 20), (3, 30)) AS t(id, v)',
  target: { mode: 'new', table: 'orders', number: null },
  version: 1,
} as const;

const base: PinnedParent = { type: 'model', version: 1 };
const big = embedded('SELECT id, v FROM shop.orders WHERE v >= @least', { 'shop.orders': base });
const doubled = embedded('-- twice\nSELECT big.id, big.v * 2 AS v FROM shop.big -- all of them', {
  'shop.big': big,
});

describe('an embedded parent', () => {
  it('is read as its query, and so are its own embedded parents', async () => {
    const bench = await openFillBench();
    const reader = {
      kind: kinds.full,
      query: 'SELECT d.id, d.v FROM shop.doubled AS d',
      parents: { 'shop.doubled': doubled },
      target: { mode: 'new', table: 't1', number: null },
      version: 1,
    } as const;
    await bench.fill([orders, reader]);
    expect(await bench.version(1)).toEqual([
      ['2', '40'],
      ['3', '60'],
    ]);
  });

  it('stands in the text of a view that outlives the run, under its own name or an alias', async () => {
    const bench = await openFillBench();
    const view = {
      kind: kinds.view,
      query:
        'SELECT doubled.id, b.v + doubled.v AS v FROM shop.doubled JOIN shop.big AS b ON b.id = doubled.id',
      parents: { 'shop.doubled': doubled, 'shop.big': big },
      target: null,
      version: 1,
    };
    await bench.fill([orders, view]);
    expect(await bench.version(1)).toEqual([
      ['2', '60'],
      ['3', '90'],
    ]);
  });

  it('is rendered for each batch of the model that reads it', async () => {
    const bench = await openFillBench();
    const day = embedded('SELECT @start_date AS day, @end_ds AS last');
    const batches = [0, 1].map((n) => ({ from: FIRST + n * DAY, to: FIRST + (n + 1) * DAY }));
    const reader = {
      kind: kinds.time('day'),
      query: 'SELECT day, last FROM shop.day',
      parents: { 'shop.day': day },
      batches,
      target: { mode: 'new', table: 't1', number: 1 },
      version: 1,
    } as const;
    await bench.fill([reader]);
    expect(await bench.version(1)).toEqual([
      ['2025-01-01', '2025-01-01'],
      ['2025-01-02', '2025-01-02'],
    ]);
  });

  it('that cannot be rendered is named with its own file', async () => {
    const bench = await openFillBench();
    const text = 'MODEL (name shop.day, kind EMBEDDED);\n\nSELECT\n  @nothing AS day';
    const broken = {
      ...embedded(text.slice(text.indexOf('SELECT'))),
      file: 'models/day.sql',
    } as PinnedParent;
    const reader = {
      kind: kinds.full,
      query: 'SELECT * FROM shop.day',
      parents: { 'shop.day': broken },
      target: { mode: 'new', table: 't1', number: null },
      version: 1,
    } as const;
    const run = bench.fill([reader], { sources: { 'shop.day': { text, start: text.indexOf('SELECT') } } });
    await expect(run).rejects.toMatchObject({
      problem: { place: { file: 'models/day.sql', line: 4, column: 3 } },
    });
  });
});
