import { existsSync, mkdirSync, renameSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createFilled, type Filled } from './filled';
import { createSmall, NOW, SALES, TOTAL } from './small';
import {
  buildTeal,
  cellOf,
  copyProject,
  createFolder,
  ROOT,
  refusal,
  rowsOf,
  teal,
  tealJson,
  writeFiles,
} from './teal';

const VERBS =
  'init info dag render evaluate format lint doctor log query import sources plan backfill run check_intervals audit test create_test compare table_diff swap rollback releases environments invalidate janitor ui'.split(
    ' ',
  );
const BRIEF = `name: triple
models: [mart.sales]
start: 2025-01-05
end: 2025-01-06
`;
const TRIPLED = SALES.replace('CAST(amount AS DECIMAL(9, 2))', 'CAST(amount AS DECIMAL(9, 2)) * 3');

let filled: Filled;
beforeAll(async () => {
  buildTeal();
  filled = await createFilled();
});
afterAll(() => filled.remove());

describe('every verb', () => {
  it('--help names every verb, and each verb explains itself with exit code 0', async () => {
    const all = await teal(['--help']);
    expect([all.code, all.err]).toEqual([0, '']);
    for (const verb of VERBS) expect(all.out).toMatch(new RegExp(`^  ${verb}\\b`, 'm'));
    const each = await Promise.all(VERBS.map((verb) => teal([verb, '--help'])));
    for (const [index, { code, out }] of each.entries())
      expect([code, out.split('\n')[0]]).toEqual([0, expect.stringContaining(`Usage: teal ${VERBS[index]}`)]);
  });

  it('--version is that of the package', async () => {
    const { code, out } = await teal(['--version']);
    expect([code, out]).toEqual([0, expect.stringMatching(/^\d+\.\d+\.\d+\n$/)]);
  });

  it.each([
    [['nonsense']],
    [['plan', '--nonsense']],
    [['render']],
    [['compare', 'prod']],
    [['swap']],
    [['import']],
    [['init', '--template', 'nonsense']],
    [['sources', '--refresh']],
    [['rollback', '--to', 'yesterday']],
    [['compare', 'prod', 'prod', '--rows', 'many']],
    [['query', 'SELECT 1', '--limit', '0']],
    [['ui', '--port', '99999']],
    [['evaluate']],
    [['evaluate', 'mart.sales', '--limit', '0']],
    [['invalidate']],
    [['table_diff']],
    [['table_diff', 'prod:prod', '--decimals', 'x']],
    [['format', '--indent', '99']],
  ])('%j is a usage error in text and as one JSON document', async (args) => {
    const line = ['-p', filled.dir, ...args];
    const [text, problem] = await Promise.all([teal(line), refusal(line)]);
    expect([text.code, text.out]).toEqual([2, '']);
    expect(text.err).not.toBe('');
    expect(problem).toMatchObject({ exit: 2, code: 'usage.invalid' });
  });

  it('each verb that needs a project says that there is none', async () => {
    const empty = createFolder();
    const lines = [
      ['info'],
      ['plan'],
      ['dag'],
      ['releases'],
      ['log'],
      ['sources'],
      ['query', 'SELECT 1'],
      ['format'],
      ['lint'],
      ['evaluate', 'a.b'],
      ['environments'],
      ['invalidate', 'dev'],
      ['janitor'],
      ['check_intervals'],
      ['table_diff', 'a:b'],
    ];
    for (const problem of await Promise.all(lines.map((args) => refusal(['-p', empty, ...args])))) {
      expect(problem).toMatchObject({ exit: 2, code: 'project.not_found', kept: 'Nothing was changed.' });
      expect(problem.remedy).toContain('teal init');
    }
    expect(existsSync(join(empty, '.teal'))).toBe(false);
  });
});

describe('npm run -s teal', () => {
  it('takes relative paths from the folder that the user stands in', async () => {
    const around = {
      cwd: dirname(filled.dir),
      command: ['npm', '--prefix', ROOT, 'run', '-s', 'teal', '--'],
    };
    const { code, json } = await tealJson<{ dir: string }>(['-p', 'small', 'info'], around);
    expect([code, json.dir]).toEqual([0, filled.dir]);
    const missing = await refusal(['-p', 'nowhere', 'info'], around);
    expect([missing.exit, missing.message]).toEqual([
      2,
      expect.stringContaining(join(dirname(filled.dir), 'nowhere')),
    ]);
  });
});

describe('init', () => {
  it('makes a blank project that plans at once, and never writes over a folder in use', async () => {
    const around = { cwd: createFolder() };
    const made = await tealJson<{ dir: string; models: number }>(['init', 'new'], around);
    expect([made.code, made.json.dir, made.json.models]).toEqual([0, join(around.cwd, 'new'), 0]);
    expect((await teal(['-p', 'new', 'plan'], around)).code).toBe(0);
    expect(await refusal(['init', 'new'], around)).toMatchObject({ exit: 2, code: 'project.exists' });
  });
});

describe('looking', () => {
  it('info says what the project is and what is live', async () => {
    const { code, out } = await teal(['-p', filled.dir, 'info']);
    expect([code, out]).toEqual([0, expect.stringMatching(/3 models, 1 source.*\nRelease 1 is live\./s)]);
  });

  it('dag lists models with their parents, and parents first', async () => {
    const { out } = await teal(['-p', filled.dir, 'dag']);
    const names = out.split('\n').flatMap((line) => /^(raw|mart)\.\w+/.exec(line)?.[0] ?? []);
    expect(names).toEqual(['raw.orders', 'mart.sales', 'mart.daily', 'mart.total']);
    const { json } = await tealJson<{ edges: { from: string; to: string }[] }>(['-p', filled.dir, 'dag']);
    expect(json.edges).toContainEqual({ from: 'mart.sales', to: 'mart.daily' });
  });

  it('render shows the query as it would run', async () => {
    const days = ['--start', '2025-01-02', '--end', '2025-01-03'];
    const { out } = await teal(['-p', filled.dir, 'render', 'mart.sales', ...days]);
    expect(out).toContain("BETWEEN CAST('2025-01-02' AS DATE) AND CAST('2025-01-03' AS DATE)");
    expect(await refusal(['-p', filled.dir, 'render', 'mart.nope'])).toMatchObject({
      exit: 2,
      code: 'model.not_found',
    });
  });

  it('query reads an environment, in text and JSON', async () => {
    const text = await teal(['-p', filled.dir, 'query', 'SELECT * FROM mart.total']);
    expect([text.code, text.out]).toEqual([0, 'amount\n330.00\n']);
    expect(await rowsOf(filled.dir, 'SELECT orders FROM mart.daily LIMIT 1')).toEqual([{ orders: '3' }]);
    const nowhere = await refusal(['-p', filled.dir, 'query', 'SELECT 1', '--environment', 'nope']);
    expect(nowhere).toMatchObject({ exit: 2, code: 'environment.not_found' });
  });

  it.each([
    'CREATE TABLE x (i INT)',
    'DELETE FROM mart.total',
    "COPY (SELECT 1) TO 'x.csv'",
    "ATTACH 'x.db'",
    'DROP VIEW mart.total',
    'INSERT INTO teal.meta VALUES (1, 2)',
    "SELECT * FROM read_csv('/etc/passwd')",
    "WITH a AS (SELECT 1) INSERT INTO teal.meta SELECT 'a', 'b'",
    'SELECT 1; DROP VIEW mart.total',
  ])('query refuses %s', async (text) => {
    const problem = await refusal(['-p', filled.dir, 'query', text]);
    expect(problem.exit).toBe(2);
    expect(['engine.denied', 'usage.invalid', 'engine.sql']).toContain(problem.code);
    expect(existsSync(join(filled.dir, 'x.csv'))).toBe(false);
    expect(await rowsOf(filled.dir, "SELECT value FROM teal.meta WHERE name = 'a'")).toEqual([]);
    expect(await cellOf(filled.dir, 'SELECT amount FROM mart.total')).toBe('330.00');
  });

  it('log lists what was done, and one record of it', async () => {
    const { json } = await tealJson<{ entries: { id: string; kind: string; outcome: string }[] }>([
      '-p',
      filled.dir,
      'log',
    ]);
    expect(json.entries.map((entry) => entry.kind)).toEqual(['plan', 'import']);
    const id = json.entries[0]?.id ?? '';
    expect((await teal(['-p', filled.dir, 'log', id])).out).toMatch(/plan {2}Plan of prod {2}done/);
    expect(await refusal(['-p', filled.dir, 'log', 'nope'])).toMatchObject({
      exit: 2,
      code: 'run.not_found',
    });
  });

  it('doctor passes on a project and outside of one', async () => {
    expect((await teal(['-p', filled.dir, 'doctor'])).out).toMatch(/Engine\s+pass\s+DuckDB/);
    const outside = await tealJson<{ checks: { label: string; status: string }[] }>(['doctor'], {
      cwd: createFolder(),
    });
    expect(outside.code).toBe(0);
    expect(outside.json.checks).toContainEqual(expect.objectContaining({ label: 'Project', status: 'look' }));
  });
});

describe('sources', () => {
  it('lists them, shows one with its figures, its quarantine, and reads it again', async () => {
    const dir = createSmall({
      'raw/orders.csv': 'id,day,amount\n1,2025-01-01,5\n2,yesterday,6\n3,2025-01-02\n',
    });
    const list = await teal(['-p', dir, 'sources']);
    expect(list.out).toMatch(/raw\.orders\s+csv\s+1\s+\d+\s+1\s+2/);
    const one = await teal(['-p', dir, 'sources', 'raw.orders']);
    expect(one.out).toContain('3 read = 1 loaded + 2 quarantined');
    const bad = await tealJson<{ rows: { line: number; column: string | null }[] }>([
      '-p',
      dir,
      'sources',
      'orders',
      '--quarantine',
    ]);
    expect(bad.json.rows.map((row) => row.line)).toEqual([3, 4]);
    writeFileSync(join(dir, 'raw/orders.csv'), 'id,day,amount\n1,2025-01-01,5\n2,2025-01-02,6\n');
    const again = await tealJson<{ loaded: number; snapshots: unknown[] }>([
      '-p',
      dir,
      'sources',
      'orders',
      '--refresh',
    ]);
    expect([again.json.loaded, again.json.snapshots.length]).toEqual([2, 2]);
    expect(await refusal(['-p', dir, 'sources', 'nope'])).toMatchObject({
      exit: 2,
      code: 'source.not_found',
    });
  });
});

describe('plan and run', () => {
  it('restates two days in an environment and leaves prod alone', async () => {
    const dir = copyProject(filled.dir);
    writeFiles(dir, { 'models/mart/sales.sql': TRIPLED });
    const plan = ['-p', dir, 'plan', 'dev', '--auto-apply', ...NOW];
    expect((await teal(plan)).code).toBe(0);
    const days = ['--start', '2025-01-05', '--end', '2025-01-06'];
    const { code, json } = await tealJson<{
      plan: { models: { model: string; batches: number }[] };
      release: null;
    }>([...plan, '--restate-model', 'mart.sales', ...days]);
    expect([code, json.release]).toEqual([0, null]);
    expect(json.plan.models.map(({ model, batches }) => [model, batches])).toEqual([
      ['mart.sales', 2],
      ['mart.daily', 2],
      ['mart.total', 1],
    ]);
    expect(await cellOf(dir, 'SELECT amount FROM mart.total', '--environment', 'dev')).toBe('990.00');
    expect(await cellOf(dir, 'SELECT amount FROM mart.total')).toBe('330.00');
  });

  it('restates in an environment only what is its own', async () => {
    const dir = copyProject(filled.dir);
    const plan = ['-p', dir, 'plan', 'dev', '--auto-apply', ...NOW];
    const restate = [...plan, '--restate-model', 'mart.sales'];
    expect(await refusal(restate)).toMatchObject({ exit: 2, code: 'environment.not_found' });
    expect((await teal([...plan, '--include-unmodified'])).code).toBe(0);
    const { code, json } = await tealJson<{ run: null; plan: { decision: { notRestated: object } } }>(
      restate,
    );
    expect([code, json.run]).toEqual([0, null]);
    expect(json.plan.decision.notRestated).toHaveProperty(['mart.sales'], expect.stringContaining('in prod'));
  });

  it('refuses what it cannot plan, and changes nothing', async () => {
    const dir = filled.dir;
    const refused: [string[], string][] = [
      [['plan', '--start', '2025-01-02'], 'plan.refused'],
      [['plan', ''], 'environment.invalid'],
      [['plan', 'Dev Of Mine'], 'plan.refused'],
      [['plan', '--execution-time', 'never'], 'usage.invalid'],
      [['plan', 'dev', '--start', '2025-01-05', '--end', '2025-01-01'], 'plan.refused'],
      [['plan', '--restate-model', 'mart.nope'], 'model.not_found'],
      [['backfill'], 'usage.invalid'],
      [['backfill', 'nope.yaml'], 'brief.invalid'],
      [['backfill', '--resume'], 'run.not_found'],
      [['backfill', '--resume', 'nope'], 'run.not_found'],
      [['swap', 'nope'], 'environment.not_found'],
      [['swap', 'prod'], 'environment.not_found'],
      [['rollback'], 'release.not_found'],
      [['rollback', '--to', '99'], 'release.not_found'],
      [['compare', 'prod', 'nope'], 'environment.not_found'],
      [['compare', 'prod', 'release 9'], 'release.not_found'],
    ];
    for (const [args, code] of refused)
      expect([args, await refusal(['-p', dir, ...args])]).toMatchObject([args, { exit: 2, code }]);
    expect((await teal(['-p', dir, 'releases'])).out.match(/^\s+\d+ /gm)).toHaveLength(1);
  });

  it('run takes up what time has added, and nothing else', async () => {
    const dir = copyProject(filled.dir);
    writeFiles(dir, { 'raw/orders.csv': `id,day,amount\n31,2025-01-11,7\n` });
    const run = ['-p', dir, 'run', '--execution-time', '2025-01-12'];
    const { code, json } = await tealJson<{ run: { batchesDone: number; release: number } }>(run);
    expect([code, json.run.batchesDone, json.run.release]).toEqual([0, 3, 2]);
    expect(await cellOf(dir, 'SELECT amount FROM mart.total')).toBe('337.00');
  });

  it('run does not fill the history below a whole table again, as each regular run once did', async () => {
    const below = `MODEL (name mart.below, kind INCREMENTAL_BY_TIME_RANGE (time_column day, batch_size 1));
SELECT day, max(whole.id) AS id FROM raw.orders, mart.whole AS whole WHERE day BETWEEN @start_date AND @end_date GROUP BY day`;
    const dir = createSmall({
      'models/mart/whole.sql': 'MODEL (name mart.whole, kind FULL);\nSELECT id FROM raw.orders',
      'models/mart/below.sql': below,
    });
    expect((await teal(['-p', dir, 'plan', '--auto-apply', ...NOW])).code).toBe(0);
    const run = ['-p', dir, 'run', '--execution-time', '2025-01-12'];
    const { json } = await tealJson<{ run: { batchesDone: number } }>(run);
    expect(json.run.batchesDone).toBe(5);
  });

  it('run takes models as they were planned, whatever their files say now', async () => {
    const dir = copyProject(filled.dir);
    writeFiles(dir, {
      'models/mart/total.sql': TOTAL.replace('sum', 'max'),
      'raw/orders.csv': `id,day,amount\n31,2025-01-11,7\n`,
    });
    const { code } = await teal(['-p', dir, 'run', '--execution-time', '2025-01-12']);
    expect(code).toBe(0);
    expect(await cellOf(dir, 'SELECT amount FROM mart.total')).toBe('337.00');
  });
});

describe('backfill, compare, swap, rollback', () => {
  it('a dry run only plans; the backfill fills; swap and rollback move prod; a stale base is refused', async () => {
    const dir = copyProject(filled.dir);
    writeFiles(dir, { 'models/mart/sales.sql': TRIPLED, 'backfills/triple.yaml': BRIEF });
    const dry = await teal(['-p', dir, 'backfill', 'backfills/triple.yaml', '--dry-run', ...NOW]);
    expect([dry.code, dry.out]).toEqual([0, expect.stringContaining('2025-01-05 to 2025-01-07')]);
    expect((await teal(['-p', dir, 'releases'])).out).not.toContain('waits');
    const done = await teal(['-p', dir, 'backfill', 'backfills/triple.yaml', ...NOW]);
    expect([done.code, done.out]).toEqual([0, expect.stringContaining('teal swap triple')]);
    expect(await cellOf(dir, 'SELECT amount FROM mart.total', '--environment', 'triple')).toBe('462.00');
    expect(await cellOf(dir, 'SELECT amount FROM mart.total')).toBe('330.00');
    expect(await refusal(['-p', dir, 'swap', 'triple', '--base', '7'])).toMatchObject({
      exit: 1,
      code: 'release.base_moved',
    });
    expect((await teal(['-p', dir, 'swap', 'triple', '--note', 'why'])).code).toBe(0);
    expect(await cellOf(dir, 'SELECT amount FROM mart.total')).toBe('462.00');
    expect(await refusal(['-p', dir, 'swap', 'triple'])).toMatchObject({ exit: 2, code: 'release.nothing' });
    const preview = await teal(['-p', dir, 'rollback', '--dry-run']);
    expect(preview.out).toMatch(/mart\.sales\s+0\s+0\s+6\n/);
    expect((await teal(['-p', dir, 'rollback', '--note', 'back'])).code).toBe(0);
    expect(await cellOf(dir, 'SELECT amount FROM mart.total')).toBe('330.00');
    expect((await teal(['-p', dir, 'releases'])).out).toMatch(/3\s+live\s+rollback/);
  });

  it('a backfill file that names only a start reaches from there to the end of the history', async () => {
    const dir = copyProject(filled.dir);
    writeFiles(dir, {
      'models/mart/sales.sql': TRIPLED,
      'backfills/late.yaml': 'name: late\nmodels: [mart.sales]\nstart: 2025-01-09\n',
    });
    const dry = await tealJson<{ plan: { models: { batches: number }[] } }>([
      ...['-p', dir, 'backfill', 'backfills/late.yaml', '--dry-run', ...NOW],
    ]);
    expect(dry.json.plan.models.map((model) => model.batches)).toEqual([2, 2, 1]);
  });

  it('compares two files: by key, as a multiset, and CSV with Parquet', async () => {
    const cwd = createFolder();
    const around = { cwd };
    writeFiles(cwd, {
      'a.csv': 'id,v\n1,10\n2,20\n3,30\n3,30\n',
      'b.csv': 'id,v\n1,10\n2,21\n4,40\n3,30\n',
    });
    interface Files {
      models: { counts: Record<string, number>; duplicateKeys: { old: number } }[];
      rows?: Record<string, { rows: unknown[] }>;
    }
    const keyed = await tealJson<Files>(['compare', 'a.csv', 'b.csv', '--key', 'id', '--rows', '10'], around);
    expect([keyed.code, keyed.json.models[0]?.duplicateKeys.old]).toEqual([0, 1]);
    const multiset = await tealJson<Files>(['compare', 'a.csv', 'b.csv'], around);
    expect(multiset.json.models[0]?.counts).toMatchObject({ added: 2, removed: 2, changed: 0, same: 2 });
    expect(await refusal(['compare', 'a.csv', 'missing.csv'], around)).toMatchObject({
      exit: 2,
      code: 'source.file_missing',
    });
    expect(await refusal(['compare', 'a.csv', 'b.csv', '--key', 'nope'], around)).toMatchObject({
      exit: 2,
      code: 'compare.invalid',
    });
  });
});

describe('a project folder', () => {
  it('works on after it was moved, raw data included', async () => {
    const dir = createSmall({
      'sources/kept.yaml': 'name: kept\nfiles: [raw/kept.parquet]\nformat: parquet\n',
      'raw/kept.parquet': filled.parquet,
    });
    expect(await cellOf(dir, 'SELECT count(*)::INT FROM raw.kept')).toBe(30);
    const moved = `${dir}-moved`;
    renameSync(dir, moved);
    mkdirSync(dir);
    expect(await cellOf(moved, 'SELECT count(*)::INT FROM raw.kept')).toBe(30);
    expect((await teal(['-p', moved, 'plan', '--auto-apply', ...NOW])).code).toBe(0);
  });
});
