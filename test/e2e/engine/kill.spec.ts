import { expect } from '@playwright/test';
import { test } from './browser';
import type { Shown } from './native';

const KILLS = 30;

test(`${KILLS} kills at random instants lose no acknowledged commit, and leave none half`, async ({
  worker,
}) => {
  test.setTimeout(300_000);
  const file = 'test/killed.duckdb';
  await worker.call('openEngine', file);
  await worker.call(
    'run',
    'CREATE TABLE ledger (n INTEGER PRIMARY KEY, rows INTEGER); CREATE TABLE facts (n INTEGER, i INTEGER)',
  );
  let acknowledged = 0;
  for (let kill = 0; kill < KILLS; kill += 1) {
    const moment = 20 + Math.random() * 400;
    acknowledged = await worker.page.evaluate(commitUntilKilled, { from: acknowledged, moment });
    await worker.call('openEngine', file);
    const { rows } = await worker.call<Shown>(
      'rows',
      'SELECT max(n) AS n, count(*)::INTEGER AS c, (SELECT count(*)::INTEGER FROM facts) AS f, sum(rows)::INTEGER AS r FROM ledger',
    );
    const [last, count, facts, wanted] = (rows[0] ?? []).map(Number);
    expect(count, `kill ${kill} after ${moment} ms`).toBe(last ?? 0);
    expect(facts).toBe(wanted);
    // The commit under way may have happened without being told of: one more, never one less.
    expect([acknowledged, acknowledged + 1]).toContain(last);
    acknowledged = last ?? 0;
  }
  expect(acknowledged).toBeGreaterThan(KILLS);
  await worker.call('closeEngine');
});

/** Commits one batch after the other, ledger row and rows in one transaction, until the worker is killed; gives the last one acknowledged. */
async function commitUntilKilled({ from, moment }: { from: number; moment: number }): Promise<number> {
  const { callWorker, killWorker } = window as unknown as {
    callWorker(name: string, text: string): Promise<unknown>;
    killWorker(): void;
  };
  const ended = new Promise<'killed'>((resolve) => {
    setTimeout(() => {
      killWorker();
      resolve('killed');
    }, moment);
  });
  for (let n = from; ; n += 1) {
    const rows = 500 + ((n * 7919) % 3000);
    const text = `BEGIN; INSERT INTO ledger VALUES (${n + 1}, ${rows}); INSERT INTO facts SELECT ${n + 1}, i FROM range(${rows}) r(i);
      CREATE TABLE made_${n + 1} AS SELECT ${n + 1} AS n; COMMIT`;
    if ((await Promise.race([callWorker('run', text).then(() => 'done' as const), ended])) === 'killed')
      return n;
  }
}
