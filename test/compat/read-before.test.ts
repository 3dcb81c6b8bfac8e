import { describe, expect, it } from 'vitest';
import { asReadBefore, type Readings } from './rules/read-before';

const DAY: readonly [string, string] = ['2024-01-01 00:00:00', '2024-01-02 00:00:00'];
const NEXT: readonly [string, string] = ['2024-01-02 00:00:00', '2024-01-03 00:00:00'];
const one = { done: [DAY] };
const both = { done: [DAY], done_in_dev_table: [DAY] };

/** Dev filled its edition of mart.a; SQLMesh lists dev's row alone. */
const readings: Readings = {
  environment: 'dev',
  changed: { dev: { 'mart.a': both } },
  recorded: { dev: { 'mart.a': both }, prod: { 'mart.a': one } },
  before: { dev: { 'mart.a': one }, prod: { 'mart.a': one } },
  after: { dev: { 'mart.a': both }, prod: { 'mart.a': both } },
};
const shown = (row: typeof one) => ({ ...readings.after, prod: { 'mart.a': row } });

describe('rows of intervals that SQLMesh read before the step', () => {
  it('are taken as they were, so that the next step must list them', () => {
    const { state, applied } = asReadBefore(readings);
    expect(applied).toBe(true);
    expect(state).toEqual({ dev: { 'mart.a': both }, prod: { 'mart.a': one } });
  });

  it.each<[string, Partial<Readings>]>([
    ['rows of the environment of the step', { environment: 'prod' }],
    ['a row that holds more than the environment of the step', { after: shown({ done: [DAY, NEXT] }) }],
    ['a row that lost what it had', { after: shown({ done: [] }) }],
    ['a row that SQLMesh lists as changed', { changed: { ...readings.changed, prod: { 'mart.a': both } } }],
    ['a row of a model that the step did not fill', { changed: {} }],
    ['a row that was not there before', { before: { dev: { 'mart.a': one } } }],
  ])('do not excuse %s', (_, change) => {
    const given = { ...readings, ...change };
    expect(asReadBefore(given)).toEqual({ state: given.after, applied: false });
  });
});
