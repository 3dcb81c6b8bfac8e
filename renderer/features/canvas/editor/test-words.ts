import type { TestDifference, TestReport } from '../../../../shared/protocol/views/quality';
import { authored, id, sql } from '../../../../shared/sql/sql';
import { countOf, formatCount } from '../../../ui/format';

/** `2 tests, 1 failed`, or that they were not run yet. */
export function testSummary(total: number, reports: readonly TestReport[]): string {
  const count = countOf(total, 'test');
  if (reports.length === 0) return total === 0 ? 'No tests yet' : `${count}, not run yet`;
  const of = (outcome: TestReport['outcome']): number =>
    reports.filter((report) => report.outcome === outcome).length;
  const [failed, broken] = [of('failed'), of('error')];
  const parts = [
    failed > 0 ? `${formatCount(failed)} failed` : '',
    broken > 0 ? `${formatCount(broken)} cannot be run` : '',
  ].filter(Boolean);
  return `${count}, ${parts.length > 0 ? parts.join(', ') : 'all passed'}`;
}

/** What was compared and how many rows came: `The query: 3 rows expected, 2 came`. */
export function differenceWords({ cte, expectedRows, actualRows }: TestDifference): string {
  const subject = cte === null ? 'The query' : `The CTE ${cte}`;
  return expectedRows === actualRows
    ? `${subject}: ${countOf(expectedRows, 'row')} expected and as many came, with other values`
    : `${subject}: ${countOf(expectedRows, 'row')} expected, ${formatCount(actualRows)} came`;
}

/** A name for a new test that is not taken: `test_daily`, `test_daily_2`. */
export function suggestTestName(model: string, taken: ReadonlySet<string>): string {
  const base = `test_${model.slice(model.indexOf('.') + 1)}`;
  for (let number = 1; ; number += 1) {
    const name = number === 1 ? base : `${base}_${number}`;
    if (!taken.has(name)) return name;
  }
}

/** The query that a new test begins with for a model that is read. */
export function firstRowsOf(parent: string): string {
  const name = /^[a-z_][\w.]*$/.test(parent) ? authored(parent) : id(...parent.split('.'));
  return sql`SELECT * FROM ${name} LIMIT 3`.text;
}

/** What is wrong with the name of a test; undefined where it can be taken. */
export function testNameProblem(name: string, taken: ReadonlySet<string>): string | undefined {
  if (!/^[A-Za-z_][A-Za-z0-9_]*$/.test(name)) return 'Letters, digits and _ only, a letter first.';
  if (taken.has(name)) return 'A test of that name is there already.';
  return undefined;
}

/** The same on the command line. */
export function createTestLine(
  model: string,
  name: string,
  queries: Readonly<Record<string, string>>,
): string {
  const flags = Object.entries(queries).map(
    ([parent, query]) => `--query ${parent} "${query.replaceAll('"', '\\"')}"`,
  );
  return [`teal create_test ${model}`, ...flags, `--name ${name}`].join(' ');
}
