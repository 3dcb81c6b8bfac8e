import { describe, expect, it } from 'vitest';
import { groupAudits } from '../../../renderer/features/history/audit-groups';
import { dayWords } from '../../../renderer/features/history/day-words';
import {
  countBy,
  everything,
  filterRecords,
  groupByDay,
  moveLine,
} from '../../../renderer/features/history/record-lines';
import type { HistoryEntry } from '../../../shared/protocol/views/history';

function record(id: string, startedAt: string, more: Partial<HistoryEntry> = {}): HistoryEntry {
  const entry: HistoryEntry = {
    id,
    kind: 'run',
    title: 'Daily run',
    environment: 'prod',
    user: 'ana',
    commit: '4f1c9ae01b',
    dirty: false,
    startedAt,
    seconds: 3,
    outcome: 'done',
    rows: 10,
    release: null,
    canResume: false,
  };
  return { ...entry, ...more };
}

const records = [
  record('r-3', '2025-04-03T00:10:00.000Z', { kind: 'swap', title: 'Combo discount', release: 12 }),
  record('r-2', '2025-04-02T23:50:00.000Z', { outcome: 'failed', user: 'jo' }),
  record('r-1', '2025-04-02T01:00:00.000Z', { kind: 'import', title: 'raw.stores' }),
];
const lines = groupByDay(records);

describe('the list of records', () => {
  it('puts records under their days in UTC, newest first', () => {
    expect(
      lines.map((line) => (line.type === 'day' ? `${line.day} ${line.records}` : line.record.id)),
    ).toEqual(['2025-04-03 1', 'r-3', '2025-04-02 2', 'r-2', 'r-1']);
    expect(groupByDay([])).toEqual([]);
  });

  it('finds by every word, in any field', () => {
    const find = (text: string) => filterRecords(records, { ...everything, text }).map(({ id }) => id);
    expect(find('')).toHaveLength(3);
    expect(find('  COMBO ana ')).toEqual(['r-3']);
    expect(find('release 12')).toEqual(['r-3']);
    expect(find('failed jo')).toEqual(['r-2']);
    expect(find('4f1c9ae')).toHaveLength(3);
    expect(find('combo jo')).toEqual([]);
  });

  it('filters by kind and outcome together', () => {
    expect(filterRecords(records, { text: '', kind: 'run', outcome: 'failed' })).toHaveLength(1);
    expect(filterRecords(records, { text: '', kind: 'swap', outcome: 'failed' })).toHaveLength(0);
  });

  it('counts what occurs only', () => {
    expect([...countBy(records, 'kind')]).toEqual([
      ['swap', 1],
      ['run', 1],
      ['import', 1],
    ]);
    expect(countBy(records, 'outcome').get('done')).toBe(2);
  });
});

describe('keys in the list', () => {
  const press = (key: string, from: number, page = 10) => moveLine(lines, from, { key, page });

  it('pass over the heads of days', () => {
    expect(press('ArrowDown', 1)).toBe(3);
    expect(press('ArrowUp', 3)).toBe(1);
  });

  it('stay within the list', () => {
    expect(press('ArrowUp', 1)).toBe(1);
    expect(press('ArrowDown', 4)).toBe(4);
    expect(press('Home', 4)).toBe(1);
    expect(press('End', 1)).toBe(4);
    expect(press('PageUp', 4)).toBe(1);
    expect(press('PageDown', 1)).toBe(4);
  });

  it('leave other keys alone', () => expect(press('a', 1)).toBeUndefined());
});

describe('days in words', () => {
  const now = Date.UTC(2025, 3, 3, 9);
  it.each([
    ['2025-04-03', 'Today'],
    ['2025-04-02', 'Yesterday'],
    ['2025-03-31', 'Monday, 31 March'],
    ['2024-12-31', 'Tuesday, 31 December 2024'],
    ['no day', 'no day'],
  ])('says %s as %s', (day, words) => expect(dayWords(day, now)).toBe(words));
});

describe('audits of a run', () => {
  const audit = (name: string, batch: string, more: { failedRows?: number; blocking?: boolean } = {}) => ({
    model: 'mart.sales',
    audit: name,
    batch,
    failedRows: more.failedRows ?? 0,
    blocking: more.blocking ?? true,
  });

  it('show failed ones first, those that stop a run before those that warn', () => {
    const { failed } = groupAudits([
      audit('warns', '2025-01-01', { failedRows: 90, blocking: false }),
      audit('few', '2025-01-02', { failedRows: 1 }),
      audit('many', '2025-01-03', { failedRows: 7 }),
    ]);
    expect(failed.map((one) => one.audit)).toEqual(['many', 'few', 'warns']);
  });

  it('sum up what passed over all batches', () => {
    const { passed } = groupAudits([
      audit('b', '2025-01-01'),
      audit('a', '2025-01-01'),
      audit('b', '2025-01-02'),
      audit('b', '2025-01-03', { failedRows: 1 }),
    ]);
    expect(passed).toEqual([
      { model: 'mart.sales', audit: 'a', batches: 1 },
      { model: 'mart.sales', audit: 'b', batches: 2 },
    ]);
  });
});
