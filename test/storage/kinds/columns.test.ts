import { describe, expect, it } from 'vitest';
import type { ModelKind } from '../../../shared/project/model';
import type { Entry } from '../../../shared/release/types';
import { DAY, FIRST, type Fill, type FillBench, historyByColumn, kinds, openFillBench } from './bench';

const day = (n: number) => ({ from: FIRST + n * DAY, to: FIRST + (n + 1) * DAY });
const row = (columns: string) => `SELECT @start_date AS day, ${columns}`;

function daily(n: number, columns: string, more: Partial<Fill> = {}): Fill {
  return {
    kind: kinds.time('day'),
    query: row(columns),
    batches: [day(n)],
    target: n === 0 ? { mode: 'new', table: 't1', number: 1 } : { mode: 'tail', table: 't1', number: n + 1 },
    version: n + 1,
    ...more,
  };
}

describe('columns that change in a tail', () => {
  it('are NULL before they were added, gone once dropped, and NULL again in old rows when put back', async () => {
    const bench = await openFillBench();
    await bench.fill([daily(0, '1 AS a')]);
    await bench.fill([daily(1, "2 AS a, 'x' AS b")]);
    await bench.fill([daily(2, '3 AS a')]);
    await bench.fill([daily(3, "4 AS a, 'y' AS b")]);
    expect(await bench.version(4)).toEqual([
      ['2025-01-01', '1', null],
      ['2025-01-02', '2', null],
      ['2025-01-03', '3', null],
      ['2025-01-04', '4', 'y'],
    ]);
    expect(await bench.version(3)).toEqual([
      ['2025-01-01', '1'],
      ['2025-01-02', '2'],
      ['2025-01-03', '3'],
    ]);
    expect(await bench.version(2)).toEqual([
      ['2025-01-01', '1', null],
      ['2025-01-02', '2', 'x'],
    ]);
    expect(await bench.version(1)).toEqual([['2025-01-01', '1']]);
  });

  it('of another type are made anew, without what was there, and older versions keep theirs', async () => {
    const bench = await openFillBench();
    await bench.fill([daily(0, '1 AS a')]);
    await bench.fill([daily(1, '2.5::DOUBLE AS a')]);
    await bench.fill([daily(2, '3.5::DOUBLE AS a, 7 AS c')]);
    expect(await bench.version(3)).toEqual([
      ['2025-01-01', null, null],
      ['2025-01-02', '2.5', null],
      ['2025-01-03', '3.5', '7'],
    ]);
    expect(await bench.version(1)).toEqual([['2025-01-01', '1']]);
    expect(await bench.raw('SELECT typeof(a) AS t FROM teal_data.shop__items__v1')).toEqual([
      { t: 'INTEGER' },
    ]);
  });

  it('are those of each table where a version has several', async () => {
    const bench = await openFillBench();
    await bench.fill([daily(0, '1 AS a, 2 AS b')]);
    const [old]: readonly Entry[] = [
      { segment: 't1', number: 1, spans: [day(0)], cut: false, fingerprint: 'print' },
    ];
    const own = (n: number): Entry => ({
      segment: `t${n + 1}`,
      number: 1,
      spans: [day(n)],
      cut: false,
      fingerprint: 'print',
    });
    const fresh = (n: number) => ({ mode: 'new', table: `t${n + 1}`, number: 1 }) as const;
    const entries = old ? [old, own(1)] : [];
    const { prepared } = await bench.fill([daily(1, '3 AS a', { target: fresh(1), entries })]);
    const shared = prepared.get('shop.items')?.version.entries ?? [];
    await bench.fill([daily(2, '5 AS a, 6 AS b', { target: fresh(2), entries: [...shared, own(2)] })]);
    expect(await bench.version(3)).toEqual([
      ['2025-01-01', '1', null],
      ['2025-01-02', '3', null],
      ['2025-01-03', '5', '6'],
    ]);
    expect(await bench.version(1)).toEqual([['2025-01-01', '1', '2']]);
  });

  it('are those of the history too', async () => {
    const bench = await openFillBench();
    const kind = historyByColumn(['id'], {
      invalidateHardDeletes: false,
      executionTimeAsValidFrom: false,
      columns: null,
      updatedAt: null,
    });
    const fill = (version: number, query: string): Fill => ({
      kind,
      query,
      target:
        version === 1
          ? { mode: 'new', table: 't1', number: 1 }
          : { mode: 'tail', table: 't1', number: version },
      version,
    });
    await bench.fill([fill(1, "SELECT 1 AS id, 'a' AS name")]);
    await bench.fill([fill(2, "SELECT 1 AS id, 'a' AS name, 5 AS v")], { executionTime: FIRST + 2 * DAY });
    expect(await bench.version(2)).toEqual([
      ['1', 'a', '1970-01-01 00:00:00', '2025-01-03 00:00:00', '5'],
      ['1', 'a', '2025-01-03 00:00:00', null, '5'],
    ]);
    expect(await bench.version(1)).toEqual([['1', 'a', '1970-01-01 00:00:00', null]]);
  });
});

describe('a run that is taken up again', () => {
  it('finds the columns that it added and the rows that it wrote', async () => {
    const bench = await openFillBench();
    await bench.fill([daily(0, '1 AS a')]);
    const more = daily(1, '2.5::DOUBLE AS a, 5 AS b');
    const { context } = await bench.fill([{ ...more, batches: [day(1)] }], { unsealed: true });
    const whole = { ...more, batches: [day(1), day(2)] };
    await bench.fill([whole], { resume: { run: context.run, batch: 1 } });
    expect(await bench.version(2)).toEqual([
      ['2025-01-01', null, null],
      ['2025-01-02', '5', '2.5'],
      ['2025-01-03', '5', '2.5'],
    ]);
    expect(await bench.version(1)).toEqual([['2025-01-01', '1']]);
  });
});

describe('columns of a table that goes on', () => {
  const daily = (n: number, columns: string, more: Partial<Fill> = {}): Fill => ({
    kind: kinds.time('day'),
    query: `SELECT ${columns}`,
    batches: [day(n)],
    target: n === 0 ? { mode: 'new', table: 't1', number: 1 } : { mode: 'tail', table: 't1', number: n + 1 },
    version: n + 1,
    ...more,
  });
  const names = async (bench: FillBench, version: number) =>
    (await bench.raw(`DESCRIBE teal_data.shop__items__v${version}`)).map((row) => row.column_name);

  it('keep their order, and new ones come last', async () => {
    const bench = await openFillBench();
    await bench.fill([daily(0, '@start_date AS day, 1 AS a')]);
    await bench.fill([daily(1, "'x' AS b, 2 AS a, @start_date AS day")]);
    expect(await names(bench, 2)).toEqual(['day', 'a', 'b']);
    expect(await bench.version(2)).toEqual([
      ['2025-01-01', '1', null],
      ['2025-01-02', '2', 'x'],
    ]);
    const fresh = { mode: 'new', table: 't2', number: 1 } as const;
    const other = daily(2, "'x' AS b, @start_date AS day", { target: fresh, fingerprint: 'other' });
    await bench.fill([other]);
    expect(await names(bench, 3)).toEqual(['b', 'day']);
  });

  it('are the declared ones in their order, and no others', async () => {
    const bench = await openFillBench();
    const declaredColumns = [
      { name: 'a', type: 'BIGINT' },
      { name: 'day', type: 'DATE' },
    ];
    await bench.fill([daily(0, 'true AS extra, @start_date AS day, 1 AS a', { declaredColumns })]);
    expect(await bench.version(1)).toEqual([['1', '2025-01-01']]);
    const run = bench.fill([daily(1, '@start_date AS day', { declaredColumns })]);
    await expect(run).rejects.toMatchObject({ problem: { message: expect.stringContaining('no column a') } });
  });

  it('of a view take the declared names one by one', async () => {
    const bench = await openFillBench();
    const declaredColumns = [
      { name: 'z', type: 'INT' },
      { name: 'a', type: 'TEXT' },
    ];
    await bench.fill([
      { kind: kinds.view, query: 'SELECT 1 AS a, 2 AS z -- both', declaredColumns, target: null, version: 1 },
    ]);
    expect(await bench.raw('SELECT *, typeof(a) AS t FROM teal_data.shop__items__v1')).toEqual([
      { z: 1, a: 2, t: 'INTEGER' },
    ]);
  });

  it('are in lower case where their names stand in the text, and as they are where a star brings them', async () => {
    const bench = await openFillBench();
    const query = `SELECT 1 AS "Leg No", 2 AS Day, * FROM (SELECT unnest({'Km': 3}))`;
    await bench.fill([
      { kind: kinds.full, query, target: { mode: 'new', table: 't1', number: null }, version: 1 },
      { model: 'shop.seen', kind: kinds.view, query: query.replace("'Km'", 'Km'), target: null, version: 1 },
    ]);
    expect(await names(bench, 1)).toEqual(['leg no', 'day', 'Km']);
    const view = await bench.raw('DESCRIBE teal_data.shop__seen__v1');
    expect(view.map((row) => row.column_name)).toEqual(['leg no', 'day', 'km']);
  });

  it('stay as they were where the kind ignores changes', async () => {
    const bench = await openFillBench();
    const kind = {
      ...kinds.time('day'),
      onDestructiveChange: 'ignore',
      onAdditiveChange: 'ignore',
    } as ModelKind;
    await bench.fill([daily(0, '@start_date AS day, 1 AS a', { kind })]);
    await bench.fill([daily(1, "@start_date AS day, 'x' AS b", { kind })]);
    expect(await bench.version(2)).toEqual([
      ['2025-01-01', '1'],
      ['2025-01-02', null],
    ]);
  });
});

describe('a tail', () => {
  it('forgets what a run that was given up has written under its number', async () => {
    const bench = await openFillBench();
    const kind = kinds.keyed(['id']);
    const stock = "SELECT * FROM (VALUES (1, 'a'), (2, 'b')) AS t(id, name)";
    const tail = { mode: 'tail', table: 't1', number: 2 } as const;
    await bench.fill([{ kind, query: stock, target: { mode: 'new', table: 't1', number: 1 }, version: 1 }]);
    await bench.fill([{ kind, query: "SELECT 1 AS id, 'lost' AS name", target: tail, version: 2 }], {
      unsealed: true,
    });
    await bench.fill([{ kind, query: "SELECT 2 AS id, 'c' AS name", target: tail, version: 2 }]);
    expect(await bench.version(2)).toEqual([
      ['1', 'a'],
      ['2', 'c'],
    ]);
    expect(await bench.version(1)).toEqual([
      ['1', 'a'],
      ['2', 'b'],
    ]);
  });

  it('that recomputes days keeps the older version of them', async () => {
    const bench = await openFillBench();
    await bench.fill([daily(0, '1 AS a', { batches: [day(0), day(1)] })]);
    await bench.fill([daily(1, '2 AS a', { batches: [day(1), day(2)] })]);
    expect(await bench.version(2)).toEqual([
      ['2025-01-01', '1'],
      ['2025-01-02', '2'],
      ['2025-01-03', '2'],
    ]);
    expect(await bench.version(1)).toEqual([
      ['2025-01-01', '1'],
      ['2025-01-02', '1'],
    ]);
  });
});
