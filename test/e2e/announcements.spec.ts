import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { compareShadow, withShadows } from './states';
import { expect, goTo, test } from './support';

/** Keeps all that the live regions of the window say, in order. */
async function listen(page: Page): Promise<() => Promise<string[]>> {
  await page.addInitScript(() => {
    const heard: string[] = [];
    Object.assign(window, { heard });
    const add = (node: Node): void => {
      const region = node.parentElement?.closest('[aria-atomic="false"]');
      if (node.nodeName === 'P' && region) heard.push(`${region.getAttribute('role')}: ${node.textContent}`);
    };
    new MutationObserver((records) => {
      for (const { addedNodes } of records) addedNodes.forEach(add);
    }).observe(document, { childList: true, subtree: true });
  });
  return () => page.evaluate(() => (window as unknown as { heard: string[] }).heard);
}

test('a fill is told from its start to its end, in whichever room', async ({ page, teal }) => {
  const heard = await listen(page);
  await page.goto(await teal.start(teal.project));
  await goTo(page, 'Canvas');
  await page.getByRole('button', { name: 'Fill 10 models' }).click();
  await page.getByRole('button', { name: /Fill and make live 10 models/ }).click();
  await page.getByRole('button', { name: 'Pause' }).click();
  await expect(page.getByRole('heading', { name: /^Paused/ })).toBeVisible();
  await page.getByRole('button', { name: 'Resume' }).click();
  await goTo(page, 'History');
  await expect.poll(heard, { timeout: 60_000 }).toContainEqual(expect.stringMatching(/live as release 1$/));
  const run = (await heard()).filter((text) => text.includes('Plan of prod') || text.includes('lan of'));
  expect(run[0]).toMatch(/^status: .* started, \d+ batches$/);
  expect(run).toContainEqual(expect.stringMatching(/is paused, \d+ of \d+ batches filled and kept$/));
  expect(run).toContainEqual(expect.stringMatching(/goes on, \d+ of \d+ batches$/));
  expect(run).toContainEqual(expect.stringMatching(/^status: Three quarters of .* is filled/));
  expect(run.length).toBeLessThanOrEqual(10);
});

test('a failure interrupts with its place and reason', async ({ page, teal }) => {
  const file = join(teal.project, 'models/mart/daily_sales.sql');
  writeFileSync(file, readFileSync(file, 'utf8').replace('COUNT(*)::BIGINT', "('x' || COUNT(*))::BIGINT"));
  const heard = await listen(page);
  await page.goto(await teal.start(teal.project));
  await goTo(page, 'Canvas');
  await page.getByRole('button', { name: 'Fill 10 models' }).click();
  await page.getByRole('button', { name: /Fill and make live 10 models/ }).click();
  await expect
    .poll(heard, { timeout: 60_000 })
    .toContainEqual(expect.stringMatching(/^alert: .* failed in mart\.daily_sales, .*: /));
});

test('a comparison, a swap and a rollback say what came of them', async ({ page, teal }) => {
  test.setTimeout(180_000);
  const heard = await listen(page);
  await page.goto(await withShadows(teal));
  await compareShadow(page);
  await expect.poll(heard).toContain('status: Changed as expected, 5 models');
  await page.getByRole('button', { name: 'Go to the swap' }).click();
  await page.getByRole('button', { name: /^Swap 5 models/ }).click();
  await expect
    .poll(heard)
    .toContainEqual(expect.stringMatching(/^status: Release 2 is live: 5 models swapped/));
  await page.getByRole('button', { name: 'Roll back to release 1' }).first().click();
  await expect
    .poll(heard)
    .toContainEqual(expect.stringMatching(/^status: Release 3 is live: 5 models rolled back/));
});

test('a lost connection is said, takes Pause and Stop away with the reason, and is said to be back', async ({
  page,
  teal,
}) => {
  const heard = await listen(page);
  let drop: (() => void) | undefined;
  let isDown = false;
  await page.routeWebSocket(/./, (socket) => {
    if (isDown) {
      void socket.close();
      return;
    }
    socket.connectToServer();
    drop = () => void socket.close();
  });
  await page.goto(await teal.start(teal.project));
  await goTo(page, 'Canvas');
  await page.getByRole('button', { name: 'Fill 10 models' }).click();
  await page.getByRole('button', { name: /Fill and make live 10 models/ }).click();
  await page.getByRole('button', { name: 'Pause' }).click();
  await expect(page.getByRole('heading', { name: /^Paused/ })).toBeVisible();
  isDown = true;
  drop?.();
  await expect
    .poll(heard)
    .toContainEqual(expect.stringMatching(/^alert: Connection lost, your work is kept/));
  for (const name of ['Pause', 'Resume', /^Stop/]) {
    const button = page.getByRole('button', { name });
    await expect(button).toBeDisabled();
    await expect(button).toHaveAccessibleDescription('Not while the connection is lost');
  }
  isDown = false;
  await expect.poll(heard, { timeout: 30_000 }).toContain('status: Connection is back');
  await expect(page.getByRole('button', { name: 'Resume' })).toBeEnabled();
});
