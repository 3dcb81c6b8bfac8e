import { type Problem, placeText } from '../../../shared/base/errors';
import type { CommandOutput } from '../../../shared/protocol/table';
import type { TestDifference, TestReport, TestResult } from '../../../shared/protocol/views/quality';
import { plural, table } from '../text';

type Audits = CommandOutput<'audit.run'>;
type Rows = CommandOutput<'audit.rows'>;

/** Every audit with what it found, then the first rows that failed. */
export function auditText(audits: Audits, rows: ReadonlyMap<string, Rows>): string {
  if (audits.audits.length === 0) return 'The project has no audits.';
  const list = audits.audits.map((audit) => [
    audit.model,
    audit.audit,
    audit.skipped ? 'skipped' : audit.failedRows === 0 ? 'passed' : 'failed',
    audit.failedRows,
    Object.entries(audit.args ?? {})
      .map(([name, value]) => `${name} := ${value}`)
      .join(', '),
  ]);
  const failed = audits.audits.filter((audit) => (audit.failedRows ?? 0) > 0).length;
  return [
    table(['model', 'audit', 'outcome', 'rows', 'arguments'], list),
    ...audits.failures.map((failure) => failureText(failure, rows.get(failure.id))),
    failed === 0 ? 'All audits passed.' : `${plural(failed, 'audit')} failed.`,
  ].join('\n\n');
}

function failureText(failure: Audits['failures'][number], rows: Rows | undefined): string {
  const head = `${failure.audit} of ${failure.model}, ${failure.batch}: ${plural(failure.failedRows, 'row')}`;
  if (!rows || rows.rows.length === 0) return head;
  const shown = table(
    rows.columns.map((column) => column.name),
    rows.rows.map((row) => row.map(cellText)),
  );
  const more = failure.failedRows - rows.rows.length;
  return `${head}\n${indented(shown)}${more > 0 ? `\n  and ${plural(more, 'more row')}` : ''}`;
}

/** Every test with its outcome, and for each that did not pass what was wrong. */
export function testText({ tests }: Pick<TestResult, 'tests'>): string {
  if (tests.length === 0) return 'There are no tests to run.';
  const list = tests.map((test) => [test.test, test.model, test.outcome, `${test.file}:${test.line}`]);
  const count = (outcome: TestReport['outcome']) => tests.filter((test) => test.outcome === outcome).length;
  const tally = (['passed', 'failed', 'error', 'skipped'] as const)
    .filter((outcome) => outcome === 'passed' || count(outcome) > 0)
    .map((outcome) => `${count(outcome)} ${outcome === 'error' ? 'with errors' : outcome}`);
  return [
    table(['test', 'model', 'outcome', 'place'], list),
    ...tests.filter((test) => test.outcome !== 'passed').map(wrongText),
    `${plural(tests.length, 'test')}: ${tally.join(', ')}.`,
  ].join('\n\n');
}

function wrongText(test: TestReport): string {
  const lines = [`${test.test} (${test.model})${test.description ? `: ${test.description}` : ''}`];
  lines.push(...test.differences.map((difference) => indented(differenceText(difference))));
  if (test.problem) {
    const problem = test.problem as Problem;
    lines.push(indented(`${placeText(problem.place)}: ${problem.message}`));
    if (problem.remedy) lines.push(indented(problem.remedy));
  }
  return lines.join('\n');
}

function differenceText(difference: TestDifference): string {
  const where = difference.cte === null ? 'the query' : `CTE ${difference.cte}`;
  const head = `${where}: ${plural(difference.expectedRows, 'row')} expected, ${difference.actualRows} came`;
  const rows = difference.rows.map((row) => [
    row.side === 'missing' ? '- expected' : '+ came',
    ...row.values.map((value) => value ?? 'NULL'),
  ]);
  return `${head}\n${table(['', ...difference.columns], rows)}`;
}

function indented(text: string): string {
  return text
    .split('\n')
    .map((line) => `  ${line}`)
    .join('\n');
}

function cellText(value: unknown): string | number | null {
  if (value === null || typeof value === 'number' || typeof value === 'string') return value;
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}
