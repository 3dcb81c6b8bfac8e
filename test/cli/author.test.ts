// The verbs for whoever writes models: render, evaluate, format, lint, dag, info.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { FormatResult, LintResult, ProjectFacts } from '../../shared/protocol/views/verbs';
import { createFilled, type Filled } from './filled';
import { createSmall, FILES, SALES, TOTAL } from './small';
import { buildTeal, copyProject, createFolder, refusal, rowsOf, teal, tealJson, writeFiles } from './teal';

const VIEW =
  'MODEL (name mart.recent, kind VIEW);\nSELECT day, amount FROM mart.daily WHERE day > @execution_date\n';
const UGLY =
  'MODEL (name mart.ugly,kind FULL);\nselect id, -- who\n  sum(amount) as Amount\nfrom mart.sales group by id\n';

const config = (linter: string) => `${FILES['config.yaml']}linter:\n${linter}`;

let filled: Filled;
beforeAll(async () => {
  buildTeal();
  filled = await createFilled();
});
afterAll(() => filled.remove());

describe('render', () => {
  it('writes out models above: one by name, or all, each under the name that the text uses', async () => {
    const one = await teal(['-p', filled.dir, 'render', 'mart.total', '--expand', 'mart.daily']);
    expect(one.out).toMatch(/FROM \(\nSELECT day.*FROM mart\.sales.*\n\) AS "daily"/s);
    const all = await teal(['-p', filled.dir, 'render', 'mart.total', '--expand']);
    expect(all.out).toMatch(/FROM raw\.orders.*\) AS "sales".*\) AS "daily"/s);
    const given = ['-s', '2025-01-02', '-e', '2025-01-03', '--no-format', '--dialect', 'duckdb'];
    const inner = await teal(['-p', filled.dir, 'render', 'mart.total', '--expand', 'mart.daily', ...given]);
    expect(inner.out).toContain("BETWEEN CAST('2025-01-02' AS DATE) AND CAST('2025-01-03' AS DATE)");
    expect(await rowsOf(filled.dir, all.out)).toHaveLength(1);
  });

  it('--execution-time is what the macros take as now', async () => {
    const dir = createSmall({
      'models/mart/at.sql': 'MODEL (name mart.at, kind FULL);\nSELECT @execution_ds AS made_on\n',
    });
    const { out } = await teal(['-p', dir, 'render', 'mart.at', '--execution-time', '2024-03-05']);
    expect(out).toContain("SELECT '2024-03-05' AS made_on");
  });

  it.each([
    [['--dialect', 'spark'], /dialect/],
    [['--normalize'], /case/],
    [['--expand', 'mart.nope'], /mart\.nope/],
    [['--start', 'soon'], /soon/],
    [['--start', '2025-01-03', '--end', '2025-01-01'], /before/],
  ])('%j is refused', async (args, message) => {
    const problem = await refusal(['-p', filled.dir, 'render', 'mart.total', ...args]);
    expect([problem.exit, problem.message]).toEqual([2, expect.stringMatching(message)]);
  });
});

describe('evaluate', () => {
  it('gives the rows of the text as it stands over live parents, and writes nothing', async () => {
    const dir = copyProject(filled.dir);
    writeFiles(dir, { 'models/mart/total.sql': TOTAL.replace('sum(amount)', 'sum(amount) * 2') });
    const { json, code } = await tealJson<Rows>(['-p', dir, 'evaluate', 'mart.total']);
    expect([code, json.rows]).toEqual([0, [{ amount: '660.00' }]]);
    expect(json.columns.map(({ name }) => name)).toEqual(['amount']);
    expect(await rowsOf(dir, 'SELECT * FROM mart.total')).toEqual([{ amount: '330.00' }]);
    const text = await teal(['-p', dir, 'evaluate', 'mart.total']);
    expect(text.out).toMatch(/^amount\n660\.00/);
  });

  it('takes the days, the limit, and writes out models that are not filled', async () => {
    const days = ['-s', '2025-01-02', '-e', '2025-01-03'];
    const { json } = await tealJson<Rows>(['-p', filled.dir, 'evaluate', 'mart.sales', ...days, '-l', '4']);
    expect(json.rows).toHaveLength(4);
    expect(new Set(json.rows.map(({ day }) => day))).toEqual(new Set(['2025-01-02', '2025-01-03']));
    const dir = createSmall();
    const whole = ['-s', '2025-01-01', '-e', '2025-01-10'];
    const fresh = await tealJson<Rows>(['-p', dir, 'evaluate', 'mart.total', ...whole]);
    expect([fresh.code, fresh.json.rows]).toEqual([0, [{ amount: '330.00' }]]);
  });

  it('says what it cannot run', async () => {
    const dir = createSmall({ 'models/mart/total.sql': TOTAL.replace('amount)', 'amuont)') });
    const bad = await refusal(['-p', dir, 'evaluate', 'mart.total']);
    expect(bad).toMatchObject({ exit: 2, code: 'engine.sql', kept: 'Nothing was written.' });
    expect(bad.place?.file).toBe('models/mart/total.sql');
    expect(await refusal(['-p', dir, 'evaluate', 'mart.nope'])).toMatchObject({ code: 'model.not_found' });
    expect(await refusal(['-p', dir, 'evaluate', 'mart.sales', '--environment', 'dev'])).toMatchObject({
      code: 'environment.not_found',
    });
  });
});

describe('format', () => {
  it('--check lists files and ends with 1; without it they are laid out, and then nothing is left to do', async () => {
    const dir = createSmall({ 'models/mart/ugly.sql': UGLY });
    const checked = await teal(['-p', dir, 'format', '--check']);
    expect([checked.code, checked.out]).toEqual([1, expect.stringContaining('models/mart/ugly.sql needs')]);
    expect(readFileSync(join(dir, 'models/mart/ugly.sql'), 'utf8')).toBe(UGLY);
    const { code, json } = await tealJson<FormatResult>(['-p', dir, 'format']);
    expect([code, json.files.find(({ file }) => file.endsWith('ugly.sql'))?.changed]).toEqual([0, true]);
    expect(readFileSync(join(dir, 'models/mart/ugly.sql'), 'utf8')).toBe(
      'MODEL (\n  name mart.ugly,\n  kind FULL\n);\n\nSELECT\n  id, -- who\n  SUM(amount) AS Amount\nFROM mart.sales\nGROUP BY\n  id\n',
    );
    expect(await teal(['-p', dir, 'format', '--check'])).toMatchObject({ code: 0 });
  });

  it('takes paths as they are typed, and leaves files alone that say so', async () => {
    const still = UGLY.replace('kind FULL', 'kind FULL, formatting false').replace('ugly', 'still');
    const dir = createSmall({ 'models/mart/ugly.sql': UGLY, 'models/mart/still.sql': still });
    const { json } = await tealJson<FormatResult>(['-p', '..', 'format', 'mart/ugly.sql'], {
      cwd: join(dir, 'models'),
    });
    expect(json.files).toEqual([{ file: 'models/mart/ugly.sql', changed: true }]);
    const all = await tealJson<FormatResult>(['-p', dir, 'format', 'models']);
    expect(all.json.skipped).toEqual([{ file: 'models/mart/still.sql', why: 'it says formatting false' }]);
    expect(readFileSync(join(dir, 'models/mart/still.sql'), 'utf8')).toBe(still);
  });

  it('follows config.yaml, and flags before it', async () => {
    const settings = 'format:\n  leading_comma: true\n  indent: 4\n';
    const dir = createSmall({
      'config.yaml': `${FILES['config.yaml']}${settings}`,
      'models/mart/ugly.sql': UGLY,
    });
    await teal(['-p', dir, 'format', '--indent', '1', '--normalize-functions', 'lower']);
    expect(readFileSync(join(dir, 'models/mart/ugly.sql'), 'utf8')).toContain(
      'SELECT\n id -- who\n , sum(amount) AS Amount\n',
    );
  });

  it.each([
    [['--transpile', 'spark']],
    [['--rewrite-casts']],
    [['--normalize']],
    [['--normalize-functions', 'camel']],
    [['--indent', 'x']],
    [['models/nope.sql']],
  ])('%j is refused and changes no file', async (args) => {
    const dir = createSmall({ 'models/mart/ugly.sql': UGLY });
    expect(await refusal(['-p', dir, 'format', ...args])).toMatchObject({ exit: 2, code: 'usage.invalid' });
    expect(readFileSync(join(dir, 'models/mart/ugly.sql'), 'utf8')).toBe(UGLY);
  });
});

describe('lint', () => {
  it('looks at nothing until config.yaml turns it on', async () => {
    const { code, out } = await teal(['-p', filled.dir, 'lint']);
    expect([code, out]).toEqual([0, expect.stringContaining('The linter is off')]);
  });

  it('names each finding with its place; errors end with 1, warnings with 0', async () => {
    const dir = createSmall({
      'config.yaml': config('  enabled: true\n  rules: [noselectstar]\n  warn_rules: [nomissingaudits]\n'),
      'models/mart/all.sql': 'MODEL (name mart.all_days, kind FULL);\nSELECT\n  *\nFROM mart.daily\n',
    });
    const { code, json } = await tealJson<LintResult>(['-p', dir, 'lint']);
    expect([code, json.enabled]).toEqual([1, true]);
    expect(json.violations).toContainEqual({
      rule: 'noselectstar',
      level: 'error',
      model: 'mart.all_days',
      message: 'The query selects * on its outermost level.',
      place: { file: 'models/mart/all.sql', line: 3, column: 3 },
    });
    const one = await teal(['-p', dir, 'lint', '--model', 'mart.daily']);
    expect([one.code, one.out]).toEqual([0, expect.stringContaining('1 model, 0 errors, 1 warning.')]);
    expect(await refusal(['-p', dir, 'lint', '--model', 'mart.nope'])).toMatchObject({
      code: 'model.not_found',
    });
  });

  it('asks the engine for columns without anything being filled', async () => {
    const rules = '  enabled: true\n  rules: [ambiguousorinvalidcolumn, invalidselectstarexpansion]\n';
    const dir = createSmall({
      'config.yaml': config(rules),
      'models/mart/total.sql': TOTAL.replace('sum(amount)', 'sum(amuont)'),
    });
    const { json } = await tealJson<LintResult>(['-p', dir, 'lint']);
    expect(json.violations).toMatchObject([
      {
        rule: 'ambiguousorinvalidcolumn',
        model: 'mart.total',
        place: { file: 'models/mart/total.sql', line: 6, column: 12 },
      },
    ]);
    expect(existsSync(join(dir, 'raw/orders.csv'))).toBe(true);
  });

  it("leaves out a model's ignored rules, and says which rules it does not know", async () => {
    const dir = createSmall({
      'config.yaml': config('  enabled: true\n  rules: [noselectstar, myownrule]\n'),
      'models/mart/all.sql':
        'MODEL (name mart.all_days, kind FULL, ignored_rules ["noselectstar"]);\nSELECT * FROM mart.daily\n',
    });
    const { code, json } = await tealJson<LintResult>(['-p', dir, 'lint']);
    expect([code, json.violations]).toEqual([2, []]);
    expect(json.problems).toMatchObject([{ code: 'config.invalid', place: { file: 'config.yaml' } }]);
    expect(json.problems[0]?.message).toContain('myownrule');
  });
});

describe('dag and info', () => {
  it('dag writes a page that needs nothing else, and takes selectors', async () => {
    const file = join(createFolder(), 'graph.html');
    const { code } = await teal(['-p', filled.dir, 'dag', file, '--select-model', '+mart.daily']);
    const page = readFileSync(file, 'utf8');
    expect([code, page.match(/<rect /g)]).toEqual([0, [expect.anything(), expect.anything()]]);
    expect(page).not.toMatch(/<script|https?:\/\/(?!www\.w3\.org)/);
    const { json } = await tealJson<{ nodes: { id: string }[] }>([
      '-p',
      filled.dir,
      'dag',
      '--select-model',
      'mart.sales+',
    ]);
    expect(json.nodes.map(({ id }) => id).sort()).toEqual(['mart.daily', 'mart.sales', 'mart.total']);
    expect(await refusal(['-p', filled.dir, 'dag', '--select-model', 'mart.('])).toMatchObject({ exit: 2 });
    expect(await refusal(['-p', filled.dir, 'dag', '--select-model', 'nope.*'])).toMatchObject({ exit: 2 });
  });

  it('dag --tree shows what reads what below each source', async () => {
    const { out } = await teal(['-p', filled.dir, 'dag', '--tree']);
    expect(out).toBe('raw.orders\n└─ mart.sales\n   └─ mart.daily\n      └─ mart.total\n');
  });

  it('info counts what the project holds and asks the engine, unless told not to', async () => {
    const dir = createSmall({ 'models/mart/recent.sql': VIEW, 'models/mart/sales.sql': SALES });
    const { json } = await tealJson<{ holds: ProjectFacts }>(['-p', dir, 'info']);
    expect(json.holds).toMatchObject({ models: 4, macros: 0, tests: 0, connection: { ok: true } });
    expect(json.holds.kinds).toEqual({ FULL: 1, INCREMENTAL_BY_TIME_RANGE: 2, VIEW: 1 });
    const quiet = await tealJson<{ holds: ProjectFacts }>(['-p', dir, 'info', '--skip-connection']);
    expect(quiet.json.holds.connection).toBeNull();
    expect((await teal(['-p', dir, 'info', '-v'])).out).toMatch(/Connection: DuckDB.*VIEW: 1/s);
  });
});

interface Rows {
  readonly columns: readonly { readonly name: string }[];
  readonly rows: readonly Record<string, unknown>[];
}
