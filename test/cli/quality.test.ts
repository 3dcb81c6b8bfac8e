// audit, test and create_test, as they are typed.
import { beforeAll, describe, expect, it } from 'vitest';
import { createSmall, NOW, SALES } from './small';
import { buildTeal, refusal, teal, tealJson } from './teal';

const GUARDED = SALES.replace(
  '  grain id\n',
  '  grain id,\n  audits (not_null(columns := (id)), accepted_range_non_blocking(column := amount, max_v := 25))\n',
);
const TEST = `test_sales:
  model: mart.sales
  description: amounts are decimals
  inputs:
    raw.orders:
      rows:
        - {id: 1, day: 2025-01-01, amount: '1.5'}
        - {id: 2, day: 2025-01-02, amount: '2'}
  vars: {start: 2025-01-01, end: 2025-01-01}
  outputs:
    query:
      rows:
        - {id: 1, day: 2025-01-01, amount: 1.5}
`;
const WRONG = TEST.replace('test_sales', 'test_wrong').replace('amount: 1.5}', 'amount: 1.75}');

interface TestDocument {
  readonly ok: boolean;
  readonly tests: { passed: string[]; failed: { test: string; model: string }[]; errors: string[] };
}
interface AuditDocument {
  readonly ok: boolean;
  readonly audits: {
    model: string;
    audit: string;
    failedRows: number;
    args?: Record<string, string>;
    times: number;
  }[];
}

beforeAll(() => buildTeal());

describe('teal test', () => {
  it('runs the unit tests before anything is filled', async () => {
    const dir = createSmall({ 'tests/test_sales.yaml': TEST });
    const { code, json } = await tealJson<TestDocument>(['-p', dir, 'test']);
    expect([code, json.ok, json.tests]).toEqual([
      0,
      true,
      { passed: ['test_sales'], failed: [], errors: [] },
    ]);
  });

  it('exits with 1 and prints the rows that differ', async () => {
    const dir = createSmall({ 'tests/test_sales.yaml': TEST + WRONG });
    const { code, out } = await teal(['-p', dir, 'test']);
    expect(code).toBe(1);
    expect(out).toContain('2 tests: 1 passed, 1 failed.');
    expect(out).toMatch(
      /test_wrong \(mart\.sales\): amounts are decimals\n {2}the query: 1 row expected, 1 came\n/,
    );
    expect(out).toMatch(/- expected +1 +2025-01-01 +1\.75\n.*\+ came +1 +2025-01-01 +1\.5\n/);
    const document = await tealJson<TestDocument>(['-p', dir, 'test']);
    expect([document.code, document.json.ok, document.json.tests.failed]).toEqual([
      1,
      false,
      [{ test: 'test_wrong', model: 'mart.sales' }],
    ]);
  });

  it('takes files, names and patterns', async () => {
    const dir = createSmall({ 'tests/test_sales.yaml': TEST + WRONG });
    const passed = async (...args: string[]) =>
      (await tealJson<TestDocument>(['-p', dir, 'test', ...args])).json.tests.passed;
    expect(await passed('tests/test_sales.yaml::test_sales')).toEqual(['test_sales']);
    expect(await passed('-k', 'wrong')).toEqual([]);
    expect(await passed('--local', '--preserve-fixtures')).toEqual(['test_sales']);
    expect(await passed('--select-model', 'mart.total')).toEqual([]);
    expect((await refusal(['-p', dir, 'test', 'tests/test_no.yaml'])).exit).toBe(2);
  });

  it('tells the place of what is wrong in a file', async () => {
    const dir = createSmall({
      'tests/test_sales.yaml': TEST.replace('amount: 1.5}', 'amount: 1.5, colour: red}'),
    });
    const { code, out } = await teal(['-p', dir, 'test']);
    expect([code, out]).toEqual([1, expect.stringMatching(/tests\/test_sales\.yaml:11:\d+: .*colour/)]);
  });
});

describe('teal audit', () => {
  it('fails on any audit that finds rows, and prints the first of them', async () => {
    const dir = createSmall({ 'models/mart/sales.sql': GUARDED });
    const filled = await teal(['-p', dir, 'plan', '--auto-apply', ...NOW]);
    expect([filled.code, filled.out]).toEqual([
      0,
      expect.stringContaining('accepted_range_non_blocking of mart.sales found 2 rows, and stops nothing.'),
    ]);
    const { code, json } = await tealJson<AuditDocument>(['-p', dir, 'audit', ...NOW]);
    expect([code, json.ok]).toEqual([1, false]);
    expect(json.audits).toEqual([
      {
        ...{
          model: 'mart.sales',
          audit: 'accepted_range_non_blocking',
          failedRows: 2,
          blocking: false,
          times: 1,
        },
        args: { column: 'amount', max_v: '25' },
      },
      {
        model: 'mart.sales',
        audit: 'not_null',
        args: { columns: '(id)' },
        failedRows: 0,
        blocking: true,
        times: 1,
      },
    ]);
    const { out } = await teal(['-p', dir, 'audit', ...NOW]);
    expect(out).toContain('accepted_range_non_blocking of mart.sales, whole table: 2 rows');
    expect(out).toMatch(/27\.00\n.*30\.00\n/);
    const early = await tealJson<AuditDocument>([
      '-p',
      dir,
      'audit',
      '-s',
      '2025-01-01',
      '-e',
      '2025-01-03',
      ...NOW,
    ]);
    expect([early.code, early.json.ok]).toEqual([0, true]);
  });

  it('refuses what is not filled yet', async () => {
    const dir = createSmall({ 'models/mart/sales.sql': GUARDED });
    const problem = await refusal(['-p', dir, 'audit', '--model', 'mart.sales']);
    expect([problem.exit, problem.code]).toEqual([2, 'plan.refused']);
  });
});

describe('teal create_test', () => {
  it('writes a test that passes, and replaces it only with --overwrite', async () => {
    const dir = createSmall();
    expect((await teal(['-p', dir, 'plan', '--auto-apply', ...NOW])).code).toBe(0);
    const rows = 'SELECT * FROM raw.orders WHERE id < 4 ORDER BY id';
    const command = ['-p', dir, 'create_test', 'mart.sales', '--query', 'raw.orders', rows];
    const vars = ['--var', 'start', '2025-01-01', '--var', 'end', '2025-01-01'];
    const made = await tealJson<{ file: string; test: string }>([...command, ...vars]);
    expect([made.code, made.json.file, made.json.test]).toEqual([0, 'tests/test_sales.yaml', 'test_sales']);
    expect((await tealJson<TestDocument>(['-p', dir, 'test'])).json.tests.passed).toEqual(['test_sales']);
    expect((await refusal([...command, ...vars])).code).toBe('test.exists');
    expect((await teal([...command, ...vars, '--overwrite'])).code).toBe(0);
    expect((await refusal(['-p', dir, 'create_test', 'mart.sales', '--query', 'raw.orders'])).code).toBe(
      'usage.invalid',
    );
  });
});
