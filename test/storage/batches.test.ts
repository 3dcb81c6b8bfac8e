import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import { build } from 'vite';
import { beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { type Bench, makeFolder, openBench } from './projects';
import { dayText, eventsOf, salesProject } from './sales-project';

const OUT = fileURLToPath(new URL('../../dist/test-children', import.meta.url));
const DAYS = 25;

/** Batches of the ledger by model and day, beside the rows that are there. */
async function expectWholeBatches(bench: Bench): Promise<number> {
  const [segment] = await bench.rows("SELECT table_name FROM teal.segment WHERE model = 'stg.events'");
  if (!segment) return 0;
  const held = await bench.rows(
    `SELECT day::VARCHAR AS day, count(*)::INTEGER AS n FROM teal_data."${String(segment.table_name)}" GROUP BY day ORDER BY day`,
  );
  const ledger = await bench.rows(
    "SELECT start_at::DATE::VARCHAR AS day, rows_written::INTEGER AS n FROM teal.batch WHERE model = 'stg.events' ORDER BY day",
  );
  expect(held).toEqual(ledger);
  expect(held.every((row) => row.n === 4)).toBe(true);
  return held.length;
}

/** Starts a process that fills prod and ends it, as `kill -9` does, once so many batches are done. */
async function killAfter(dir: string, batches: number): Promise<void> {
  const child: ChildProcessByStdio<null, Readable, null> = spawn(
    process.execPath,
    [join(OUT, 'fill.js'), dir, dayText(DAYS + 1)],
    { stdio: ['ignore', 'pipe', 'inherit'], env: { ...process.env, TEAL_STATE_DIR: join(dir, '.state') } },
  );
  onTestFinished(() => void child.kill('SIGKILL'));
  const gone = once(child, 'exit');
  for await (const line of createInterface({ input: child.stdout })) {
    const done = Number(/^batches (\d+)/.exec(line)?.[1] ?? 0);
    if (done >= batches || line === 'done') break;
  }
  child.kill('SIGKILL');
  await gone;
}

describe('a batch', () => {
  beforeAll(async () => {
    const input = { fill: fileURLToPath(new URL('children/fill.ts', import.meta.url)) };
    await build({
      configFile: false,
      logLevel: 'silent',
      ssr: { noExternal: true, target: 'node' },
      build: {
        ssr: true,
        outDir: OUT,
        target: 'node20',
        rolldownOptions: { input, external: [/^@duckdb\/node-/], output: { entryFileNames: '[name].js' } },
      },
    });
  });

  it.each([1, 9, 31])('is there whole or not at all when the host is killed after %i', async (batches) => {
    const dir = await makeFolder();
    const files = { ...salesProject(), ...eventsOf(DAYS) };
    await (await openBench(files, dir)).close();
    await killAfter(dir, batches);
    const bench = await openBench(files, dir);
    const before = await expectWholeBatches(bench);
    expect(before).toBeGreaterThanOrEqual(Math.min(batches, DAYS));
    expect(await bench.rows("SELECT 1 FROM duckdb_views() WHERE schema_name IN ('stg', 'mart')")).toEqual([]);
    const { run } = await bench.client.call('backfill.status', {});
    expect(run?.status).toBe('interrupted');
    const status = await bench.client.call('backfill.resume', { run: run?.id ?? '', wait: true });
    expect([status.status, status.release]).toEqual(['done', 1]);
    expect(await expectWholeBatches(bench)).toBe(DAYS);
    const [sum] = await bench.rows(
      'SELECT count(*)::INTEGER AS n, (SELECT n FROM mart.total)::INTEGER AS total FROM stg.events',
    );
    expect(sum).toEqual({ n: DAYS * 4, total: DAYS * 4 });
  });

  it('that fails leaves nothing of itself, and those beside it stay', async () => {
    const bench = await openBench({ ...salesProject(), ...eventsOf(8) });
    const broken = { 'raw/events.csv': `${eventsOf(8)['raw/events.csv']}2025-01-05,9,x\n` };
    const text = (salesProject()['models/stg/events.sql'] ?? '')
      .replace('header = true', "header = true, types = {'v': 'VARCHAR'}")
      .replace('(v * 1)', '(v::BIGINT * 1)');
    await bench.write({ ...broken, 'models/stg/events.sql': text });
    const plan = await bench.plan({ executionTime: dayText(9) });
    await expect(bench.client.call('backfill.start', { plan: plan.id, wait: true })).rejects.toMatchObject({
      problem: { place: { model: 'stg.events', partition: dayText(5) } },
    });
    expect(await expectWholeBatches(bench)).toBe(7);
    await bench.write(eventsOf(8));
    const { run } = await bench.client.call('backfill.status', {});
    await bench.client.call('backfill.resume', { run: run?.id ?? '', wait: true });
    expect(await expectWholeBatches(bench)).toBe(8);
  });
});
