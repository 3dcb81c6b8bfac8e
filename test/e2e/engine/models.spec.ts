import { expect } from '@playwright/test';
import { type BrowserWorker, test } from './browser';
import { parquetOf } from './native';

const DIR = '/projects/direct';
const NOW = { executionTime: '2025-03-05 08:00:00' };

async function call<T>(worker: BrowserWorker, id: string, input: unknown): Promise<T> {
  return (await worker.call<{ output: T }>('call', id, input)).output;
}

test('models read files by literal paths, know the day of the run, and name what the browser lacks before it', async ({
  worker,
}) => {
  const text = (content: string) => new TextEncoder().encode(content);
  const model = (name: string, query: string, kind = 'FULL') =>
    text(`MODEL (name mart.${name}, kind ${kind});\n${query}\n`);
  await worker.call('store', {
    [`${DIR}/config.yaml`]: text("model_defaults:\n  dialect: duckdb\n  start: '2025-01-01'\n"),
    [`${DIR}/raw/a.csv`]: text('id,v\n1,x\n2,y\n'),
    [`${DIR}/raw/b.parquet`]: await parquetOf('SELECT 2 AS id, 20 AS w UNION ALL SELECT 3, 30'),
    [`${DIR}/models/files.sql`]: model(
      'files',
      "SELECT a.id, a.v, b.w FROM read_csv('raw/a.csv') AS a LEFT JOIN read_parquet('raw/b.parquet') AS b ON a.id = b.id",
    ),
    [`${DIR}/models/day.sql`]: model('day', 'SELECT current_date AS today, current_date - 1 AS yesterday'),
    [`${DIR}/models/doc.sql`]: model('doc', `SELECT 1 AS a,\n  json_extract('{"b": 1}', '$.b') AS b`),
    [`${DIR}/models/below.sql`]: model('below', 'SELECT a FROM mart.doc'),
  });
  await call(worker, 'project.open', { dir: DIR });
  const overview = await call<{ problems: { code: string; message: string; place: object }[] }>(
    worker,
    'project.overview',
    {},
  );
  expect(overview.problems).toMatchObject([
    {
      code: 'model.unsupported',
      message: 'mart.doc uses json_extract, which the engine in the browser lacks.',
      place: { file: 'models/doc.sql', line: 3, column: 3 },
    },
  ]);
  const plan = await call<{ id: string; checks: { id: string; detail: string }[] }>(
    worker,
    'plan.build',
    NOW,
  );
  expect(plan.checks.find((check) => check.id === 'models')?.detail).toBe(
    'mart.doc, mart.below cannot be run and are left out: models/doc.sql:3:3: mart.doc uses json_extract, ' +
      'which the engine in the browser lacks. mart.below waits: it reads mart.doc, which cannot be run.',
  );
  await call(worker, 'backfill.start', { plan: plan.id, wait: true });
  const rows = async (sql: string) =>
    (await call<{ rows: unknown }>(worker, 'query.run', { sql, offset: 0, limit: 10 })).rows;
  expect(await rows('SELECT id::INTEGER AS id, v, w FROM mart.files ORDER BY id')).toEqual([
    [1, 'x', null],
    [2, 'y', 20],
  ]);
  expect(await rows('SELECT today, yesterday FROM mart.day')).toEqual([['2025-03-05', '2025-03-04']]);
  await call(worker, 'project.close', {});
});
