import { describe, expect, it } from 'vitest';
import { withTimes } from './rules/evaluator';
import { batchesOf, covers, joined, unitOf, without } from './rules/moments';
import { ancestorsOf, downstreamOf, inOrder, listOf, readModel, readsOf } from './rules/project-models';

const TEXT = `-- a comment; with a MODEL (
MODEL (
  name shop."Big Orders", -- (not closed
  kind INCREMENTAL_BY_UNIQUE_KEY (
    unique_key (id, COALESCE(region, ',')),
    when_matched (WHEN MATCHED THEN UPDATE SET target.a = source.a)
  ),
  cron '0 5 * * *',
  audits (not_null(columns := (id)), few)
);
@DEF(x, ';');
SET a = 1;
WITH t AS (SELECT 1) SELECT * FROM t, shop.orders AS o JOIN "Shop"."Other" /* shop.hidden */ USING (id) WHERE s = 'shop.text';
DROP TABLE x`;

describe('a model file', () => {
  const model = readModel(TEXT);

  it('gives name, kind, properties of block and kind, and the query', () => {
    expect(model).toMatchObject({ name: 'shop.big orders', kind: 'incremental_by_unique_key' });
    expect(model?.properties).toMatchObject({
      cron: "'0 5 * * *'",
      audits: '(not_null(columns := (id)), few)',
    });
    expect(listOf(model?.properties['unique_key'])).toEqual(['id', "COALESCE(region, ',')"]);
    expect(model?.properties['when_matched']).toBe('(WHEN MATCHED THEN UPDATE SET target.a = source.a)');
    expect(model?.query).toMatch(/^WITH t AS .*'shop\.text'$/);
  });

  it('reads the models that its query names', () => {
    const names = ['shop.orders', 'shop.other', 'shop.hidden', 'shop.text', 'o.id'];
    expect(readsOf(model?.query ?? '', names)).toEqual(['shop.orders', 'shop.other']);
  });

  it('is none without a block, and a view without a kind', () => {
    expect(readModel('SELECT 1')).toBeUndefined();
    expect(readModel('MODEL (name a.b); SELECT 1')).toMatchObject({ kind: 'view', query: 'SELECT 1' });
  });
});

describe('what reads what', () => {
  const files = [
    'MODEL (name m.a, kind FULL); SELECT 1',
    'MODEL (name m.b, kind FULL); SELECT * FROM m.a JOIN m.b',
    'MODEL (name m.c, kind FULL); SELECT * FROM m.b',
    'MODEL (name m.d, kind FULL); SELECT 1',
  ];
  const models = new Map(files.flatMap((file) => readModel(file) ?? []).map((model) => [model.name, model]));

  it('is found at any distance, a model that reads itself included', () => {
    expect(ancestorsOf(models, 'm.c').sort()).toEqual(['m.a', 'm.b']);
    expect(ancestorsOf(models, 'm.b')).toEqual(['m.a']);
    expect(downstreamOf(models, ['m.a'])).toEqual(['m.b', 'm.c']);
    expect(inOrder(models)).toEqual(['m.a', 'm.d', 'm.b', 'm.c']);
  });
});

describe('times', () => {
  const day = (number: number) => `2024-01-0${number} 00:00:00`;

  it('are written out as the variables of time say, ends inclusive', () => {
    const span = ['2024-01-01 00:00:00', '2024-01-03 00:00:00'] as const;
    expect(withTimes('@start_ds @END_DS @start_ts @end_ts', span)).toBe(
      "'2024-01-01' '2024-01-02' '2024-01-01 00:00:00' '2024-01-02 23:59:59.999999'",
    );
    expect(withTimes('@end_dt @start_date @end_millis @start_dsx', span)).toBe(
      "CAST('2024-01-02 23:59:59.999999' AS TIMESTAMP) CAST('2024-01-01' AS DATE) 1704239999999 @start_dsx",
    );
  });

  it('are joined, cut and taken away as half-open spans', () => {
    expect(
      joined([
        [day(3), day(4)],
        [day(1), day(2)],
        [day(2), day(3)],
      ]),
    ).toEqual([[day(1), day(4)]]);
    expect(without([[day(1), day(5)]], [[day(2), day(3)]])).toEqual([
      [day(1), day(2)],
      [day(3), day(5)],
    ]);
    expect(without([[day(1), day(5)]], [[day(1), day(5)]])).toEqual([]);
    expect(
      covers(
        [
          [day(1), day(2)],
          [day(2), day(3)],
        ],
        [day(1), day(3)],
      ),
    ).toBe(true);
    expect(covers([[day(1), day(2)]], [day(1), day(3)])).toBe(false);
  });

  it('are counted in the unit that an earlier count shows, months among them', () => {
    const days = unitOf(4, [[day(1), day(5)]]);
    expect(days.count([[day(1), day(3)]])).toBe(2);
    expect(batchesOf([[day(1), day(4)]], days, 2)).toEqual([
      [day(1), day(3)],
      [day(3), day(4)],
    ]);
    expect(batchesOf([[day(1), day(4)]], days, undefined)).toEqual([[day(1), day(4)]]);
    const months = unitOf(3, [['2024-01-01 00:00:00', '2024-04-01 00:00:00']]);
    expect(months.count([['2024-01-01 00:00:00', '2025-01-01 00:00:00']])).toBe(12);
    expect(months.after('2024-12-01 00:00:00', 2)).toBe('2025-02-01 00:00:00');
  });
});
