// Carries out the plan of prod of a project and says each finished batch; its parent kills it somewhere in the middle.
import { startHost } from '../../../node/host/host';

const [dir = '', executionTime = ''] = process.argv.slice(2);
const host = startHost({ version: 'test', way: 'test' });
const client = host.client();
await client.call('project.open', { dir });
host.service.subscribe((event) => {
  if (event.type === 'run.progress') process.stdout.write(`batches ${event.progress.batchesDone}\n`);
});
const plan = await client.call('plan.build', { executionTime });
await client.call('backfill.start', { plan: plan.id, wait: true });
process.stdout.write('done\n');
await host.close();
