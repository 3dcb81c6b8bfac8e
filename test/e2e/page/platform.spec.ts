import { resolve } from 'node:path';
import { serveFolders } from '../../support/static-server.mjs';
import { cases } from './cases';
import { test as base, expect, runCase } from './support';

/** An empty page beside the page's own files. */
const test = base.extend<{ address: string }>({
  address: async ({ suite }, use) => {
    const served = await serveFolders(suite, resolve('dist/web'));
    await use(`${served.url}logo.svg`);
    await served.close();
  },
});

for (const name of Object.keys(cases)) {
  test(name, async ({ page, address }) => {
    await page.goto(address);
    expect(await runCase(page, name)).toBe('passed');
  });
}

test('a worker that is killed while it writes leaves every file old or new, whole', async ({
  page,
  address,
}) => {
  test.setTimeout(120_000);
  await page.goto(address);
  const torn = await page.evaluate(async () => {
    const root = await navigator.storage.getDirectory();
    const folder = await (await root.getDirectoryHandle('projects', { create: true })).getDirectoryHandle(
      'shop',
      {
        create: true,
      },
    );
    await folder.getFileHandle('config.yaml', { create: true });
    const bad: string[] = [];
    let whole = 0;
    for (let round = 0; round < 25; round++) {
      const worker = new Worker('./suite.js', { type: 'module' });
      worker.postMessage({ run: 'write', base: document.baseURI });
      await new Promise((writing) => {
        worker.onmessage = writing;
      });
      await new Promise((later) => setTimeout(later, 7 * round));
      worker.terminate();
      const models = await folder.getDirectoryHandle('models', { create: true });
      for await (const [name, handle] of models as unknown as AsyncIterable<[string, FileSystemFileHandle]>) {
        if (!name.endsWith('.sql')) continue;
        const text = await (await handle.getFile()).text();
        if (/^x{100000,}$/.test(text)) whole++;
        else bad.push(`${name}: ${text.length}`);
      }
    }
    return { bad, whole };
  });
  expect(torn.bad).toEqual([]);
  expect(torn.whole).toBeGreaterThan(100);
});

test('the room is what there is, not what the browser tells, and a full storage refuses plainly', async ({
  page,
  context,
  address,
}) => {
  await page.goto(address);
  const protocol = await context.newCDPSession(page);
  const origin = new URL(address).origin;
  await protocol.send('Storage.overrideQuotaForOrigin', { origin, quotaSize: 50 * 1024 ** 2 });
  expect(await runCase(page, 'a small room')).toBe('passed');
});
