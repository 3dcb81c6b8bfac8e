// What the benchmarks share: a folder of their own, engines opened bare, and the least of several times.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';

/** Runs `work` in a new folder that is removed afterwards; Teal's own state goes there too. */
export async function inFolder(work) {
  const dir = mkdtempSync(join(tmpdir(), 'teal-bench-'));
  process.env.TEAL_STATE_DIR = join(dir, 'state');
  try {
    return await work(dir);
  } finally {
    rmSync(dir, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
  }
}

export function writeFiles(dir, files) {
  for (const [path, text] of Object.entries(files)) {
    const file = join(dir, path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
  }
}

/** An engine without Teal; `run` gives rows as objects. */
export async function bareEngine(path) {
  const instance = await DuckDBInstance.create(path);
  const connection = await instance.connect();
  const run = async (sql) => (await connection.runAndReadAll(sql)).getRowObjectsJson();
  return { instance, run, connect: () => instance.connect(), close: () => instance.closeSync() };
}

export async function seconds(work) {
  const started = performance.now();
  await work();
  return (performance.now() - started) / 1000;
}

export const least = (times) => Math.min(...times);
export const median = (times) => times.toSorted((a, b) => a - b)[Math.floor(times.length / 2)];
