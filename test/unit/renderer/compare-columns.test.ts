import { describe, expect, test } from 'vitest';
import {
  gridOrder,
  orderColumns,
  orderModels,
  pickModel,
} from '../../../renderer/features/compare/column-order';
import { defaultSides } from '../../../renderer/features/compare/default-sides';
import { diffColumns, diffText } from '../../../renderer/features/compare/diff-values';
import type { DiffRow } from '../../../shared/protocol/views/compare';
import { column, comparedModel } from './compare-fixture';

const columns = [
  column('channel'),
  column('tax', { type: 'DECIMAL(9,2)', differ: 3 }),
  column('id', { key: true }),
  column('net', { type: 'DECIMAL(9,2)', differ: 7 }),
];
const names = (list: readonly { name: string }[]) => list.map(({ name }) => name);

describe('the order of columns', () => {
  test('what differs most comes first, then the key, then the rest', () => {
    expect(names(orderColumns(columns))).toEqual(['net', 'tax', 'id', 'channel']);
  });

  test('in the row grid the key comes first, and the rest can be left out', () => {
    expect(names(gridOrder(columns, false))).toEqual(['id', 'net', 'tax', 'channel']);
    expect(names(gridOrder(columns, true))).toEqual(['id', 'net', 'tax']);
  });

  test('side by side, each differing column stands twice', () => {
    const layout = { changedOnly: false, isBeside: true };
    expect(diffColumns(columns, layout).map(({ grid }) => grid.title)).toEqual([
      '±',
      'id',
      'net, old',
      'net, new',
      'tax, old',
      'tax, new',
      'channel',
    ]);
  });
});

describe('the cells of a differing row', () => {
  const inLine = diffColumns(columns, { changedOnly: false, isBeside: false });
  const beside = diffColumns(columns, { changedOnly: true, isBeside: true });
  const old = ['app', '1.00', 'a1', '9.00'];
  const now = ['app', '1.20', 'a1', '9.00'];
  const changed: DiffRow = { kind: 'changed', old, new: now, changed: ['tax'] };
  const added: DiffRow = { kind: 'added', old: null, new: now, changed: [] };

  test('show both values where they differ, one where they are equal', () => {
    expect(inLine.map((one) => diffText(changed, one))).toEqual(['±', 'a1', '9.00', '− 1.00 + 1.20', 'app']);
    expect(beside.map((one) => diffText(changed, one))).toEqual(['±', 'a1', '9.00', '9.00', '1.00', '1.20']);
  });

  test('leave the side empty on which the row is not', () => {
    expect(inLine.map((one) => diffText(added, one))).toEqual(['+', 'a1', '9.00', '1.20', 'app']);
    expect(beside.map((one) => diffText(added, one))).toEqual(['+', 'a1', '', '9.00', '', '1.20']);
    const removed: DiffRow = { kind: 'removed', old, new: null, changed: [] };
    expect(beside.map((one) => diffText(removed, one))).toEqual(['−', 'a1', '9.00', '', '1.00', '']);
  });

  test('say null for a value that is not there', () => {
    const emptied: DiffRow = { ...changed, new: ['app', null, 'a1', '9.00'] };
    expect(diffText(emptied, inLine[3] ?? inLine[0] ?? fail())).toBe('− 1.00 + null');
  });
});

describe('the order of models', () => {
  const models = [
    comparedModel({ model: 'mart.report', score: 0.8 }),
    comparedModel({ model: 'mart.sales', score: 0.99 }),
    comparedModel({ model: 'mart.new', status: 'added', score: 0 }),
    comparedModel({ model: 'mart.other', score: 0.5 }),
    comparedModel({ model: 'stg.sales', status: 'same' }),
  ];
  const edges = [
    { from: 'stg.sales', to: 'mart.sales' },
    { from: 'stg.sales', to: 'mart.other' },
    { from: 'mart.sales', to: 'mart.report' },
  ];

  test('runs along the data, the least alike first among equals, then what came or went', () => {
    const { differing, same } = orderModels(models, edges);
    expect(differing.map(({ model }) => model)).toEqual([
      'mart.other',
      'mart.sales',
      'mart.report',
      'mart.new',
    ]);
    expect(same.map(({ model }) => model)).toEqual(['stg.sales']);
  });

  test('ends on a circle', () => {
    const circle = [...edges, { from: 'mart.report', to: 'stg.sales' }];
    expect(orderModels(models, circle).differing).toHaveLength(4);
  });

  test('shows the chosen model, else the first', () => {
    const ordered = orderModels(models, edges);
    expect(pickModel(ordered, 'stg.sales')?.model).toBe('stg.sales');
    expect(pickModel(ordered, 'gone')?.model).toBe('mart.other');
    expect(pickModel(ordered, null)?.model).toBe('mart.other');
    expect(pickModel({ differing: [], same: [] }, null)).toBeUndefined();
  });
});

describe('the sides compared by default', () => {
  const environment = (name: string, more: object = {}) => ({
    ...{ name, live: false, differing: 0, filledAt: null, baseRelease: null },
    ...more,
  });
  const prod = environment('prod', { live: true });
  const fix = environment('fix', { differing: 5 });
  const dev = environment('dev');

  test('are prod and the shadow that the window looks at', () => {
    expect(defaultSides([prod, fix, dev], fix)).toEqual({ old: 'prod', new: 'fix' });
  });

  test('are none for prod itself, and for what does not differ', () => {
    expect(defaultSides([prod, fix, dev], prod)).toBeNull();
    expect(defaultSides([prod, fix, dev], dev)).toBeNull();
    expect(defaultSides([], undefined)).toBeNull();
  });
});

function fail(): never {
  throw new Error('no such column');
}
