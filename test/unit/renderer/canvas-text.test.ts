import { describe, expect, test } from 'vitest';
import { changedLines } from '../../../renderer/features/canvas/editor/changed-lines';
import { parseBlocks, parseInline } from '../../../renderer/features/canvas/editor/markdown';
import { nameProblem, suggestName } from '../../../renderer/features/canvas/toolbar/model-name';

describe('changed lines', () => {
  test('are those that the saved text does not have', () => {
    expect(changedLines('a\nb\nc', 'a\nb\nc')).toEqual([]);
    expect(changedLines('a\nb\nc', 'a\nx\nc')).toEqual([2]);
    expect(changedLines('a\nb', 'a\nx\nb\ny')).toEqual([2, 4]);
    expect(changedLines('a\nb\nc\nd', 'x\nb\nc\ny')).toEqual([1, 4]);
  });

  test('a gap is marked at the line after it', () => {
    expect(changedLines('a\nb\nc', 'a\nc')).toEqual([2]);
    expect(changedLines('a\nb', 'a')).toEqual([1]);
  });
});

describe('docs', () => {
  test('are read as headings, paragraphs, lists and code', () => {
    const source = '# Title\n\nOne\ntwo.\n\n- a\n  more\n- b\n\n1. x\n\n```\ncode # kept\n```\n';
    expect(parseBlocks(source).map(({ line: _line, ...block }) => block)).toEqual([
      { kind: 'heading', level: 1, text: 'Title' },
      { kind: 'paragraph', text: 'One two.' },
      { kind: 'list', isOrdered: false, items: ['a more', 'b'] },
      { kind: 'list', isOrdered: true, items: ['x'] },
      { kind: 'code', text: 'code # kept' },
    ]);
  });

  test('end with a fence left open, and take no markup in', () => {
    expect(parseBlocks('```\n<b>')).toEqual([{ line: 0, kind: 'code', text: '<b>' }]);
    expect(parseInline('<b>x</b>')).toEqual([{ kind: 'text', text: '<b>x</b>' }]);
  });

  test('lines hold code, strong and emphasised parts', () => {
    expect(parseInline('a `b*c*` **d** *e* 2*3*4')).toEqual([
      { kind: 'text', text: 'a ' },
      { kind: 'code', text: 'b*c*' },
      { kind: 'text', text: ' ' },
      { kind: 'strong', text: 'd' },
      { kind: 'text', text: ' ' },
      { kind: 'emphasis', text: 'e' },
      { kind: 'text', text: ' 2' },
      { kind: 'emphasis', text: '3' },
      { kind: 'text', text: '4' },
    ]);
  });
});

describe('the name of a new model', () => {
  const taken = new Set(['stg.orders', 'mart.sales']);

  test('is schema.table, free, and outside of the schemas of Teal', () => {
    expect(nameProblem('mart.days', taken)).toBeUndefined();
    for (const name of ['', 'mart', 'Mart.days', 'mart.sales', 'raw.days', 'teal.x']) {
      expect(nameProblem(name, taken), name).toBeDefined();
    }
  });

  test('is guessed from what it reads', () => {
    expect(suggestName('raw.Stores', taken)).toBe('stg.stores');
    expect(suggestName('raw.orders', taken)).toBe('stg.');
    expect(suggestName('mart.sales', taken)).toBe('mart.');
    expect(suggestName(null, taken)).toBe('');
  });
});
