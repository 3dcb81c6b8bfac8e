import type { Page } from '@playwright/test';
import { expect, test } from './shell-support';

/** What the page's console says while something is tried in it. */
async function complaintsOf(page: Page, attempt: () => Promise<unknown>): Promise<string> {
  const heard: string[] = [];
  const hear = (message: { text(): string }): void => void heard.push(message.text());
  page.on('console', hear);
  await attempt();
  await expect.poll(() => heard.join('\n')).not.toBe('');
  page.off('console', hear);
  return heard.join('\n');
}

test('no text runs as code, and nothing is loaded from elsewhere', async ({ desktop }) => {
  const shell = await desktop.start();
  const page = await shell.page();
  await expect(page.getByRole('button', { name: 'Open the sample' })).toBeVisible();

  const inline = await complaintsOf(page, () =>
    page.evaluate(() => {
      const script = document.createElement('script');
      script.textContent = 'window.name = "ran"';
      document.body.append(script);
    }),
  );
  expect(inline).toContain('script-src');
  expect(await page.evaluate(() => window.name)).toBe('');

  // Through the page's own timer, since what the debugger evaluates is not held to the policy.
  await page.evaluate(() => {
    window.setTimeout(() => {
      try {
        document.title = String(Reflect.construct(Function, ['return "ran"'])());
      } catch (error) {
        document.title = `refused: ${(error as Error).name}`;
      }
    });
  });
  await expect(page).toHaveTitle('refused: EvalError');

  const remote = await complaintsOf(page, () =>
    page.evaluate(() => {
      for (const tag of ['script', 'img', 'iframe'] as const) {
        const element = document.createElement(tag);
        element.src = 'https://example.org/thing';
        document.body.append(element);
      }
      return fetch('https://example.org/data').catch(() => undefined);
    }),
  );
  for (const directive of ['script-src', 'img-src', 'connect-src', 'default-src'])
    expect(remote).toContain(directive);
  expect(shell.machine.escaped).toEqual([]);
});

test('the page stays where it is and opens no other', async ({ desktop }) => {
  const shell = await desktop.start();
  const page = await shell.page();
  await expect(page.getByRole('button', { name: 'Open the sample' })).toBeVisible();
  const refused: string[] = [];
  shell.window().webContents.on('will-navigate', (event: { url: string; defaultPrevented: boolean }) => {
    if (event.defaultPrevented) refused.push(event.url);
  });
  await page.evaluate(() => window.location.assign('https://example.org/'));
  await expect.poll(() => refused).toEqual(['https://example.org/']);
  await page.evaluate(() => void window.open('https://example.org/other'));
  await expect.poll(() => shell.machine.denied).toEqual(['https://example.org/other']);
  await expect.poll(() => page.context().pages().length).toBe(1);
  await expect(page.getByRole('button', { name: 'Open the sample' })).toBeVisible();
  expect(shell.machine.escaped).toEqual([]);
});

test('permissions are denied, but copying works', async ({ desktop }) => {
  const shell = await desktop.start();
  const page = await shell.page();
  await expect(page.getByRole('button', { name: 'Open the sample' })).toBeVisible();
  const states = await page.evaluate(async () => {
    const names = ['geolocation', 'notifications', 'camera', 'microphone', 'clipboard-read'] as const;
    const found = names.map((name) => navigator.permissions.query({ name: name as PermissionName }));
    return (await Promise.all(found)).map(({ state }) => state);
  });
  expect(states).toEqual(['denied', 'denied', 'denied', 'denied', 'denied']);
  const where = await page.evaluate(
    () =>
      new Promise<string>((done) =>
        navigator.geolocation.getCurrentPosition(
          () => done('found'),
          ({ code, PERMISSION_DENIED }) => done(code === PERMISSION_DENIED ? 'denied' : 'other'),
        ),
      ),
  );
  expect(where).toBe('denied');
  await page.evaluate(() => navigator.clipboard.writeText('teal'));
});

test('the page has the bridge and nothing else of Electron', async ({ desktop }) => {
  const shell = await desktop.start();
  const { webPreferences } = shell.window().options;
  expect(webPreferences).toMatchObject({ sandbox: true, contextIsolation: true, nodeIntegration: false });
  const page = await shell.page();
  const seen = await page.evaluate(() => [
    ...['require', 'process', 'module', 'ipcRenderer', 'tealToNode', 'tealFromNode'].map(
      (name) => typeof Reflect.get(window, name),
    ),
    Object.isFrozen(Reflect.get(window, 'teal')),
  ]);
  expect(seen).toEqual([...Array(6).fill('undefined'), true]);
});

test('what is malformed or comes from elsewhere moves nothing', async ({ desktop }) => {
  const shell = await desktop.start();
  const page = await shell.page();
  await expect.poll(() => shell.menu('File', 'Open a folder')?.enabled).toBe(true);
  const before = shell.menu('View')?.submenu?.labels();
  await page.evaluate(() => {
    const offer = Reflect.get(window, 'teal').offer;
    offer({ actions: [{ id: 'room.x', title: 7 }], project: null, theme: 'dark' });
    offer({ actions: [], project: null, theme: 'purple' });
    offer('nothing');
  });
  const contents = shell.window().webContents;
  const good = { actions: [], project: null, theme: 'dark' };
  const frames = [
    { url: 'https://example.org/', parent: null },
    { url: 'app://teal.example.org/', parent: null },
    { url: 'app://teal/', parent: { url: 'app://teal/' } },
  ];
  for (const senderFrame of frames)
    shell.ipc.take('teal:offer', { sender: contents, senderFrame } as never, [good]);
  const frame = { url: 'app://teal/', parent: null };
  shell.ipc.take('teal:offer', { sender: {}, senderFrame: frame } as never, [good]);
  const picked = await page.evaluate(() => Reflect.get(window, 'teal').pickFiles('everything'));
  expect(picked).toEqual([]);
  expect(shell.dialog.opened).toEqual([]);
  expect(shell.theme.themeSource).toBe('system');
  expect(shell.menu('View')?.submenu?.labels()).toEqual(before);
});

test('only files of the window are served, each with the policy', async ({ desktop }) => {
  const shell = await desktop.start();
  const status = async (url: string) => (await shell.protocol.answer(url))?.status;
  expect(await status('app://teal/')).toBe(200);
  expect(await status('app://teal/logo.svg')).toBe(200);
  expect(await status('app://other/')).toBe(404);
  expect(await status('app://teal/no-such.js')).toBe(404);
  expect(await status('app://teal/%2e%2e/electron/main.js')).toBe(404);
  expect(await status('app://teal/..%2felectron%2fmain.js')).toBe(404);
  expect(await status('app://teal/%E0%A4%A')).toBe(404);
  const { headers } = (await shell.protocol.answer('app://teal/')) ?? {};
  expect(headers?.['content-security-policy']).toContain("default-src 'none'");
  expect(headers?.['content-type']).toBe('text/html; charset=utf-8');
  expect(shell.protocol.schemes).toMatchObject([
    { scheme: 'app', privileges: { standard: true, secure: true } },
  ]);
});
