import { describe, expect, test } from 'vitest';
import { addable, isEditable, settingLines } from '../../../renderer/features/canvas/editor/setting-lines';
import { blockValues, editBlock } from '../../../shared/project/edit-block';
import { readModel } from '../../../shared/project/read-model';
import { modelSettings } from '../../../shared/service/views/model-settings';

const SAVED = `-- Sales by day.
MODEL (
  name mart.sales, -- the name
  kind INCREMENTAL_BY_TIME_RANGE (
    time_column day,
    batch_size 3
  ),
  cron '@hourly',
  start '2025-01-01',
  end '2025-03-31'
);

SELECT day FROM mart.a
`;

function linesOf(text: string) {
  const model = readModel('models/sales.sql', SAVED, { start: null, cron: '@daily', kind: 'VIEW' });
  if (!model || 'problem' in model) throw new Error('The text is none of a model.');
  const lines = settingLines(modelSettings(model), { text, saved: SAVED });
  return new Map(lines.map((line) => [line.key, line]));
}

function edited(name: string, value: string | null): string {
  const text = editBlock(SAVED, [{ name, value }]);
  if (!text.ok) throw new Error(text.problem.message);
  return text.value;
}

describe('values of a block', () => {
  test('are given as they are written, with those inside of the kind', () => {
    expect([...blockValues(SAVED)]).toEqual([
      ['name', 'mart.sales'],
      ['kind.time_column', 'day'],
      ['kind.batch_size', '3'],
      ['kind', 'INCREMENTAL_BY_TIME_RANGE (\n    time_column day,\n    batch_size 3\n  )'],
      ['cron', "'@hourly'"],
      ['start', "'2025-01-01'"],
      ['end', "'2025-03-31'"],
    ]);
    expect(blockValues('SELECT 1').size).toBe(0);
    expect(blockValues('MODEL (name').size).toBe(0);
  });
});

describe('settings of a model', () => {
  test('tell what is written from what applies by itself', () => {
    const lines = linesOf(SAVED);
    expect(lines.get('cron')).toMatchObject({ value: '@hourly', written: "'@hourly'", state: 'given' });
    expect(lines.get('end')).toMatchObject({ value: '2025-03-31', written: "'2025-03-31'", state: 'given' });
    expect(lines.get('kind.lookback')).toMatchObject({ value: '0', written: null, state: 'default' });
    const fixed = [...lines.values()].filter((line) => !isEditable(line, 'INCREMENTAL_BY_TIME_RANGE'));
    expect(fixed).toEqual([]);
  });

  test('show what the edited text says, and that it is not saved', () => {
    expect(linesOf(edited('cron', "'@daily'")).get('cron')).toMatchObject({
      value: "'@daily'",
      state: 'edited',
    });
    expect(linesOf(edited('kind.lookback', '2')).get('kind.lookback')).toMatchObject({
      ...{ value: '2', state: 'edited', part: 'kind' },
    });
    expect(linesOf(edited('kind.batch_size', null)).get('kind.batch_size')).toMatchObject({
      ...{ value: '3', written: null, state: 'taken out' },
    });
    expect(linesOf(edited('tags', '[a, b]')).get('tags')).toMatchObject({ value: '[a, b]', state: 'edited' });
    expect(linesOf(edited('cron', "'@hourly'")).get('cron')?.state).toBe('given');
  });

  test('may be added where the block does not say them yet, of the kind too', () => {
    const keys = addable('INCREMENTAL_BY_TIME_RANGE', SAVED).map(({ key }) => key);
    expect(keys).toEqual(expect.arrayContaining(['kind.lookback', 'kind.forward_only', 'tags', 'stamp']));
    for (const key of ['cron', 'kind.batch_size', 'kind.time_column', 'name', 'audits', 'kind.dialect'])
      expect(keys).not.toContain(key);
    expect(addable('FULL', 'MODEL (name a.b, kind FULL);').some(({ key }) => key.startsWith('kind.'))).toBe(
      false,
    );
    expect(isEditable({ key: 'blueprint', name: 'blueprint', part: 'rows' }, 'FULL')).toBe(false);
    const format = { key: 'kind.time_format', name: 'time_format', part: 'kind' as const };
    expect(isEditable(format, 'INCREMENTAL_BY_TIME_RANGE')).toBe(false);
    expect(addable('FULL', 'MODEL (name a.b, grains (x));').map(({ key }) => key)).not.toContain('grain');
  });
});
