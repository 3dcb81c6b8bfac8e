import { expect } from '@playwright/test';
import { type BrowserWorker, test } from './browser';

const KILLS = 30;
const DAYS = 60;
const DIR = '/projects/daily';
const NOW = { executionTime: '2025-03-02' };

/** Sixty days of orders, a day a batch, and what depends on them. */
const FILES: Readonly<Record<string, string>> = {
  'config.yaml': "model_defaults:\n  dialect: duckdb\n  start: '2025-01-01'\n  cron: '@daily'\n",
  'sources/orders.yaml': 'name: orders\nfiles: [raw/orders.csv]\nformat: csv\ntime_column: ds\n',
  'models/daily.sql': `MODEL (name mart.daily, kind INCREMENTAL_BY_TIME_RANGE (time_column ds, batch_size 1));
SELECT ds, id, amount * 2 AS amount FROM raw.orders WHERE ds BETWEEN @start_ds AND @end_ds\n`,
  'models/total.sql': `MODEL (name mart.total, kind FULL);\nSELECT ds, count(*) AS n, sum(amount) AS amount FROM mart.daily GROUP BY ds\n`,
};
const ROWS_A_DAY = 40;

function orders(): string {
  const lines = ['ds,id,amount'];
  for (let day = 0; day < DAYS; day += 1)
    for (let row = 0; row < ROWS_A_DAY; row += 1)
      lines.push(
        `${new Date(Date.UTC(2025, 0, 1 + day)).toISOString().slice(0, 10)},${day * 1000 + row},${row + 1}`,
      );
  return `${lines.join('\n')}\n`;
}

async function call<T>(worker: BrowserWorker, id: string, input: unknown): Promise<T> {
  return (await worker.call<{ output: T }>('call', id, input)).output;
}

/** Starts or goes on with a run, ends the worker after some time, and gives how many batches were told to be done by then. */
async function killDuring(worker: BrowserWorker, id: string, input: object): Promise<number> {
  const moment = 30 + Math.random() * 700;
  return worker.page.evaluate(
    async ({ id, input, moment }) => {
      const page = window as unknown as {
        callWorker(name: string, ...given: unknown[]): Promise<unknown>;
        killWorker(): void;
        told: { type: string; progress?: { batchesDone: number } }[];
      };
      page.told.length = 0;
      await page.callWorker('call', id, input);
      await new Promise((later) => setTimeout(later, moment));
      page.killWorker();
      return Math.max(0, ...page.told.map(({ progress }) => progress?.batchesDone ?? 0));
    },
    { id, input, moment },
  );
}

test(`${KILLS} kills at random instants of a backfill lose no batch that was told to be done`, async ({
  worker,
}) => {
  test.setTimeout(400_000);
  const encoder = new TextEncoder();
  const files = { ...FILES, 'raw/orders.csv': orders() };
  await worker.call(
    'store',
    Object.fromEntries(Object.entries(files).map(([path, text]) => [`${DIR}/${path}`, encoder.encode(text)])),
  );
  let restated = 0;
  let run: string | undefined;
  for (let kill = 0; kill < KILLS; kill += 1) {
    await call(worker, 'project.open', { dir: DIR });
    if (run === undefined) {
      const request = restated === 0 ? NOW : { ...NOW, restate: ['mart.daily'] };
      const plan = await call<{ id: string }>(worker, 'plan.build', request);
      const told = await killDuring(worker, 'backfill.start', { plan: plan.id });
      run = await checked(worker, told);
    } else {
      const told = await killDuring(worker, 'backfill.resume', { run });
      run = await checked(worker, told);
    }
    if (run === undefined) restated += 1;
  }
  await call(worker, 'project.open', { dir: DIR });
  if (run !== undefined) await call(worker, 'backfill.resume', { run, wait: true });
  const query = `SELECT count(*)::INTEGER AS n, sum(amount)::INTEGER AS a, (SELECT sum(n)::INTEGER FROM mart.total) AS t FROM mart.daily`;
  const page = await call<{ rows: unknown[][] }>(worker, 'query.run', { sql: query, offset: 0, limit: 1 });
  const rows = DAYS * ROWS_A_DAY;
  expect(page.rows).toEqual([[rows, DAYS * ROWS_A_DAY * (ROWS_A_DAY + 1), rows]]);
  await call(worker, 'project.close', {});
});

/** Opens the project again: every batch that was told of is in the ledger; gives the run that waits, if it did not end before. */
async function checked(worker: BrowserWorker, told: number): Promise<string | undefined> {
  await call(worker, 'project.open', { dir: DIR });
  const status = await call<{ run: { id: string; status: string; batchesDone: number } | null }>(
    worker,
    'backfill.status',
    {},
  );
  const waiting = status.run;
  if (!waiting || waiting.status === 'done') return undefined;
  expect(waiting.batchesDone, `${told} batches were told to be done`).toBeGreaterThanOrEqual(told);
  await call(worker, 'project.close', {});
  return waiting.id;
}
