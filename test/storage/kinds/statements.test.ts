import { describe, expect, it } from 'vitest';
import { scopesOf, virtualUpdate } from '../../../shared/backfill/statements';
import { writesItself } from '../../../shared/sql/this-model';
import { DAY, FIRST, type Fill, kinds, MODEL, openFillBench } from './bench';

const texts = (...all: string[]) => all.map((text) => ({ text, start: 0 }));
const fresh = (version: number) => ({ mode: 'new', table: `t${version}`, number: null }) as const;

describe('statements around a query', () => {
  it('make temporary tables, macros and variables that the query sees and that go with the batch', async () => {
    const bench = await openFillBench();
    const before = texts(
      'CREATE TEMP TABLE lookup AS SELECT 1 AS id, 10 AS v',
      'CREATE OR REPLACE TABLE plain AS SELECT 2 AS id, 20 AS v',
      'CREATE MACRO twice(x) AS x * 2',
      'SET VARIABLE more = 3',
    );
    await bench.fill([
      {
        kind: kinds.full,
        query: "SELECT id, twice(v) + getvariable('more') AS v FROM (FROM lookup UNION ALL FROM plain)",
        text: { before },
        target: fresh(1),
        version: 1,
      },
    ]);
    expect(await bench.version(1)).toEqual([
      ['1', '23'],
      ['2', '43'],
    ]);
    expect(await bench.raw("SELECT 1 FROM duckdb_tables() WHERE table_name IN ('lookup', 'plain')")).toEqual(
      [],
    );
  });

  it('leave nothing to the next model of the run', async () => {
    const bench = await openFillBench();
    const one = { kind: kinds.full, target: fresh(1), version: 1, model: 'shop.one' };
    const text = { before: texts('CREATE TEMP TABLE lookup AS SELECT 1 AS id') };
    const run = bench.fill([
      { ...one, query: 'SELECT id FROM lookup', text },
      { ...one, target: fresh(2), model: 'shop.two', query: 'SELECT id FROM lookup' },
    ]);
    await expect(run).rejects.toMatchObject({ problem: { place: { model: 'shop.two' } } });
  });

  it('that write the model change its own rows alone, in a table of its own', async () => {
    const bench = await openFillBench();
    const after = texts('DELETE FROM @this_model WHERE id = 2', 'UPDATE @this_model SET v = v + 1');
    expect(writesItself({ before: [], after })).toBe(true);
    expect(writesItself({ before: [], after: texts('SELECT count(*) FROM @this_model') })).toBe(false);
    const query = 'SELECT * FROM (VALUES (1, 10), (2, 20)) AS t(id, v)';
    const kind = kinds.keyed(['id']);
    await bench.fill([{ kind, query, text: { after }, target: fresh(1), version: 1 }]);
    expect(await bench.version(1)).toEqual([['1', '11']]);
    const target = { mode: 'copy', table: 't2', number: null, from: 1 } as const;
    await bench.fill([{ kind, query: 'SELECT 3 AS id, 30 AS v', text: { after }, target, version: 2 }]);
    expect(await bench.version(2)).toEqual([
      ['1', '12'],
      ['3', '31'],
    ]);
    expect(await bench.version(1)).toEqual([['1', '11']]);
  });

  it('read and change the rows that are there before the query', async () => {
    const bench = await openFillBench();
    const before = texts(
      'CREATE TEMP TABLE last AS SELECT coalesce(max(id), 0) AS id FROM @this_model',
      'DELETE FROM @this_model WHERE id = 1',
    );
    const fill = { kind: kinds.keyed(['id']), query: 'SELECT id + 1 AS id FROM last', text: { before } };
    await bench.fill([{ ...fill, target: fresh(1), version: 1 }]);
    await bench.fill([{ ...fill, target: { mode: 'copy', table: 't2', number: null, from: 1 }, version: 2 }]);
    expect([await bench.version(1), await bench.version(2)]).toEqual([[['1']], [['2']]]);
    const reads = { ...fill, text: { before: before.slice(0, 1) } };
    await bench.fill([{ ...reads, target: { mode: 'copy', table: 't3', number: 1, from: 2 }, version: 3 }]);
    await bench.fill([{ ...reads, target: { mode: 'tail', table: 't3', number: 2 }, version: 4 }]);
    expect([await bench.version(3), await bench.version(4)]).toEqual([
      [['2'], ['3']],
      [['2'], ['3'], ['4']],
    ]);
  });

  it('know the stage: creating until this logic has a table, evaluating afterwards', async () => {
    const bench = await openFillBench();
    const fill = { kind: kinds.full, query: 'SELECT 1 AS id', version: 1 };
    const stagesOf = async (more: Partial<Fill>, index = 0) => {
      const { prepared } = await bench.fill([{ ...fill, target: fresh(1), ...more }]);
      const model = prepared.get(MODEL);
      const scopes = model ? scopesOf(model, index) : undefined;
      return [scopes?.statements.stage, scopes?.query.stage];
    };
    expect(await stagesOf({})).toEqual(['creating', 'creating']);
    expect(await stagesOf({ target: fresh(2), version: 2 })).toEqual(['evaluating', 'evaluating']);
    const other = { target: fresh(3), version: 3, fingerprint: 'other' };
    expect(await stagesOf({ ...other, declaredColumns: [{ name: 'id', type: 'INTEGER' }] })).toEqual([
      'creating',
      'evaluating',
    ]);
    const again = { target: fresh(4), version: 4, fingerprint: 'again' };
    expect(await stagesOf(again, 1)).toEqual(['evaluating', 'evaluating']);
    const byTime = { kind: kinds.time('day'), query: 'SELECT @start_date AS day', fingerprint: 'time' };
    expect(await stagesOf({ ...byTime, target: fresh(5), version: 5 })).toEqual(['evaluating', 'evaluating']);
  });

  it('run once on the empty table of a model by time, before its batches', async () => {
    const bench = await openFillBench();
    const batches = [0, 1].map((n) => ({ from: FIRST + n * DAY, to: FIRST + (n + 1) * DAY }));
    const after = texts("INSERT INTO @this_model SELECT DATE '1999-01-01', count(*) FROM @this_model");
    await bench.fill([
      {
        kind: kinds.time('day'),
        query: 'SELECT @start_date AS day, 7 AS n',
        text: { after },
        batches,
        target: fresh(1),
        version: 1,
      },
    ]);
    expect(await bench.version(1)).toEqual([
      ['1999-01-01', '0'],
      ['1999-01-01', '2'],
      ['1999-01-01', '4'],
      ['2025-01-01', '7'],
      ['2025-01-02', '7'],
    ]);
  });

  it('say where in the file they stumble', async () => {
    const bench = await openFillBench();
    const source =
      'MODEL (name shop.items);\nCREATE TEMP TABLE a AS\n  SELECT nothing FROM range(3);\nSELECT 1 AS id';
    const start = source.indexOf('CREATE');
    const before = [{ text: source.slice(start, source.indexOf(';', start)), start }];
    const run = bench.fill(
      [{ kind: kinds.full, query: 'SELECT 1 AS id', text: { before }, target: fresh(1), version: 1 }],
      { sources: { [MODEL]: { text: source, start: source.indexOf('SELECT 1') } } },
    );
    await expect(run).rejects.toMatchObject({ problem: { place: { line: 3, column: 10, model: MODEL } } });
  });

  it('leave nothing behind where the batch fails after them', async () => {
    const bench = await openFillBench();
    const run = bench.fill([
      {
        kind: kinds.full,
        query: 'SELECT id FROM lookup',
        text: {
          before: texts('CREATE TEMP TABLE lookup AS SELECT 1 AS id'),
          after: texts("SELECT error('no') FROM lookup"),
        },
        target: fresh(1),
        version: 1,
      },
    ]);
    await expect(run).rejects.toMatchObject({ problem: { message: expect.stringContaining('no') } });
    expect(await bench.rows('SELECT count(*) FROM teal_data.t1')).toEqual([['0']]);
  });

  it.each([
    "COPY (SELECT 1) TO 'x.csv'",
    "ATTACH ':memory:' AS other",
    'DELETE FROM teal_data.others',
    'INSERT INTO mart.sales SELECT 1',
    'DROP TABLE IF EXISTS mart.sales',
    'CREATE TABLE mart.copy AS SELECT 1',
    'ROLLBACK',
  ])('that reach beyond the model are refused: %s', async (text) => {
    const bench = await openFillBench();
    const run = bench.fill([
      {
        kind: kinds.full,
        query: 'SELECT 1 AS id',
        text: { after: texts(text) },
        target: fresh(1),
        version: 1,
      },
    ]);
    await expect(run).rejects.toMatchObject({
      problem: { code: 'model.unsupported', place: { model: MODEL } },
    });
    expect(await bench.rows('SELECT count(*) FROM teal_data.t1')).toEqual([['0']]);
  });

  it('may make an index on the model and change what they made', async () => {
    const bench = await openFillBench();
    const before = texts(
      'CREATE TABLE mine AS SELECT 1 AS id',
      'INSERT INTO mine VALUES (2)',
      'DELETE FROM mine WHERE id = 1',
    );
    const after = texts('CREATE INDEX by_id ON @this_model (id)', 'DROP TABLE mine');
    await bench.fill([
      {
        kind: kinds.full,
        query: 'SELECT id FROM mine',
        text: { before, after },
        target: fresh(1),
        version: 1,
      },
    ]);
    expect(await bench.version(1)).toEqual([['2']]);
  });

  it('for when a view is pointed at the rows are rendered with the name of the view', async () => {
    const bench = await openFillBench();
    const onVirtualUpdate = texts("COMMENT ON VIEW @this_model IS 'items'", '  ');
    const { context, prepared } = await bench.fill([
      { kind: kinds.full, query: 'SELECT 1 AS id', text: { onVirtualUpdate }, target: fresh(1), version: 1 },
    ]);
    const model = prepared.get(MODEL);
    const statements = model ? virtualUpdate(context, model, ['shop', 'items']) : [];
    expect(statements.map((statement) => statement.text)).toEqual([
      `COMMENT ON VIEW "shop"."items" IS 'items'`,
    ]);
  });
});
