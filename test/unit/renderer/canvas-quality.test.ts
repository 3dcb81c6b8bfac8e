import { describe, expect, test } from 'vitest';
import { renderLine, spanWords } from '../../../renderer/features/canvas/beside/render-words';
import {
  auditLines,
  auditSummary,
  resultWords,
  statusOf,
} from '../../../renderer/features/canvas/editor/audit-words';
import {
  createTestLine,
  differenceWords,
  firstRowsOf,
  suggestTestName,
  testNameProblem,
  testSummary,
} from '../../../renderer/features/canvas/editor/test-words';
import { settingMeaning, wordsOfKind } from '../../../renderer/features/canvas/kind-words';
import { isOutside, outsideWords } from '../../../renderer/features/canvas/problem-text';
import { keptWords } from '../../../renderer/features/quality/kept-words';
import { spanProblem } from '../../../renderer/ui/span-problem';
import { kindName } from '../../../shared/protocol/views/project';
import type { AuditResultView, TestReport } from '../../../shared/protocol/views/quality';

const NOW = Date.parse('2025-04-01T12:00:00Z');

function result(change: Partial<AuditResultView>): AuditResultView {
  const base = { run: 'r-1', audit: 'not_null', args: {}, blocking: true, skipped: false };
  return { ...base, batches: 1, failedBatches: 0, failedRows: 0, at: '2025-04-01T11:00:00Z', ...change };
}

describe('kinds', () => {
  test('each has a title, and a sentence that says what becomes of its rows', () => {
    for (const kind of kindName.options) {
      const { title, meaning } = wordsOfKind(kind);
      expect(title, kind).not.toBe('');
      expect(meaning, kind).toMatch(/^[A-Z].*\.$/);
    }
  });

  test('a property is explained with its value', () => {
    expect(settingMeaning({ name: 'lookback', value: '0' })).toBe('Late rows are not looked for.');
    expect(settingMeaning({ name: 'lookback', value: '2' })).toContain('last 2 intervals');
    expect(settingMeaning({ name: 'forward_only', value: 'true' })).toContain('from then on');
    expect(settingMeaning({ name: 'cron', value: '@daily' })).toContain('Every day');
    expect(settingMeaning({ name: 'cron', value: '*/5 * * * *' })).toBe('How often new rows are due.');
    expect(settingMeaning({ name: 'on_destructive_change', value: 'warn' })).toContain('goes on');
    expect(settingMeaning({ name: 'constructor', value: 'x' })).toBe('');
  });

  test('what is not run here is told from what is wrong', () => {
    const python = { code: 'model.unsupported', message: '', place: { file: 'models/a.py', line: 3 } };
    const waits = { code: 'model.unknown_parent', message: '', place: { file: 'models/b.sql' } };
    expect([python, waits].map(isOutside)).toEqual([true, true]);
    expect(isOutside({ code: 'model.unknown_parent', message: '', place: { line: 4 } })).toBe(false);
    expect(isOutside({ code: 'model.invalid', message: '' })).toBe(false);
    expect(outsideWords({ file: 'models/a.py', problem: python })).toBe('Python, not run here');
    expect(outsideWords({ file: 'models/b.sql', problem: waits })).toBe('Waits for what it reads');
  });
});

describe('rendered SQL', () => {
  test('is of a span that is checked while it is typed', () => {
    expect(spanProblem({ start: '', end: '' })).toBeUndefined();
    expect(spanProblem({ start: '2025-02-01', end: '2025-02-28 06:00:00' })).toBeUndefined();
    expect(spanProblem({ start: 'feb', end: '' })?.field).toBe('start');
    expect(spanProblem({ start: '', end: '2025-13-01' })?.field).toBe('end');
    expect(spanProblem({ start: '2025-02-02', end: '2025-02-01' })).toEqual({
      field: 'end',
      text: 'Not before the start',
    });
  });

  test('says its span with the last day in it, and the command line for it', () => {
    const [from, to] = ['2025-03-31T00:00:00.000Z', '2025-04-01T00:00:00.000Z'];
    expect(spanWords({ from, to })).toBe('2025-03-31');
    expect(spanWords({ from: '2025-03-01T00:00:00.000Z', to })).toBe('2025-03-01 to 2025-03-31');
    expect(spanWords({ from: '2025-03-31T06:00:00.000Z', to })).toContain('06:00:00');
    const choice = { model: 'mart.a', environment: 'prod', start: '', end: '' };
    expect(renderLine(choice)).toBe('teal render mart.a');
    expect(renderLine({ ...choice, start: '2025-02-01', end: '2025-02-01 06:00:00' })).toBe(
      'teal render mart.a --start 2025-02-01 --end "2025-02-01 06:00:00"',
    );
  });
});

describe('audits', () => {
  const call = { name: 'not_null', arguments: 'columns := (id, Ts)', blocking: true, standsAlone: false };

  test('take the results with their name, and with their arguments where the name stands twice', () => {
    const results = [result({ args: { columns: '(id, ts)' } }), result({ args: { columns: 'net' } })];
    expect(auditLines([call], results)[0]?.results).toHaveLength(2);
    const other = { ...call, arguments: 'columns := (net)' };
    expect(auditLines([call, other], results).map((line) => line.results)).toEqual([
      [results[0]],
      [results[1]],
    ]);
  });

  test('say what came of a run, and what that means', () => {
    expect(statusOf(undefined)).toBeUndefined();
    expect(statusOf(result({}))).toBe('pass');
    expect(statusOf(result({ failedRows: 2 }))).toBe('fail');
    expect(statusOf(result({ failedRows: 2, blocking: false }))).toBe('look');
    expect(statusOf(result({ skipped: true }))).toBeUndefined();
    expect(resultWords(result({}))).toBe('passed');
    expect(resultWords(result({ batches: 59 }))).toBe('passed in 59 batches');
    expect(resultWords(result({ failedRows: 1 }))).toBe('1 row failed');
    expect(resultWords(result({ failedRows: 12, failedBatches: 2, batches: 59 }))).toBe(
      '12 rows failed in 2 of 59 batches',
    );
  });

  test('are summed up by their last results', () => {
    const line = (results: AuditResultView[]) => ({ call, results });
    expect(auditSummary([line([])], NOW)).toBe('1 audit, not run yet');
    const failedBefore = line([result({}), result({ failedRows: 3 })]);
    expect(auditSummary([failedBefore], NOW)).toBe('1 audit, all passed, last run 1 h ago');
    expect(auditSummary([failedBefore, line([result({ failedRows: 3 })])], NOW)).toBe(
      '2 audits, 1 failed, last run 1 h ago',
    );
  });

  test('say how many failing rows are kept', () => {
    const failure = { id: 'f', run: 'r', model: 'm', audit: 'a', blocking: true, columns: [], at: '' };
    const kept = (failedRows: number, keptRows: number) =>
      keptWords({ ...failure, batch: '2025-03-09', failedRows, keptRows });
    expect(kept(3, 3)).toBe('3 rows, 2025-03-09');
    expect(kept(5000, 1000)).toBe('1,000 kept of 5,000 rows, 2025-03-09');
  });
});

describe('unit tests', () => {
  const report = (outcome: TestReport['outcome']): TestReport => ({
    ...{ test: 't', file: 'tests/t.yaml', line: 1, model: 'm', description: '' },
    ...{ outcome, differences: [], problem: null },
  });

  test('are summed up by outcome', () => {
    expect(testSummary(0, [])).toBe('No tests yet');
    expect(testSummary(2, [])).toBe('2 tests, not run yet');
    expect(testSummary(2, [report('passed'), report('passed')])).toBe('2 tests, all passed');
    expect(testSummary(3, [report('passed'), report('failed'), report('error')])).toBe(
      '3 tests, 1 failed, 1 cannot be run',
    );
  });

  test('say what differs', () => {
    const difference = { cte: null, columns: ['a'], expectedRows: 2, actualRows: 2, rows: [] };
    expect(differenceWords(difference)).toBe(
      'The query: 2 rows expected and as many came, with other values',
    );
    expect(differenceWords({ ...difference, cte: 'signed', actualRows: 1 })).toBe(
      'The CTE signed: 2 rows expected, 1 came',
    );
  });

  test('a new one gets a name that is free, and the same can be written on the command line', () => {
    const taken = new Set(['test_sales']);
    expect(suggestTestName('mart.sales', taken)).toBe('test_sales_2');
    expect(firstRowsOf('stg.b')).toBe('SELECT * FROM stg.b LIMIT 3');
    expect(testNameProblem('test_sales', taken)).toContain('already');
    expect(testNameProblem('1 test', taken)).toContain('letter first');
    expect(testNameProblem('test_days', taken)).toBeUndefined();
    expect(createTestLine('mart.a', 'test_a', { 'stg.b': 'SELECT "x" FROM stg.b' })).toBe(
      'teal create_test mart.a --query stg.b "SELECT \\"x\\" FROM stg.b" --name test_a',
    );
  });
});
