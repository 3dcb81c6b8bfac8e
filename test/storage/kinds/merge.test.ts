import { describe, expect, it } from 'vitest';
import type { Target } from '../../../shared/plan/types';
import { type Fill, kinds, openFillBench } from './bench';

const STOCK = "SELECT * FROM (VALUES (1, 'a', 10), (2, 'b', 20), (3, NULL, 30)) AS t(id, name, v)";

const modes: Readonly<Record<string, Target>> = {
  tail: { mode: 'tail', table: 't1', number: 2 },
  copy: { mode: 'copy', table: 't2', number: 1, from: 1 },
  plain: { mode: 'copy', table: 't2', number: null, from: 1 },
};

interface Merge {
  readonly what: string;
  readonly whenMatched: string | null;
  readonly filter?: string;
  readonly keys?: readonly string[];
  readonly rows: string;
  readonly result: readonly (readonly (string | null)[])[];
}

const before = [
  ['1', 'a', '10'],
  ['2', 'b', '20'],
  ['3', null, '30'],
];

const merges: readonly Merge[] = [
  {
    what: 'an update of some columns keeps the others',
    whenMatched: 'WHEN MATCHED THEN UPDATE SET target.v = source.v',
    rows: "(1, 'x', 11), (4, 'd', 40)",
    result: [
      ['1', 'a', '11'],
      ['2', 'b', '20'],
      ['3', null, '30'],
      ['4', 'd', '40'],
    ],
  },
  {
    what: 'several clauses: the first that fits counts, also with CASE between',
    whenMatched: `(WHEN MATCHED AND source.v > 100 THEN DELETE
      WHEN MATCHED AND source.v < target.v THEN UPDATE SET target.name = CASE WHEN source.v = 5 THEN 'five' ELSE target.name END, target.v = source.v
      WHEN MATCHED THEN UPDATE SET name = coalesce(target.name, source.name))`,
    rows: "(1, 'x', 101), (2, 'y', 5), (3, 'z', 99)",
    result: [
      ['2', 'five', '5'],
      ['3', 'z', '30'],
    ],
  },
  {
    what: 'rows that nothing matches can be inserted otherwise',
    whenMatched: `WHEN MATCHED THEN UPDATE SET v = target.v + source.v
      WHEN NOT MATCHED AND source.v < 0 THEN INSERT (id, name, v) VALUES (source.id, 'none', 0)`,
    rows: "(1, 'x', 1), (8, 'n', -1), (9, 'm', 9)",
    result: [
      ['1', 'a', '11'],
      ['2', 'b', '20'],
      ['3', null, '30'],
      ['8', 'none', '0'],
      ['9', 'm', '9'],
    ],
  },
  {
    what: 'rows that the source lacks can be deleted',
    whenMatched:
      'WHEN MATCHED THEN UPDATE SET v = source.v WHEN NOT MATCHED BY SOURCE AND target.v > 20 THEN DELETE',
    rows: "(1, 'x', 1)",
    result: [
      ['1', 'a', '1'],
      ['2', 'b', '20'],
    ],
  },
  {
    what: 'a filter limits what is met',
    whenMatched: null,
    filter: 'target.v < 20',
    rows: "(1, 'x', 1), (2, 'y', 2)",
    result: [
      ['1', 'x', '1'],
      ['2', 'b', '20'],
      ['2', 'y', '2'],
      ['3', null, '30'],
    ],
  },
  {
    what: 'keys are expressions of the columns of either side; a NULL meets nothing',
    whenMatched: 'WHEN MATCHED THEN UPDATE SET v = source.v',
    keys: ['id % 10', "COALESCE(name, '-')"],
    rows: "(11, 'a', 1), (3, NULL, 3), (NULL, 'b', 7), (NULL, 'b', 8)",
    result: [
      ['1', 'a', '1'],
      ['2', 'b', '20'],
      ['3', null, '3'],
      [null, 'b', '7'],
      [null, 'b', '8'],
    ],
  },
];

describe.each(Object.entries(modes))('a merge into a %s', (_, target) => {
  it.each(merges)('$what', async ({ whenMatched, filter = null, keys = ['id'], rows, result }) => {
    const bench = await openFillBench();
    const kind = kinds.keyed(keys, whenMatched, filter);
    const first: Fill = { kind, query: STOCK, target: { mode: 'new', table: 't1', number: 1 }, version: 1 };
    await bench.fill([first]);
    await bench.fill([
      { kind, query: `SELECT * FROM (VALUES ${rows}) AS t(id, name, v)`, target, version: 2 },
    ]);
    expect(await bench.version(2)).toEqual(result);
    expect(await bench.version(1)).toEqual(before);
  });
});

describe('a merge', () => {
  it('writes only what differs', async () => {
    const bench = await openFillBench();
    const kind = kinds.keyed(['id'], 'WHEN MATCHED THEN UPDATE SET v = source.v');
    await bench.fill([{ kind, query: STOCK, target: { mode: 'new', table: 't1', number: 1 }, version: 1 }]);
    const query = STOCK.replace('20', '21');
    await bench.fill([{ kind, query, target: { mode: 'tail', table: 't1', number: 2 }, version: 2 }]);
    expect(await bench.rows('SELECT id, v FROM teal_data.t1 WHERE _from = 2')).toEqual([['2', '21']]);
    expect(await bench.rows('SELECT count(*) FROM teal_data.t1')).toEqual([['4']]);
  });

  it('that cannot run says so of the model', async () => {
    const bench = await openFillBench();
    const kind = kinds.keyed(['id'], 'WHEN MATCHED THEN UPDATE SET nothing = source.v');
    await bench.fill([{ kind, query: STOCK, target: { mode: 'new', table: 't1', number: 1 }, version: 1 }]);
    const run = bench.fill([
      { kind, query: STOCK, target: { mode: 'tail', table: 't1', number: 2 }, version: 2 },
    ]);
    await expect(run).rejects.toMatchObject({ problem: { code: 'model.invalid' } });
    expect(await bench.version(1)).toEqual(before);
  });
});
