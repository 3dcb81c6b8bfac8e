import { describe, expect, it, onTestFinished } from 'vitest';
import { startHost } from '../../node/host/host';
import { makeFolder, openBench } from './projects';
import { dayText, eventsOf, salesProject } from './sales-project';

const DAYS = 20;
const files = { ...salesProject(), ...eventsOf(DAYS) };

/** A host with the run of prod started, and a way to wait until so many of its batches are done. */
async function startRun(dir: string) {
  const host = startHost({ version: 'test', way: 'test' });
  onTestFinished(() => host.close());
  const client = host.client();
  await client.call('project.open', { dir });
  const plan = await client.call('plan.build', { executionTime: dayText(DAYS + 1) });
  const reached = (batches: number) =>
    new Promise<void>((done) => {
      const stop = host.service.subscribe((event) => {
        if (event.type !== 'run.progress' || event.progress.batchesDone < batches) return;
        stop();
        done();
      });
    });
  return { host, client, reached, start: () => client.call('backfill.start', { plan: plan.id }) };
}

describe('a host that settles', () => {
  it('finishes the batch under way, keeps every one, and the next host goes on behind them', async () => {
    const dir = await makeFolder();
    await (await openBench(files, dir)).close();
    const { host, client, reached, start } = await startRun(dir);
    const some = reached(5);
    const { id } = await start();
    await some;
    const kept = await host.service.settle();
    expect(kept?.title).toBe('Plan of prod');
    expect(kept?.done).toBeGreaterThanOrEqual(5);
    expect(kept?.done).toBeLessThan(kept?.total ?? 0);
    const { run } = await client.call('backfill.status', {});
    expect([run?.id, run?.status, run?.batchesDone]).toEqual([id, 'stopped', kept?.done]);
    await host.close();

    const bench = await openBench(files, dir);
    const [ledger] = await bench.rows('SELECT count(*)::INTEGER AS n FROM teal.batch');
    expect(ledger?.n).toBe(kept?.done);
    const status = await bench.client.call('backfill.resume', { run: id, wait: true });
    expect([status.status, status.release]).toEqual(['done', 1]);
    expect(await bench.rows('SELECT n::INTEGER AS n FROM mart.total')).toEqual([{ n: DAYS * 4 }]);
  });

  it('stops a paused run where it is', async () => {
    const dir = await makeFolder();
    await (await openBench(files, dir)).close();
    const { host, client, reached, start } = await startRun(dir);
    const some = reached(3);
    const { id } = await start();
    await some;
    await client.call('backfill.pause', { run: id });
    const kept = await host.service.settle();
    const { run } = await client.call('backfill.status', {});
    expect([run?.status, run?.batchesDone]).toEqual(['stopped', kept?.done]);
  });

  it('has nothing to say where no run is under way, or no project is open', async () => {
    const dir = await makeFolder();
    await (await openBench(files, dir)).close();
    const { host, client } = await startRun(dir);
    expect(await host.service.settle()).toBeNull();
    await client.call('project.close', {});
    expect(await host.service.settle()).toBeNull();
  });
});
