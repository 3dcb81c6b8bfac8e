import { describe, expect, it } from 'vitest';
import { selectModels } from '../../shared/plan/selection';

const TAGS = new Map([
  ['raw.a', []],
  ['stg.a', ['daily', 'Core']],
  ['stg.b', ['core']],
  ['mart.a', []],
  ['mart.ab', ['weekly']],
]);
// raw.a -> stg.a -> mart.a, and stg.b -> mart.ab
const BELOW: Readonly<Record<string, readonly string[]>> = {
  'raw.a': ['stg.a', 'mart.a'],
  'stg.a': ['mart.a'],
  'stg.b': ['mart.ab'],
};
const from = {
  tags: TAGS,
  below: (name: string) => BELOW[name] ?? [],
  above: (name: string) => Object.keys(BELOW).filter((other) => BELOW[other]?.includes(name)),
};
const chosen = (...selectors: string[]) => {
  const result = selectModels(selectors, from);
  return result.ok ? [...result.value].sort() : result.problem.code;
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

  it.each(['', '+', '(stg.a', 'stg.a)', 'tag:', 'git:main', 'a & ', 'a b', '^'])('%j is none', (text) => {
    expect(chosen(text)).toBe('usage.invalid');
  });

  it('a dot is a dot', () => {
    expect(chosen('stg?a')).toEqual([]);
    expect(chosen('s.*')).toEqual([]);
  });
});
