import { once } from 'node:events';
import type { Page } from '@playwright/test';
import { mainJob } from './main-job-steps';
import { expect, test } from './shell-support';
import { goTo } from './support';

test('from nothing to a swap and back in the desktop shell, by mouse', async ({ desktop }) => {
  test.setTimeout(180_000);
  const shell = await desktop.start();
  const page = await shell.page();
  const complaints: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(message.text());
  });
  await mainJob(page);
  expect(complaints).toEqual([]);
  expect(shell.machine.escaped).toEqual([]);
  expect(shell.utilities).toHaveLength(1);
});

/** Starts the first fill of the sample and waits until some of its batches are done. */
async function beginFill(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Fill 10 models' }).click();
  await page.getByRole('button', { name: /Fill and make live 10 models/ }).click();
  await expect(page.getByText(/[1-9]\d* of \d+ batches/).first()).toBeVisible();
}

async function resumeFill(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Resume' }).click();
  await expect(page.getByRole('heading', { name: /^Filled/ })).toBeVisible({ timeout: 60_000 });
  await goTo(page, 'Releases');
  await expect(page.getByText('Release 1').first()).toBeVisible();
}

test('a host that crashes in the middle of a run is started again, and the run is resumed', async ({
  desktop,
}) => {
  test.setTimeout(120_000);
  const shell = await desktop.start({ args: ['-p', desktop.project] });
  const page = await shell.page();
  await beginFill(page);
  shell.utilities[0]?.crash();
  await expect.poll(() => shell.utilities.length).toBe(2);
  expect(shell.utilities[1]?.args).toEqual(['-p', desktop.project]);
  await expect(page.getByRole('heading', { name: /^Interrupted/ })).toBeVisible();
  await resumeFill(page);
});

test('quitting in the middle of a run keeps every batch, says so, and the next start resumes it', async ({
  desktop,
}) => {
  test.setTimeout(120_000);
  const shell = await desktop.start({ args: ['-p', desktop.project] });
  await beginFill(await shell.page());
  await shell.quit();
  const [told] = shell.dialog.boxes;
  const done = Number(/after (\d+) of \d+ batches/.exec(told?.message ?? '')?.[1]);
  expect(done).toBeGreaterThan(0);
  expect(told?.detail).toContain('They are kept.');

  const next = await desktop.start({ args: ['-p', desktop.project] });
  const page = await next.page();
  await goTo(page, 'Backfill');
  await expect(page.getByRole('heading', { name: /^Stopped/ })).toBeVisible();
  await expect(page.getByText(new RegExp(`${done} of \\d+ batches`)).first()).toBeVisible();
  await resumeFill(page);
});

test('closing the window ends the host and the app, and asks nothing while no run is under way', async ({
  desktop,
}) => {
  const shell = await desktop.start({ args: ['-p', desktop.project] });
  const page = await shell.page();
  await expect(page.getByRole('button', { name: 'Fill 10 models' })).toBeVisible();
  shell.window().close();
  await expect.poll(() => shell.app.hasEnded).toBe(true);
  await expect.poll(() => shell.utilities[0]?.hasEnded).toBe(true);
  expect(shell.dialog.boxes).toEqual([]);
});

test('a host that crashes again and again is not started for ever', async ({ desktop }) => {
  const shell = await desktop.start({
    args: ['-p', desktop.project],
    prepare: ({ dialog }) => {
      dialog.holds = true;
    },
  });
  const page = await shell.page();
  for (let crash = 1; crash <= 4; crash++) {
    await expect.poll(() => shell.utilities.length).toBe(crash);
    await expect(page.getByRole('button', { name: 'SQL Sushi Co.' })).toBeVisible();
    shell.utilities.at(-1)?.crash();
  }
  await expect.poll(() => shell.dialog.boxes.length).toBe(1);
  expect(shell.dialog.boxes[0]?.message).toContain('ended four times');
  expect(shell.utilities).toHaveLength(4);
  shell.dialog.answer(0);
  await expect.poll(() => shell.utilities.length).toBe(5);
  await expect(page.getByText(/Connection lost/)).toHaveCount(0);
  await expect(page.getByRole('button', { name: 'Fill 10 models' })).toBeVisible();
});

test('a page that is loaded again asks for its port again and shows the same project', async ({
  desktop,
}) => {
  const shell = await desktop.start({ args: ['-p', desktop.project] });
  const page = await shell.page();
  await expect(page.getByRole('button', { name: 'Fill 10 models' })).toBeVisible();
  shell.window().webContents.reload();
  await page.waitForEvent('load');
  await expect(page.getByRole('button', { name: 'Fill 10 models' })).toBeVisible();
  expect(shell.utilities).toHaveLength(1);
});

test('a page that crashes is loaded again, and a run goes on meanwhile', async ({ desktop }) => {
  test.setTimeout(120_000);
  const shell = await desktop.start({ args: ['-p', desktop.project] });
  const page = await shell.page();
  await beginFill(page);
  const gone = once(shell.window().webContents, 'render-process-gone');
  await page.goto('chrome://crash').catch(() => undefined);
  await gone;
  const next = await shell.page();
  expect(next).not.toBe(page);
  await goTo(next, 'Backfill');
  await expect(next.getByRole('heading', { name: /^Filled/ })).toBeVisible({ timeout: 60_000 });
  expect(shell.utilities).toHaveLength(1);
});

test("the host has its own process with a pool of sixteen, and opens the folder of the shell's start", async ({
  desktop,
}) => {
  const shell = await desktop.start({ args: ['-p', desktop.project] });
  const [host] = shell.utilities;
  expect(host?.env['UV_THREADPOOL_SIZE']).toBe('16');
  expect(host?.pid).not.toBe(process.pid);
  await expect((await shell.page()).getByRole('button', { name: 'SQL Sushi Co.' })).toBeVisible();
});
