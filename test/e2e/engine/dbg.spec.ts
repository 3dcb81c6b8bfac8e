import { test } from './browser';

test('dbg', async ({ worker }) => {
  console.log(await worker.call('openEngine', ':memory:'));
  for (const t of [
    "SELECT 'é', amuont FROM (SELECT 1 AS amount)",
    'SELECT 1; SELEC 1',
    'SELECT 1; SELECT * FROM nowhere',
  ])
    console.log(JSON.stringify(await worker.call('failure', t)));
});
