// A terminal and a window on one project at once.
import { spawn } from 'node:child_process';
import { cpSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { expect, goTo, test } from './support';

/** Runs `teal ARGS` beside the window's server, to its end. */
function teal(dir: string, args: readonly string[]): Promise<{ code: number | null; out: string }> {
  const child = spawn(process.execPath, [resolve('dist/node/teal.js'), ...args], {
    env: { ...process.env, TEAL_STATE_DIR: join(dir, 'state'), HOME: dir },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let out = '';
  child.stdout.on('data', (piece: Buffer) => {
    out += piece.toString();
  });
  return new Promise((ended) => child.once('close', (code) => ended({ code, out })));
}

test('what a terminal fills and swaps is seen in the open window', async ({ page, teal: server }) => {
  test.setTimeout(120_000);
  await page.goto(await server.start(server.project));
  await expect(page.getByText('SQL Sushi Co.').first()).toBeVisible();
  await goTo(page, 'Backfill');
  const at = ['--execution-time', '2025-04-01'];
  const filled = teal(server.dir, ['-p', server.project, 'plan', '--auto-apply', ...at]);
  await expect(page.getByRole('heading', { name: /^Fill(ing|ed)/ })).toBeVisible({ timeout: 60_000 });
  expect((await filled).code).toBe(0);
  await expect(page.getByRole('heading', { name: /^Filled/ })).toBeVisible({ timeout: 60_000 });
  await goTo(page, 'Releases');
  await expect(page.getByText('Release 1').first()).toBeVisible();
  cpSync(join(server.project, 'fixes/fix_discount'), server.project, { recursive: true });
  const brief = ['-p', server.project, 'backfill', 'backfills/fix-discount.yaml', ...at];
  expect((await teal(server.dir, brief)).code).toBe(0);
  expect((await teal(server.dir, ['-p', server.project, 'swap', 'fix_discount'])).code).toBe(0);
  await expect(page.getByText(/Release 2/).first()).toBeVisible();
});

test('a project that another Teal has open is told with its process and what to do', async ({
  page,
  teal: server,
}) => {
  const first = await server.start(server.project);
  await page.goto(first);
  await expect(page.getByText('SQL Sushi Co.').first()).toBeVisible();
  await page.goto('about:blank');
  await page.goto(await server.start());
  await page.getByRole('button', { name: /SQL Sushi Co\./ }).click();
  await expect(
    page.getByText(/open in another Teal already: browser on the server, process \d+/),
  ).toBeVisible();
  await expect(page.getByText(/--read-only-copy info/)).toBeVisible();
});
