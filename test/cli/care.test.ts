// The verbs for whoever looks after environments: environments, check_intervals, invalidate, janitor, table_diff.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Comparison } from '../../shared/protocol/views/compare';
import type { Cleaned, EnvironmentList, MissingList } from '../../shared/protocol/views/verbs';
import { createFilled, type Filled } from './filled';
import { FILES, NOW, SALES } from './small';
import { buildTeal, cellOf, copyProject, refusal, rowsOf, teal, tealJson, writeFiles } from './teal';

const TRIPLED = SALES.replace('CAST(amount AS DECIMAL(9, 2))', 'CAST(amount AS DECIMAL(9, 2)) * 3');
const SUM = 'SELECT sum(amount) AS s FROM mart.sales';

let filled: Filled;
beforeAll(async () => {
  buildTeal();
  filled = await createFilled();
});
afterAll(() => filled.remove());

/** A copy whose environment `dev` has three times the amounts. */
async function withDev(config = ''): Promise<string> {
  const dir = copyProject(filled.dir);
  writeFiles(dir, { 'models/mart/sales.sql': TRIPLED, 'config.yaml': FILES['config.yaml'] + config });
  const { code, err } = await teal(['-p', dir, 'plan', 'dev', '--auto-apply', ...NOW]);
  if (code !== 0) throw new Error(err);
  return dir;
}

const environmentsOf = async (dir: string) =>
  (await tealJson<EnvironmentList>(['-p', dir, 'environments'])).json.environments;

const tablesOf = (dir: string) =>
  rowsOf(dir, "SELECT table_name AS t FROM duckdb_tables() WHERE schema_name = 'teal_data' ORDER BY 1");

describe('environments', () => {
  it('tells what each covers, what its views show, and when it ends', async () => {
    const dir = await withDev();
    const [prod, dev] = await environmentsOf(dir);
    expect(prod).toMatchObject({ name: 'prod', live: true, expiresAt: null, pinned: true });
    expect(prod?.models['mart.sales']?.done).toEqual([['2025-01-01 00:00:00', '2025-01-11 00:00:00']]);
    expect(dev).toMatchObject({ name: 'dev', live: false, pinned: false });
    const week = Date.parse(dev?.expiresAt ?? '') - Date.parse(dev?.plannedAt ?? '');
    expect(week).toBe(7 * 86_400_000);
    expect(Object.keys(dev?.relations ?? {})).toContain('mart__dev.sales');
    expect(prod?.relations['mart.sales']).not.toBe(dev?.relations['mart__dev.sales']);
    expect((await teal(['-p', dir, 'environments'])).out).toMatch(/^name.*\nprod +live.*never\ndev +shadow/s);
  });

  it('a pinned one never ends, and a span that cannot be read is said with its file', async () => {
    const dir = await withDev('pinned_environments: [dev]\n');
    expect((await environmentsOf(dir))[1]).toMatchObject({ name: 'dev', expiresAt: null, pinned: true });
    writeFiles(dir, { 'config.yaml': `${FILES['config.yaml']}environment_ttl: soon\n` });
    expect(await refusal(['-p', dir, 'environments'])).toMatchObject({
      exit: 2,
      code: 'config.invalid',
      place: { file: 'config.yaml' },
    });
  });
});

describe('check_intervals', () => {
  it('lists what is missing up to an end, of the models chosen', async () => {
    const look = (...args: string[]) =>
      tealJson<MissingList>(['-p', filled.dir, 'check_intervals', ...args, '--no-signals']);
    expect((await look('prod', '-e', '2025-01-10')).json.models).toEqual({});
    const { json } = await look('-e', '2025-01-12', '--select-model', 'mart.sales');
    expect(json).toEqual({
      environment: 'prod',
      models: { 'mart.sales': { count: 2, ranges: [['2025-01-11 00:00:00', '2025-01-13 00:00:00']] } },
    });
    const later = await look('-s', '2025-01-12', '-e', '2025-01-12', '--select-model', 'mart.daily');
    expect(later.json.models['mart.daily']?.count).toBe(1);
    expect(await refusal(['-p', filled.dir, 'check_intervals', 'nope'])).toMatchObject({
      exit: 2,
      code: 'environment.not_found',
    });
  });
});

describe('invalidate', () => {
  it('takes the views and the name away; prod reads as before', async () => {
    const dir = await withDev();
    const before = await cellOf(dir, SUM);
    expect(await cellOf(dir, 'SELECT sum(amount) FROM mart__dev.sales')).not.toBe(before);
    expect((await teal(['-p', dir, 'invalidate', 'dev', '--sync'])).code).toBe(0);
    expect((await environmentsOf(dir)).map(({ name }) => name)).toEqual(['prod']);
    expect(await rowsOf(dir, "SELECT * FROM duckdb_schemas() WHERE schema_name = 'mart__dev'")).toEqual([]);
    expect(await cellOf(dir, SUM)).toBe(before);
  });

  it('prod, and what is not there, are refused', async () => {
    const line = ['-p', filled.dir, 'invalidate'];
    expect(await refusal([...line, 'prod'])).toMatchObject({ exit: 2, code: 'environment.invalid' });
    expect(await refusal([...line, 'nope'])).toMatchObject({ exit: 2, code: 'environment.not_found' });
  });
});

describe('janitor', () => {
  it('keeps what environments, young versions and releases need', async () => {
    const dir = await withDev();
    const before = await tablesOf(dir);
    const { json } = await tealJson<Cleaned>(['-p', dir, 'janitor', '--ignore-ttl', '--force-delete']);
    expect(json).toEqual({ environments: [], versions: [], tables: [], bytes: 0 });
    await teal(['-p', dir, 'invalidate', 'dev']);
    expect((await tealJson<Cleaned>(['-p', dir, 'janitor'])).json.tables).toEqual([]);
    expect(await tablesOf(dir)).toEqual(before);
  });

  it('takes away what only a removed environment showed, and never gives a number twice', async () => {
    const dir = await withDev();
    const numbers = (await environmentsOf(dir))[1]?.models;
    await teal(['-p', dir, 'invalidate', 'dev']);
    const sum = await cellOf(dir, SUM);
    const { json } = await tealJson<Cleaned>(['-p', dir, 'janitor', '--ignore-ttl']);
    expect(json.versions).toContainEqual({ model: 'mart.sales', number: numbers?.['mart.sales']?.version });
    expect(json.tables.length).toBeGreaterThan(0);
    expect(json.bytes).toBe(json.tables.reduce((all, { bytes }) => all + bytes, 0));
    const left = (await tablesOf(dir)).map(({ t }) => t);
    for (const { table } of json.tables) expect(left).not.toContain(table);
    expect(await cellOf(dir, SUM)).toBe(sum);
    expect((await teal(['-p', dir, 'plan', 'dev', '--auto-apply', ...NOW])).code).toBe(0);
    const again = (await environmentsOf(dir))[1]?.models['mart.sales']?.version ?? 0;
    expect(again).toBeGreaterThan(numbers?.['mart.sales']?.version ?? 0);
    expect((await rowsOf(dir, 'SELECT count(*) AS n FROM mart__dev.sales'))[0]).toEqual({ n: '30' });
  });

  it('ends environments whose time is over, and leaves a release that can be rolled back to', async () => {
    const dir = await withDev('environment_ttl: in 0 days\n');
    expect((await teal(['-p', dir, 'swap', 'dev'])).code).toBe(0);
    const { json } = await tealJson<Cleaned>(['-p', dir, 'janitor', '--ignore-ttl']);
    expect(json).toMatchObject({ environments: ['dev'], versions: [], tables: [] });
    const tripled = Number(await cellOf(dir, SUM));
    expect((await teal(['-p', dir, 'rollback'])).code).toBe(0);
    expect(Number(await cellOf(dir, SUM)) * 3).toBe(tripled);
  });

  it('past the retention a release can no longer be rolled back to; what prod reads stays whole', async () => {
    const dir = copyProject(filled.dir);
    writeFiles(dir, {
      'config.yaml': `${FILES['config.yaml']}snapshot_ttl: in 0 days\n`,
      'models/mart/seen.sql': 'MODEL (name mart.seen, kind VIEW);\nSELECT * FROM mart.sales\n',
    });
    const plan = ['-p', dir, 'plan', '--auto-apply', ...NOW];
    expect((await teal(plan)).code).toBe(0);
    writeFiles(dir, { 'models/mart/sales.sql': TRIPLED });
    expect((await teal(plan)).code).toBe(0);
    const rows = await rowsOf(dir, 'SELECT * FROM mart.seen ORDER BY id');
    const { json } = await tealJson<Cleaned>(['-p', dir, 'janitor']);
    expect(json.versions).toContainEqual({ model: 'mart.sales', number: 1 });
    expect(json.versions).toContainEqual({ model: 'mart.seen', number: 1 });
    expect(await rowsOf(dir, 'SELECT * FROM mart.seen ORDER BY id')).toEqual(rows);
    expect(await refusal(['-p', dir, 'rollback'])).toMatchObject({ exit: 2, code: 'release.not_found' });
    expect(await rowsOf(dir, 'SELECT * FROM mart.seen ORDER BY id')).toEqual(rows);
    const next = ['-p', dir, 'run', '--execution-time', '2025-01-12'];
    expect((await teal(next)).code).toBe(0);
    expect((await teal(['-p', dir, 'janitor'])).code).toBe(0);
    expect(await rowsOf(dir, 'SELECT * FROM mart.seen ORDER BY id')).toEqual(rows);
  });

  it('--environment ends only that one', async () => {
    const dir = await withDev('environment_ttl: in 0 days\n');
    await teal(['-p', dir, 'plan', 'other', '--auto-apply', ...NOW]);
    const { json } = await tealJson<Cleaned>(['-p', dir, 'janitor', '-e', 'dev']);
    expect([json.environments, json.versions]).toEqual([['dev'], []]);
    expect(await refusal(['-p', dir, 'janitor', '-e', 'nope'])).toMatchObject({
      code: 'environment.not_found',
    });
  });
});

describe('table_diff', () => {
  const diff = (dir: string, ...args: string[]) =>
    tealJson<Comparison & { rows?: Record<string, { rows: unknown[]; total: number }> }>([
      '-p',
      dir,
      'table_diff',
      ...args,
    ]);

  it('compares models of two environments, with a sample', async () => {
    const dir = await withDev();
    const { json } = await diff(dir, 'prod:dev', 'mart.sales', '--show-sample', '--limit', '3');
    expect(json.models.map(({ model, status }) => [model, status])).toEqual([['mart.sales', 'changed']]);
    expect(json.models[0]?.counts).toMatchObject({ added: 0, removed: 0, changed: 30 });
    expect(json.rows?.['mart.sales']).toMatchObject({ total: 30 });
    expect(json.rows?.['mart.sales']?.rows).toHaveLength(3);
    const all = await diff(dir, 'prod:dev', '--select-model', 'mart.*');
    expect(all.json.models).toHaveLength(3);
  });

  it('takes rows, columns and keys as asked', async () => {
    const dir = await withDev();
    const few = await diff(dir, 'prod:dev', 'mart.sales', '--where', "day < '2025-01-03'", '-o', 'id');
    expect(few.json.models[0]).toMatchObject({ counts: { changed: 6, old: 6 }, keySource: 'given' });
    const same = await diff(dir, 'prod:dev', 'mart.sales', '-s', 'amount');
    expect(same.json.models[0]?.status).toBe('same');
    const text = await teal(['-p', dir, 'table_diff', 'prod:dev', 'mart.total']);
    expect(text.out).toContain('mart.total: no grain and no --on, so whole rows were compared.');
    const quiet = await teal(['-p', dir, 'table_diff', 'prod:dev', 'mart.total', '--skip-grain-check']);
    expect(quiet.out).not.toContain('no grain');
  });

  it('compares two tables by name', async () => {
    const dir = await withDev();
    const { json } = await diff(dir, 'mart.sales:mart__dev.sales', '-o', 'id', '-d', '2');
    expect(json.models[0]?.counts).toMatchObject({ changed: 30, same: 0 });
  });

  it.each([
    [['prod'], 'usage.invalid'],
    [['prod:dev:x'], 'usage.invalid'],
    [['prod:dev', 'mart.nope'], 'model.not_found'],
    [['prod:dev', 'mart.sales', '-o', 'nope'], 'usage.invalid'],
    [['prod:dev', 'mart.sales', '--where', '1 = 1); DROP TABLE x; --'], 'usage.invalid'],
    [['prod:dev', 'mart.sales', '--select-model', 'mart.*'], 'usage.invalid'],
    [['mart.sales:mart.nope'], 'compare.invalid'],
    [['prod:nowhere', 'mart.sales'], 'environment.not_found'],
  ])('%j is refused', async (args, code) => {
    const dir = args[0]?.startsWith('prod:dev') ? await withDev() : filled.dir;
    expect(await refusal(['-p', dir, 'table_diff', ...args])).toMatchObject({ exit: 2, code });
  });
});
