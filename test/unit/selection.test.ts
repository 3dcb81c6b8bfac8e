import { describe, expect, it } from 'vitest';
import { Fault } from '../../shared/base/errors';
import { selectModels } from '../../shared/plan/select-models';

const model = (name: string, tags: readonly string[], parents: readonly string[]) => ({
  name,
  tags,
  parents,
});
const MODELS = [
  model('raw.a', [], []),
  model('stg.a', ['daily', 'Core'], ['raw.a']),
  model('stg.b', ['core'], []),
  model('mart.a', [], ['stg.a']),
  model('mart.ab', ['weekly'], ['stg.b', 'ext.c']),
];
const chosen = (...selectors: string[]) => {
  try {
    return [...selectModels(selectors, MODELS)].sort();
  } catch (error) {
    if (error instanceof Fault) return error.problem.code;
    throw error;
  }
};

describe('selectors', () => {
  it.each([
    [['stg.a'], ['stg.a']],
    [['STG.A'], ['stg.a']],
    [['stg.*'], ['stg.a', 'stg.b']],
    [['*.a'], ['mart.a', 'raw.a', 'stg.a']],
    [['+stg.a'], ['raw.a', 'stg.a']],
    [['stg.a+'], ['mart.a', 'stg.a']],
    [['+mart.a'], ['mart.a', 'raw.a', 'stg.a']],
    [['+stg.a+'], ['mart.a', 'raw.a', 'stg.a']],
    [['tag:core'], ['stg.a', 'stg.b']],
    [['tag:c*'], ['stg.a', 'stg.b']],
    [['tag:core+'], ['mart.a', 'mart.ab', 'stg.a', 'stg.b']],
    [['^stg.*'], ['mart.a', 'mart.ab', 'raw.a']],
    [['mart.* & ^mart.a'], ['mart.ab']],
    [['stg.a | mart.ab'], ['mart.ab', 'stg.a']],
    [['(stg.a | stg.b)+'], ['mart.a', 'mart.ab', 'stg.a', 'stg.b']],
    [
      ['stg.a', 'mart.ab'],
      ['mart.ab', 'stg.a'],
    ],
    [['nothing'], []],
    [['tag:nothing'], []],
  ])('%j', (selectors, expected) => {
    expect(chosen(...selectors)).toEqual(expected);
  });

  it.each(['', '+', '(stg.a', 'stg.a)', 'a & ', 'a b', '^'])('%j is none', (text) => {
    expect(chosen(text)).toBe('usage.invalid');
  });

  it('a dot is a dot', () => {
    expect(chosen('stgxa')).toEqual([]);
    expect(chosen('s.*')).toEqual([]);
  });
});
