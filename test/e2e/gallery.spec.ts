import { type ChildProcess, spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { expect, test } from '@playwright/test';
import { expectAccessible } from './support';

let server: ChildProcess;
let url: string;

test.beforeAll(async () => {
  server = spawn(process.execPath, [resolve('build/gallery.mjs'), '--no-open'], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  url = await new Promise<string>((found, failed) => {
    server.stdout?.once('data', (line: Buffer) => found(line.toString().trim()));
    server.once('exit', (code) => failed(new Error(`The gallery ended with ${code}.`)));
  });
});

test.afterAll(async () => {
  const ended = new Promise((done) => server.once('exit', done));
  server.kill('SIGTERM');
  await ended;
});

for (const theme of ['light', 'dark']) {
  test(`every primitive is accessible, ${theme}`, async ({ page }) => {
    await page.emulateMedia({ reducedMotion: 'reduce' });
    await page.goto(`${url}#${theme}`);
    await expect(page.getByRole('grid', { name: 'Grid, rows with profiles' })).toContainText('2025-03-01');
    await expect(page.getByRole('textbox', { name: 'SQL with a fault' })).toBeVisible();
    await expectAccessible(page);
    await page.getByRole('button', { name: 'Add', exact: true }).first().click();
    await expect(page.getByRole('menu')).toBeVisible();
    await expectAccessible(page);
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: 'New model' }).click();
    await expect(page.getByRole('dialog', { name: 'New model' })).toBeVisible();
    await expectAccessible(page);
  });
}

test('both themes stand side by side, and nothing of it is in the window', async ({ page }) => {
  const faults: string[] = [];
  page.on('pageerror', (error) => faults.push(error.message));
  await page.goto(url);
  for (const theme of ['light', 'dark']) {
    const frame = page.frameLocator(`iframe[title="Gallery, ${theme}"]`);
    await expect(frame.getByRole('heading', { name: `Primitives, ${theme}` })).toBeVisible();
    await expect(frame.locator('html')).toHaveAttribute('data-theme', theme);
  }
  expect(faults).toEqual([]);
  const index = readFileSync(resolve('dist/renderer/index.html'), 'utf8');
  const scripts = [...index.matchAll(/assets\/[\w.-]+\.js/g)].map(([path]) => path);
  expect(scripts.length).toBeGreaterThan(0);
  for (const script of scripts) {
    expect(readFileSync(join(resolve('dist/renderer'), script), 'utf8')).not.toContain('Gallery, ');
    expect(script).not.toContain('gallery');
  }
});
