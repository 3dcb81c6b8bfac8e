import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { test as base, type ElectronApplication, _electron as electron, expect } from '@playwright/test';
import { mainJob } from './main-job-steps';

const { installedElectron } = (await import(pathToFileURL(resolve('build/electron.mjs')).href)) as {
  installedElectron(): string | undefined;
};
const program = installedElectron();

interface RealShell {
  readonly home: string;
  readonly project: string;
  start(...args: readonly string[]): Promise<ElectronApplication>;
}

/** The shell in the real Electron, where its program is on this machine. */
const test = base.extend<{ shell: RealShell }>({
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the names of the fixtures from the pattern.
  shell: async ({}, use) => {
    const home = mkdtempSync(join(tmpdir(), 'teal-electron-'));
    const project = join(home, 'sushi');
    cpSync(resolve('examples/sushi'), project, { recursive: true });
    const apps: ElectronApplication[] = [];
    const inherited = Object.entries(process.env).filter(
      (entry): entry is [string, string] => entry[1] !== undefined,
    );
    await use({
      home,
      project,
      start: async (...args) => {
        const app = await electron.launch({
          ...(program === undefined ? {} : { executablePath: program }),
          args: [...(process.getuid?.() === 0 ? ['--no-sandbox'] : []), resolve('.'), ...args],
          env: { ...Object.fromEntries(inherited), HOME: home, TEAL_STATE_DIR: join(home, 'state') },
        });
        apps.push(app);
        return app;
      },
    });
    for (const app of apps) await app.close();
    rmSync(home, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 });
  },
});

test.skip(program === undefined, "Electron's program is not here.");

test('the main job of the sample in the real shell', async ({ shell }) => {
  test.setTimeout(180_000);
  const app = await shell.start();
  await mainJob(await app.firstWindow());
});

test('the real shell opens the folder that it was started with, in a sandbox, with its menus', async ({
  shell,
}) => {
  const app = await shell.start('-p', shell.project);
  const page = await app.firstWindow();
  await expect(page.getByRole('button', { name: 'Fill 10 models' })).toBeVisible();
  expect(page.url()).toBe('app://teal/');
  expect(await page.evaluate(() => [typeof Reflect.get(window, 'require'), window.isSecureContext])).toEqual([
    'undefined',
    true,
  ]);
  const menus = await app.evaluate(({ Menu }) => Menu.getApplicationMenu()?.items.map(({ label }) => label));
  expect(menus).toContain('File');
  expect(menus).toContain('View');
});

test('the real shell starts its host again after a crash', async ({ shell }) => {
  const app = await shell.start('-p', shell.project);
  const page = await app.firstWindow();
  await expect(page.getByRole('button', { name: 'Fill 10 models' })).toBeVisible();
  const crashed = await app.evaluate(({ app: electronApp }) => {
    const host = electronApp.getAppMetrics().find(({ name }) => name === 'Teal host');
    if (host) process.kill(host.pid, 'SIGKILL');
    return host !== undefined;
  });
  expect(crashed).toBe(true);
  await page.getByRole('navigation').getByText('History', { exact: true }).click();
  await expect(page.getByRole('heading', { name: 'History', level: 1 })).toBeAttached();
  await expect(page.getByText(/Connection lost/)).toHaveCount(0);
});
