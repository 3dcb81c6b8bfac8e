// What `teal plan` says before anything is written, and what stops it first.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createFilled, type Filled } from './filled';
import { FILES, NOW, SALES } from './small';
import { buildTeal, copyProject, refusal, teal, tealJson, writeFiles } from './teal';

const TRIPLED = SALES.replace(
  'CAST(amount AS DECIMAL(9, 2))',
  "CAST(amount AS DECIMAL(9, 2)) * @VAR('times', 3)",
);

let filled: Filled;
beforeAll(async () => {
  buildTeal();
  filled = await createFilled();
});
afterAll(() => filled.remove());

function edited(files: Readonly<Record<string, string>>): string {
  const dir = copyProject(filled.dir);
  writeFiles(dir, files);
  return dir;
}

describe('the text of a plan', () => {
  it('names the category of every change with its reason, and the lines that differ', async () => {
    const dir = edited({ 'models/mart/sales.sql': TRIPLED });
    const { out } = await teal(['-p', dir, 'plan', 'dev', ...NOW]);
    expect(out).toMatch(/^mart\.sales: breaking\. \S/m);
    expect(out).toMatch(/^mart\.daily: indirect breaking\. \S/m);
    expect(out).toMatch(/^ {2}- {3}CAST\(amount AS DECIMAL\(9, 2\)\) AS amount$/m);
    expect(out).toMatch(/^ {2}\+ {3}CAST\(amount AS DECIMAL\(9, 2\)\) \* @VAR\('times', 3\) AS amount$/m);
    expect(out.match(/^mart\.daily$/m)).toBeNull();
  });

  it('shows them with macros expanded, or not at all, where that is asked for', async () => {
    const dir = edited({ 'models/mart/sales.sql': TRIPLED });
    const rendered = await teal(['-p', dir, 'plan', 'dev', '--diff-rendered', ...NOW]);
    expect(rendered.out).toMatch(/^ {2}\+ .*\* 3 AS amount$/m);
    expect(rendered.out).not.toContain('@VAR');
    const none = await teal(['-p', dir, 'plan', 'dev', '--no-diff', ...NOW]);
    expect(none.out).toContain('mart.sales: breaking');
    expect(none.out).not.toMatch(/^ {2}[+-] /m);
  });

  it('shows a setting that changed', async () => {
    const dir = edited({
      'models/mart/sales.sql': SALES.replace('  grain id\n', '  grain id,\n  owner jo\n'),
    });
    const { out } = await teal(['-p', dir, 'plan', 'dev', ...NOW]);
    expect(out).toMatch(/^mart\.sales: metadata/m);
    expect(out).toMatch(/^ {2}\+ owner: jo$/m);
  });
});

describe('the least number of intervals', () => {
  it('moves the start of each model back, and of what it reads with it', async () => {
    const weekly =
      'MODEL (\n  name mart.weekly,\n  kind INCREMENTAL_BY_TIME_RANGE (time_column day),\n  cron "@weekly"\n);\n\nSELECT day, amount FROM mart.sales WHERE day BETWEEN @start_date AND @end_date\n';
    const dir = edited({ 'models/mart/sales.sql': TRIPLED, 'models/mart/weekly.sql': weekly });
    const plan = ['-p', dir, 'plan', 'dev', '--start', '2025-01-10', '--min-intervals', '1', ...NOW];
    interface Document {
      readonly decision: { missingIntervals: Record<string, { count: number; ranges: string[][] }> };
    }
    const { decision } = (await tealJson<Document>(plan)).json;
    const { 'mart.sales': sales, 'mart.daily': daily, 'mart.weekly': week } = decision.missingIntervals;
    expect(week?.ranges).toEqual([['2025-01-01 00:00:00', '2025-01-05 00:00:00']]);
    expect(sales?.ranges[0]?.[0]).toBe('2025-01-01 00:00:00');
    expect(daily?.ranges).toEqual([['2025-01-10 00:00:00', '2025-01-11 00:00:00']]);
  });
});

describe('before a plan is made', () => {
  const linted = (rule: string) => `${FILES['config.yaml']}linter:\n  enabled: true\n  rules: [${rule}]\n`;

  it('an error of the linter stops it, in its place, unless that is left out', async () => {
    const dir = edited({
      'config.yaml': linted('noselectstar'),
      'models/mart/total.sql': 'MODEL (name mart.total, kind FULL);\n\nSELECT * FROM mart.daily\n',
    });
    expect(await refusal(['-p', dir, 'plan', 'dev', ...NOW])).toMatchObject({
      exit: 1,
      code: 'lint.failed',
      place: { file: 'models/mart/total.sql' },
    });
    expect((await teal(['-p', dir, 'plan', 'dev', '--skip-linter', ...NOW])).code).toBe(0);
  });

  it('tests of models that it does not take up may be left out', async () => {
    const failing = (model: string, input: string) =>
      `test_${model}:\n  model: mart.${model}\n  inputs:\n    ${input}:\n      rows: [{day: 2025-01-01, amount: 1}]\n  outputs:\n    query:\n      rows: [{amount: 7}]\n`;
    const dir = edited({
      'tests/test_total.yaml': failing('total', 'mart.daily'),
      'models/mart/daily.sql': `${FILES['models/mart/daily.sql']?.replace('count(*)', 'count(id)')}`,
    });
    interface Document {
      readonly tests: { failed: { test: string }[] } | null;
    }
    const all = await tealJson<Document>(['-p', dir, 'plan', 'dev', '--test-changed-only', ...NOW]);
    expect([all.code, all.json.tests?.failed]).toEqual([1, [{ test: 'test_total', model: 'mart.total' }]]);
    writeFiles(dir, {
      'models/mart/daily.sql': String(FILES['models/mart/daily.sql']),
      'models/mart/apart.sql': 'MODEL (name mart.apart, kind FULL);\n\nSELECT 1 AS n\n',
    });
    expect((await teal(['-p', dir, 'plan', 'dev', ...NOW])).code).toBe(1);
    const apart = await tealJson<Document>(['-p', dir, 'plan', 'dev', '--test-changed-only', ...NOW]);
    expect([apart.code, apart.json.tests]).toEqual([0, null]);
  });
});
