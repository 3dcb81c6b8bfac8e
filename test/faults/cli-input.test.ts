// What is wrong with a project is told with its code, place, what was kept and what to do; all else goes on working.
import { mkdirSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createFilled, type Filled } from '../cli/filled';
import { createSmall, NOW, ORDERS, SALES, TOTAL } from '../cli/small';
import { buildTeal, cellOf, copyProject, refusal, rowsOf, teal, tealJson, writeFiles } from '../cli/teal';

let filled: Filled;
beforeAll(async () => {
  buildTeal();
  filled = await createFilled();
});
afterAll(() => filled.remove());

const apply = (dir: string) => ['-p', dir, 'plan', '--auto-apply', ...NOW];
const model = (query: string, kind = 'FULL') => `MODEL (\n  name mart.new,\n  kind ${kind}\n);\n\n${query}\n`;

/** That a problem names what it should, and that prod and its readers know nothing of it. */
async function expectOnlyRefused(dir: string, expected: Readonly<Record<string, unknown>>): Promise<void> {
  const problem = await refusal(apply(dir));
  expect(problem).toMatchObject({ exit: 2, ...expected });
  expect(problem.kept).toBeTruthy();
  const live = 'SELECT amount, (SELECT count(*)::INT FROM teal.release) AS releases FROM mart.total';
  expect(await rowsOf(dir, live)).toEqual([{ amount: '330.00', releases: 1 }]);
}

describe('a model file', () => {
  it.each<[string, string, Readonly<Record<string, unknown>>]>([
    ['no SELECT', model('SELEC 1 AS a'), { code: 'model.syntax', place: { line: 6, column: 1 } }],
    ['an open string', model("SELECT 'a AS a"), { code: 'model.syntax', place: { line: 6, column: 8 } }],
    [
      'an open block',
      'MODEL (\n  name mart.new,\n  kind FULL;\nSELECT 1',
      { code: 'model.syntax', place: { line: 1, column: 7 } },
    ],
    [
      'a kind that there is not',
      model('SELECT 1 AS a', 'PARTLY'),
      { code: 'model.invalid', place: { line: 3, column: 8 } },
    ],
    [
      'a parent that there is not',
      model('SELECT *\nFROM mart.sale'),
      { code: 'engine.sql', place: { line: 7, column: 6 } },
    ],
    [
      'itself for a parent, with no rows to begin with',
      model('SELECT *\nFROM mart.new'),
      { code: 'engine.sql', place: { line: 7, column: 6 } },
    ],
    [
      'a second name',
      model('SELECT 1 AS a').replace('mart.new', 'mart.total'),
      { code: 'model.duplicate', place: { line: 1, column: 1 } },
    ],
    [
      'an unknown column',
      model('SELECT\n  nope\nFROM mart.sales'),
      { code: 'engine.sql', place: { line: 7, column: 3 } },
    ],
    [
      'an unknown macro',
      model('SELECT\n  @nope AS a'),
      { code: 'model.invalid', place: { line: 7, column: 3 } },
    ],
    ['a bracket left open', model('SELECT (1 AS a'), { code: 'engine.sql' }],
    ['COPY', model("COPY (SELECT 1) TO 'out.csv'"), { code: 'model.syntax' }],
    ['ATTACH', model("ATTACH 'other.db'"), { code: 'model.syntax' }],
    [
      'a file outside of the project',
      model("SELECT * FROM read_csv('/etc/passwd')"),
      { code: 'engine.denied' },
    ],
    [
      'a way out of the project',
      model("SELECT * FROM read_csv('../../../../etc/passwd')"),
      { code: 'engine.denied' },
    ],
  ])(
    'with %s is refused in its place, and what is live stays',
    async (_what, text, { place, ...expected }) => {
      const dir = copyProject(filled.dir);
      writeFiles(dir, { 'models/mart/znew.sql': text });
      await expectOnlyRefused(dir, {
        ...expected,
        place: expect.objectContaining({ file: 'models/mart/znew.sql', ...(place as object | undefined) }),
      });
      expect((await teal(['-p', dir, 'info'])).code).toBe(0);
      rmSync(join(dir, 'models/mart/znew.sql'));
      expect(await teal(apply(dir))).toMatchObject({
        code: 0,
        out: expect.stringContaining('Nothing differs'),
      });
    },
  );

  it('with a statement that Teal does not run is told of and left out, and what is live stays', async () => {
    const dir = copyProject(filled.dir);
    const copy = "COPY (SELECT 1) TO 'out.csv'";
    writeFiles(dir, {
      'models/mart/znew.sql': model(`SELECT 1 AS a;\n${copy}`),
      'models/mart/total.sql': `${TOTAL.trimEnd()};\n${copy}\n`,
    });
    const { code, out } = await teal(apply(dir));
    expect(code).toBe(0);
    expect(out).toContain('mart.new');
    expect(out).toContain('left out');
    const info = await tealJson<{ problems: unknown[] }>(['-p', dir, 'info']);
    expect(info.json.problems).toContainEqual(
      expect.objectContaining({
        code: 'model.unsupported',
        place: expect.objectContaining({ file: 'models/mart/znew.sql', line: 7, column: 1 }),
      }),
    );
    expect(await cellOf(dir, 'SELECT amount FROM mart.total')).toBe('330.00');
  });

  it('of a live model that cannot be read does not take the model out of prod, as it once did', async () => {
    const dir = copyProject(filled.dir);
    writeFiles(dir, { 'models/mart/total.sql': TOTAL.replace(');', ';') });
    await expectOnlyRefused(dir, {
      code: 'model.syntax',
      place: expect.objectContaining({ file: 'models/mart/total.sql' }),
    });
  });

  it('that is deleted does take the model out of prod', async () => {
    const dir = copyProject(filled.dir);
    rmSync(join(dir, 'models/mart/total.sql'));
    expect((await teal(apply(dir))).code).toBe(0);
    expect(await refusal(['-p', dir, 'query', 'FROM mart.total'])).toMatchObject({
      exit: 2,
      code: 'engine.sql',
    });
    expect(await cellOf(dir, 'SELECT sum(amount) FROM mart.daily')).toBe('330.00');
  });
});

describe('a YAML file', () => {
  it.each<[string, string, Readonly<Record<string, unknown>>]>([
    ['config.yaml', 'gateways: [\n', { code: 'config.invalid' }],
    ['sources/orders.yaml', 'name: orders\nfiles: [\n', { code: 'source.invalid' }],
  ])('%s that cannot be read is refused, and what is live stays', async (file, text, expected) => {
    const dir = copyProject(filled.dir);
    writeFiles(dir, { [file]: text });
    await expectOnlyRefused(dir, expected);
    expect((await teal(['-p', dir, 'info'])).out).toContain(`${file}:`);
  });

  it('of a backfill that is broken, or names an unknown model, is refused with its place', async () => {
    const dir = copyProject(filled.dir);
    writeFiles(dir, {
      'backfills/broken.yaml': 'name: broken\nmodels: [mart.sales\n',
      'backfills/unknown.yaml': 'name: unknown\nmodels: [mart.nope]\n',
      'backfills/odd.yaml': 'name: odd\nmodels: [mart.sales]\nstart: soon\n',
    });
    for (const name of ['broken', 'odd']) {
      const problem = await refusal(['-p', dir, 'backfill', `backfills/${name}.yaml`, ...NOW]);
      expect(problem).toMatchObject({
        exit: 2,
        code: 'brief.invalid',
        place: { file: `backfills/${name}.yaml` },
      });
      expect(problem.place?.line).toBeGreaterThan(0);
    }
    const unknown = await refusal(['-p', dir, 'backfill', 'backfills/unknown.yaml', ...NOW]);
    expect([unknown.exit, unknown.message]).toEqual([2, expect.stringContaining('mart.nope')]);
    expect((await teal(apply(dir))).code).toBe(0);
  });
});

describe('a raw file', () => {
  const PARQUET = { 'sources/orders.yaml': 'name: orders\nfiles: [raw/orders.parquet]\nformat: parquet\n' };

  it.each<[string, (dir: string) => void, Readonly<Record<string, unknown>>]>([
    [
      'missing',
      (dir) => rmSync(join(dir, 'raw/orders.csv'), { force: true }),
      { code: 'source.file_missing' },
    ],
    ['a folder', (dir) => mkdirSync(join(dir, 'raw/orders.csv/x'), { recursive: true }), {}],
    [
      'no text',
      (dir) =>
        writeFileSync(
          join(dir, 'raw/orders.csv'),
          new Uint8Array(5_000).map((_, i) => (i * 89) % 251),
        ),
      { code: 'source.not_tabular' },
    ],
  ])(
    'that is %s is refused on the first plan, and told where a former snapshot is used',
    async (_what, spoil, expected) => {
      const dir = createSmall();
      rmSync(join(dir, 'raw/orders.csv'));
      spoil(dir);
      const problem = await refusal(apply(dir));
      expect(problem).toMatchObject({ exit: 2, kept: 'Nothing was planned or written.', ...expected });
      expect(problem.message).toContain('raw/orders.csv');
      const live = copyProject(filled.dir);
      rmSync(join(live, 'raw/orders.csv'));
      spoil(live);
      const { code, out } = await teal(apply(live));
      expect([code, out]).toEqual([0, expect.stringContaining('raw.orders could not be read again')]);
      expect(await cellOf(live, 'SELECT count(*)::INT FROM raw.orders')).toBe(30);
    },
  );

  it('that is half a Parquet file is named, and the whole file is taken afterwards', async () => {
    const dir = createSmall({ ...PARQUET, 'raw/orders.parquet': filled.parquet });
    const file = join(dir, 'raw/orders.parquet');
    truncateSync(file, Math.floor(filled.parquet.length / 2));
    const problem = await refusal(apply(dir));
    expect(problem).toMatchObject({ exit: 2, code: 'source.not_tabular' });
    expect(problem.message + problem.place?.file).toContain('raw/orders.parquet');
    writeFileSync(file, filled.parquet);
    expect((await teal(apply(dir))).code).toBe(0);
    expect(await cellOf(dir, 'SELECT amount FROM mart.total')).toBe('330.00');
  });
});

describe('a run that fails in the middle', () => {
  it('names batch and file, ends with 3, keeps what it has, and goes on once the model is mended', async () => {
    const dir = createSmall({ 'raw/orders.csv': ORDERS.replace('14,2025-01-05,10', '14,2025-01-05,five') });
    const problem = await refusal(apply(dir));
    expect(problem).toMatchObject({
      exit: 3,
      code: 'engine.sql',
      message: expect.stringContaining('five'),
      place: { file: 'models/mart/sales.sql', model: 'mart.sales', partition: '2025-01-05' },
      kept: expect.stringContaining('finished batches stay'),
    });
    expect(await rowsOf(dir, 'SELECT count(*)::INT AS n FROM teal.batch')).toEqual([{ n: 9 }]);
    const again = await refusal(['-p', dir, 'backfill', '--resume']);
    expect(again).toMatchObject({ exit: 3, place: { partition: '2025-01-05' } });
    const query = await refusal(['-p', dir, 'query', 'FROM mart.sales']);
    expect(query).toMatchObject({ exit: 2, code: 'engine.sql' });
    writeFiles(dir, { 'models/mart/sales.sql': SALES.replace('CAST(amount', 'TRY_CAST(amount') });
    expect((await teal(apply(dir))).code).toBe(0);
    expect(await cellOf(dir, 'SELECT count(*)::INT FROM mart.sales')).toBe(30);
  });

  it('an audit that fails stops it with 1, and the bad rows stand nowhere', async () => {
    const dir = createSmall({
      'raw/orders.csv': ORDERS.replace('14,2025-01-05,10', '14,2025-01-05,'),
      'models/mart/sales.sql': SALES.replace(
        'grain id',
        'grain id,\n  audits (not_null(columns := (amount)))',
      ),
    });
    const problem = await refusal(apply(dir));
    expect(problem).toMatchObject({
      exit: 1,
      code: 'audit.failed',
      place: { model: 'mart.sales', partition: '2025-01-05' },
      kept: expect.stringContaining('taken back'),
    });
    const [segment] = await rowsOf(
      dir,
      "SELECT table_name AS name FROM duckdb_tables() WHERE schema_name = 'teal_data' AND table_name LIKE 'mart__sales%'",
    );
    const held = `SELECT count(*)::INT AS n, count(*) FILTER (amount IS NULL)::INT AS bad FROM teal_data."${segment?.name}"`;
    expect(await rowsOf(dir, held)).toEqual([{ n: 27, bad: 0 }]);
    const releases = await tealJson<{ releases: unknown[] }>(['-p', dir, 'releases']);
    expect(releases.json.releases).toEqual([]);
    expect(readFileSync(join(dir, 'models/mart/sales.sql'), 'utf8')).toContain('not_null');
    writeFiles(dir, { 'raw/orders.csv': ORDERS });
    expect((await teal(apply(dir))).code).toBe(0);
    expect(await cellOf(dir, 'SELECT amount FROM mart.total')).toBe('330.00');
  });
});
