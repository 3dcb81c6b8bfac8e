import { writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Page } from '@playwright/test';
import { expectAccessible, goTo } from '../support';
import { expect, test } from './support';

const projects = (page: Page) => page.getByRole('region', { name: 'Projects in this browser' });
const here = (page: Page) => page.getByRole('button', { name: 'Use it here instead' });
const canvas = (page: Page) => page.getByRole('tree').getByText('fact_sales_transactions');

async function openSample(page: Page, url: string): Promise<void> {
  await page.goto(url);
  await page.getByRole('button', { name: 'Open the sample' }).click();
  await expect(canvas(page)).toBeVisible({ timeout: 60_000 });
}

/** Keeps hold of the page's workers, so that they can be ended as a crash would. */
async function watchWorkers(page: Page): Promise<() => Promise<void>> {
  await page.addInitScript(() => {
    const started: Worker[] = [];
    Object.assign(window, { started });
    window.Worker = class extends Worker {
      constructor(...args: ConstructorParameters<typeof Worker>) {
        super(...args);
        if (args[1]?.name === 'Teal') started.push(this);
      }
    };
  });
  return () => page.evaluate(() => (window as unknown as { started: Worker[] }).started.at(-1)?.terminate());
}

test('the frame is drawn while the worker starts, and the page says where it runs', async ({
  page,
  served,
}) => {
  await page.goto(served.url);
  await expect(page.getByRole('button', { name: 'Open the sample' })).toBeVisible();
  await expect(projects(page)).toContainText(/used, .* free/);
  await expect(page.getByRole('contentinfo')).toContainText('DuckDB (in this browser)');
  expect(served.asked.every((path) => path.startsWith('/some/where/teal/'))).toBe(true);
});

for (const theme of ['light', 'dark'] as const) {
  test(`the first screen of the page is accessible, ${theme}`, async ({ page, served }) => {
    await page.emulateMedia({ colorScheme: theme });
    await openSample(page, served.url);
    await page.getByRole('button', { name: 'SQL Sushi Co.' }).click();
    await page.getByRole('menuitem', { name: 'Close the project' }).click();
    await expect(projects(page)).toContainText('SQL Sushi Co.');
    await expectAccessible(page);
    await page.getByRole('button', { name: 'More on sushi' }).click();
    await page.getByRole('menuitem', { name: 'Remove from this browser' }).click();
    await expectAccessible(page);
  });
}

test('nothing but the page itself may run: the policy refuses strange scripts and addresses', async ({
  page,
  served,
}) => {
  await page.goto(served.url);
  await expect(page.getByRole('button', { name: 'Open the sample' })).toBeVisible();
  const outcome = await page.evaluate(async () => {
    const refused: string[] = [];
    document.addEventListener('securitypolicyviolation', (event) => refused.push(event.effectiveDirective));
    const script = document.createElement('script');
    script.textContent = 'window.ran = true';
    document.body.append(script);
    await fetch('http://localhost:9/').catch(() => undefined);
    await new Promise((later) => setTimeout(later));
    return { refused, ran: 'ran' in window };
  });
  expect(outcome).toEqual({ refused: ['script-src-elem', 'connect-src'], ran: false });
});

test('a reload comes back to the project that was open', async ({ page, served }) => {
  test.setTimeout(120_000);
  await openSample(page, served.url);
  await page.reload();
  await expect(canvas(page)).toBeVisible({ timeout: 60_000 });
});

test('after the first load the page works without a network, reload included', async ({
  page,
  context,
  served,
}) => {
  test.setTimeout(180_000);
  await page.goto(served.url);
  await expect(page.getByRole('button', { name: 'Open the sample' })).toBeVisible();
  await expect(page.getByText('Works offline')).toBeVisible({ timeout: 60_000 });
  await context.setOffline(true);
  await served.close();
  await page.reload();
  await page.getByRole('button', { name: 'Open the sample' }).click();
  await expect(canvas(page)).toBeVisible({ timeout: 60_000 });
  await page.reload();
  await expect(canvas(page)).toBeVisible({ timeout: 60_000 });
  await page.getByRole('tree').getByText('pos_batches').click();
  await expect(page.getByRole('grid', { name: /pos_batches/ })).toBeVisible({ timeout: 60_000 });
});

test('a second tab says so, and can have the project; the first says that it was handed over', async ({
  page,
  context,
  served,
}) => {
  test.setTimeout(180_000);
  await openSample(page, served.url);
  const other = await context.newPage();
  await other.goto(served.url);
  await expect(projects(other)).toContainText('Open in another tab');
  await other.getByRole('button', { name: /^SQL Sushi Co\. sushi/ }).click();
  await expect(other.getByText('This project is open in another tab of this browser.')).toBeVisible();
  await here(other).click();
  await expect(canvas(other)).toBeVisible({ timeout: 60_000 });
  await expect(page.getByRole('heading', { name: /was handed over to another tab/ })).toBeVisible();
  await page.reload();
  await expect(page.getByRole('heading', { name: /open in another tab/ })).toBeVisible({ timeout: 30_000 });
  await here(page).click();
  await expect(canvas(page)).toBeVisible({ timeout: 60_000 });
  await expect(other.getByRole('heading', { name: /was handed over to another tab/ })).toBeVisible();
});

test('a run is stopped before its project is handed over, and resumed in the other tab', async ({
  page,
  context,
  served,
}) => {
  test.setTimeout(300_000);
  await openSample(page, served.url);
  await startFill(page);
  const other = await context.newPage();
  await other.goto(served.url);
  await other.getByRole('button', { name: /^SQL Sushi Co\. sushi/ }).click();
  await here(other).click();
  await goTo(other, 'Backfill');
  await other.getByRole('button', { name: 'Resume' }).click({ timeout: 60_000 });
  await expect(other.getByRole('heading', { name: /^Filled/ })).toBeVisible({ timeout: 200_000 });
});

test('a worker that dies is said and started anew, and the run is resumed with nothing lost', async ({
  page,
  served,
}) => {
  test.setTimeout(300_000);
  const kill = await watchWorkers(page);
  await openSample(page, served.url);
  await startFill(page);
  await kill();
  await expect(page.getByText(/The engine ended and is started anew/)).toBeVisible();
  await expect(page.getByRole('heading', { name: /^Interrupted/ })).toBeVisible({ timeout: 60_000 });
  await page.getByRole('button', { name: 'Resume' }).click();
  await expect(page.getByRole('heading', { name: /^Filled/ })).toBeVisible({ timeout: 200_000 });
  await page.reload();
  await goTo(page, 'Releases');
  await expect(page.getByText('Release 1').first()).toBeVisible({ timeout: 60_000 });
});

async function startFill(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Fill 10 models' }).click();
  await page.getByRole('button', { name: /Fill and make live 10 models/ }).click({ timeout: 60_000 });
  await expect(page.getByText(/[1-9]\d* of \d+ batches/).first()).toBeVisible({ timeout: 60_000 });
}

test('dropped Parquet and CSV files become sources of a new project', async ({ page, served }) => {
  test.setTimeout(120_000);
  await page.goto(served.url);
  await expect(page.getByRole('button', { name: 'Open the sample' })).toBeVisible();
  await drop(page, ['stores.csv', 'products.parquet']);
  const sources = page.getByRole('listbox', { name: 'Sources' });
  await expect(sources).toContainText('stores', { timeout: 60_000 });
  await expect(sources).toContainText('products');
  await page.reload();
  await expect(sources).toContainText('stores', { timeout: 60_000 });
});

/** Drops files or folders on the drop area, as a mouse does. */
async function drop(page: Page, names: readonly string[]): Promise<void> {
  const protocol = await page.context().newCDPSession(page);
  const box = await page.getByText('Drop Parquet or CSV files').boundingBox();
  const at = { x: (box?.x ?? 0) + 20, y: (box?.y ?? 0) + 5 };
  const files = names.map((name) => resolve('examples/sushi/raw', name));
  for (const type of ['dragEnter', 'dragOver', 'drop'] as const)
    await protocol.send('Input.dispatchDragEvent', {
      type,
      ...at,
      data: { items: [], files, dragOperationsMask: 1 },
    });
}

test('a project is downloaded with its warehouse, removed, and opened again as it was', async ({
  page,
  served,
}, info) => {
  test.setTimeout(180_000);
  await openSample(page, served.url);
  await page.getByRole('treeitem', { name: /^stg.stores/ }).click();
  await page.getByRole('button', { name: 'SQL Sushi Co.' }).click();
  const downloading = page.waitForEvent('download');
  await page.getByRole('menuitem', { name: /Download with the warehouse/ }).click();
  const download = await downloading;
  expect(download.suggestedFilename()).toBe('sushi.zip');
  const file = info.outputPath('sushi.zip');
  await download.saveAs(file);
  await page.getByRole('button', { name: 'SQL Sushi Co.' }).click();
  await page.getByRole('menuitem', { name: 'Close the project' }).click();
  await page.getByRole('button', { name: 'More on sushi' }).click();
  await page.getByRole('menuitem', { name: 'Remove from this browser' }).click();
  await page.getByRole('button', { name: /^Remove \d/ }).click();
  await expect(projects(page)).not.toContainText('SQL Sushi Co.');
  await page.getByLabel('ZIP of a project').setInputFiles(file);
  await expect(canvas(page)).toBeVisible({ timeout: 60_000 });
});

test('a folder that is dropped is a project where it has a config.yaml', async ({ page, served }) => {
  test.setTimeout(120_000);
  await page.goto(served.url);
  await expect(page.getByRole('button', { name: 'Open the sample' })).toBeVisible();
  await drop(page, ['..']);
  await expect(canvas(page)).toBeVisible({ timeout: 60_000 });
});

test('the folder of a project is copied into the browser and opened', async ({ page, served }) => {
  test.setTimeout(120_000);
  await page.goto(served.url);
  await page.getByLabel('Folder of a project').setInputFiles(resolve('examples/sushi'));
  await expect(canvas(page)).toBeVisible({ timeout: 60_000 });
});

test('a storage that is nearly full is said before it is, and what has no room is refused at once', async ({
  page,
  context,
  served,
}, info) => {
  test.setTimeout(120_000);
  await openSample(page, served.url);
  const protocol = await context.newCDPSession(page);
  const { usage } = await protocol.send('Storage.getUsageAndQuota', { origin: new URL(served.url).origin });
  await protocol.send('Storage.overrideQuotaForOrigin', {
    origin: new URL(served.url).origin,
    quotaSize: usage + 16 * 1024 ** 2,
  });
  await expect(page.getByText(/storage is nearly full: .* are left/)).toBeVisible({ timeout: 30_000 });
  await page.getByRole('button', { name: 'Show the projects' }).click();
  await expect(projects(page)).toBeVisible();
  const large = info.outputPath('large.csv');
  writeFileSync(large, `a\n${'1234567\n'.repeat(1 << 20)}`);
  const chooser = page.waitForEvent('filechooser');
  await page.getByRole('button', { name: 'Choose files' }).click();
  await (await chooser).setFiles(large);
  await expect(page.getByText('There is no room for large.csv.')).toBeVisible();
});

test('a browser without storage or locks is told what to do', async ({ page, served }) => {
  await page.addInitScript(() => {
    Reflect.deleteProperty(Navigator.prototype, 'locks');
  });
  await page.goto(served.url);
  await expect(page.getByRole('heading', { name: 'This browser cannot keep two tabs apart' })).toBeVisible();
  await page.addInitScript(() => {
    Reflect.deleteProperty(StorageManager.prototype, 'getDirectory');
  });
  await page.goto(served.url);
  await expect(page.getByRole('heading', { name: 'This window gives the page no storage' })).toBeVisible();
  await page.addInitScript(() => {
    Object.defineProperty(window, 'isSecureContext', { value: false });
  });
  await page.goto(served.url);
  await expect(page.getByRole('heading', { name: 'This address gives the page no storage' })).toBeVisible();
});
