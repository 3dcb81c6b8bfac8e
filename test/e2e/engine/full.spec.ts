import { expect } from '@playwright/test';
import { test } from './browser';
import type { Shown } from './native';

const MEBIBYTE = 1024 ** 2;

test('a storage that fills up refuses the commit that has no room, and loses none before it', async ({
  worker,
}) => {
  test.setTimeout(120_000);
  const { page } = worker;
  const protocol = await page.context().newCDPSession(page);
  const { origin } = new URL(page.url());
  const file = 'test/full.duckdb';
  await worker.call('openEngine', file);
  await worker.call(
    'run',
    'CREATE TABLE ledger (n INTEGER PRIMARY KEY); CREATE TABLE facts (n INTEGER, v VARCHAR)',
  );
  const before = await page.evaluate(async () => (await navigator.storage.estimate()).usage ?? 0);
  await protocol.send('Storage.overrideQuotaForOrigin', { origin, quotaSize: before + 12 * MEBIBYTE });
  let acknowledged = 0;
  let failure: { code: string; message: string } | null = null;
  for (let n = 1; n <= 60 && failure === null; n += 1) {
    failure = await worker.call(
      'failure',
      `BEGIN; INSERT INTO ledger VALUES (${n}); INSERT INTO facts SELECT ${n}, md5(i || 'x${n}') || md5(i || 'y${n}') FROM range(20000) r(i); COMMIT`,
    );
    if (failure === null) acknowledged = n;
  }
  await worker.kill();
  await protocol.send('Storage.overrideQuotaForOrigin', { origin });
  await worker.call('openEngine', file);
  const { rows } = await worker.call<Shown>(
    'rows',
    'SELECT max(n) AS n, count(*)::INTEGER AS c, (SELECT count(*) FILTER (length(v) = 64)::INTEGER FROM facts) AS f FROM ledger',
  );
  expect(failure).toMatchObject({ code: 'engine.disk_full' });
  const [last, count, facts] = (rows[0] ?? []).map(Number);
  expect([acknowledged, acknowledged + 1]).toContain(last);
  expect([count, facts]).toEqual([last, (last ?? 0) * 20_000]);
  await worker.call('closeEngine');
});
