import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test as base, expect } from '@playwright/test';
import { type RunningShell, type Start, startShell } from '../support/electron/start-shell';

const PRELOAD = `
const { contextBridge, ipcRenderer } = require('electron');
let port;
contextBridge.exposeInMainWorld('bridge', {
  version: 3,
  add: (a, b) => a + b,
  fail: () => { throw new Error('no'); },
  ask: (text) => ipcRenderer.invoke('ask', text),
  each: (tell) => [1, 2].forEach((number) => tell(number)),
});
globalThis.secret = 'only here';
ipcRenderer.on('port', (event) => window.postMessage('port', '*', event.ports));
`;

const UTILITY = `
process.parentPort.on('message', ({ data, ports: [port] }) => {
  if (data === 'crash') process.kill(process.pid, 'SIGKILL');
  if (!port) return process.parentPort.postMessage({ heard: data, args: process.argv.slice(2) });
  port.on('message', ({ data: bytes }) => {
    if (bytes === 'close') port.close();
    else port.postMessage(bytes.map((byte) => byte + 1));
  });
  port.start();
});
`;

/** A small app that does with Electron what the test says; `setUp` runs once the app is ready. */
const main = (setUp: string): string => `
import * as electron from 'electron';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
const { app, BrowserWindow, ipcMain, protocol, session, utilityProcess, MessageChannelMain, Menu } = electron;
const here = dirname(fileURLToPath(import.meta.url));
const isFirst = app.requestSingleInstanceLock({ from: 'start' });
if (!isFirst) app.quit();
else app.whenReady().then(() => {
  protocol.handle('app', (request) => new Response('<title>' + new URL(request.url).pathname + '</title><p>Hello</p>', {
    headers: { 'content-type': 'text/html', 'content-security-policy': "default-src 'none'" },
  }));
  ipcMain.handle('ask', (event, text) => {
    if (text === 'refuse') throw new Error('refused');
    return text + ' from ' + event.senderFrame.url;
  });
  ${setUp}
  const window = new BrowserWindow({ width: 700, height: 500, webPreferences: { preload: join(here, 'preload.cjs') } });
  window.loadURL('app://teal/');
  globalThis.small = { app, window, host: () => utilityProcess.fork(join(here, 'utility.js'), ['-x']), MessageChannelMain, Menu };
});
`;

interface Small {
  start(setUp?: string, more?: Partial<Start>): Promise<RunningShell>;
}

/** Small apps on the stand-in, without anything of Teal. */
const test = base.extend<{ small: Small }>({
  small: async ({ browser }, use) => {
    const home = mkdtempSync(join(tmpdir(), 'teal-stand-in-'));
    const shells: RunningShell[] = [];
    await use({
      start: async (setUp = '', more = {}) => {
        const dist = mkdtempSync(join(home, 'app-'));
        writeFileSync(join(dist, 'package.json'), '{"type":"module"}');
        writeFileSync(join(dist, 'preload.cjs'), PRELOAD);
        writeFileSync(join(dist, 'utility.js'), UTILITY);
        writeFileSync(join(dist, 'main.js'), main(setUp));
        const shell = await startShell(browser, { dist, home, ...more });
        shells.push(shell);
        return shell;
      },
    });
    for (const shell of shells) if (!shell.app.hasEnded) await shell.quit();
    for (const shell of shells) await shell.machine.closed;
    rmSync(home, { recursive: true, force: true });
  },
});

/** What the small app left where its test can reach it. */
function left<T>(): T {
  return Reflect.get(globalThis, 'small') as T;
}

test('a window shows what the handler of its scheme answers, under the policy that it sends', async ({
  small,
}) => {
  const shell = await small.start();
  const page = await shell.page();
  await expect(page).toHaveTitle('/');
  expect(page.viewportSize()).toEqual({ width: 700, height: 500 });
  const loaded = await page.evaluate(() =>
    fetch('/x').then(
      () => 'loaded',
      () => 'blocked',
    ),
  );
  expect(loaded).toBe('blocked');
});

test('a preload script has a world of its own, and hands over what it exposes', async ({ small }) => {
  const page = await (await small.start()).page();
  const seen = await page.evaluate(async () => {
    const bridge = Reflect.get(window, 'bridge');
    const numbers: number[] = [];
    bridge.each((number: number) => numbers.push(number));
    let failure = '';
    try {
      bridge.fail();
    } catch (error) {
      failure = String(error);
    }
    const refusal = await bridge.ask('refuse').catch((error: Error) => error.message);
    const answer = await bridge.ask('hello');
    return [
      bridge.version,
      bridge.add(1, 2),
      numbers,
      failure,
      answer,
      refusal,
      typeof Reflect.get(window, 'secret'),
    ];
  });
  expect(seen).toEqual([
    3,
    3,
    [1, 2],
    expect.stringContaining('no'),
    'hello from app://teal/',
    expect.stringContaining('refused'),
    'undefined',
  ]);
});

test('a port carries bytes between a page and a process, and the end of a process is heard', async ({
  small,
}) => {
  const shell = await small.start();
  const page = await shell.page();
  await page.evaluate(() => {
    window.addEventListener('message', ({ data, ports: [port] }) => {
      if (data !== 'port' || !port) return;
      port.onmessage = ({ data: bytes }) => {
        document.title = [...(bytes as Uint8Array)].join();
      };
      port.postMessage(new Uint8Array([1, 2, 255]));
      Reflect.set(window, 'port', port);
    });
  });
  const {
    window: shown,
    host,
    MessageChannelMain,
  } = left<{
    window: { webContents: { postMessage(...given: unknown[]): void } };
    host(): RunningShell['utilities'][number];
    MessageChannelMain: new () => { port1: unknown; port2: unknown };
  }>();
  const utility = host();
  const { port1, port2 } = new MessageChannelMain();
  utility.postMessage('take', [port1]);
  shown.webContents.postMessage('port', null, [port2]);
  await expect(page).toHaveTitle('2,3,0');

  const heard: unknown[] = [];
  utility.on('message', (message) => heard.push(message));
  utility.postMessage('hello');
  await expect.poll(() => heard).toEqual([{ heard: 'hello', args: ['-x'] }]);
  const ended: unknown[] = [];
  utility.on('exit', (code) => ended.push(code));
  utility.postMessage('crash');
  await expect.poll(() => ended).toHaveLength(1);
  expect(utility.hasEnded).toBe(true);
});

test('without handlers everything is granted, and with them what they say', async ({ small }) => {
  const stateOf = async (setUp: string): Promise<string> => {
    const shell = await small.start(setUp);
    const page = await shell.page();
    const text = await page.evaluate(() =>
      navigator.permissions.query({ name: 'geolocation' }).then(({ state }) => state),
    );
    await shell.quit();
    return text;
  };
  expect(await stateOf('')).toBe('granted');
  expect(await stateOf('session.defaultSession.setPermissionCheckHandler(() => false);')).toBe('denied');
  const deny =
    'session.defaultSession.setPermissionRequestHandler((contents, name, answer) => answer(false));';
  expect(await stateOf(deny)).toBe('denied');
});

test('a navigation that nobody prevents is made, one that is prevented is not', async ({ small }) => {
  const shell = await small.start(`app.on('web-contents-created', (made, contents) => {
    contents.on('will-navigate', (event) => { if (event.url.endsWith('/no')) event.preventDefault(); });
  });`);
  const page = await shell.page();
  await page.evaluate(() => window.location.assign('/no'));
  await page.evaluate(() => window.location.assign('/yes'));
  await expect(page).toHaveTitle('/yes');
});

test('one start holds the lock, and hears of the next', async ({ small }) => {
  const heard = `app.on('second-instance', (event, argv, cwd, data) => { globalThis.heard = [argv.at(-1), data]; });`;
  const first = await small.start(heard);
  const second = await small.start(heard, { args: ['--again'] });
  expect([first.app.hasEnded, second.app.hasEnded]).toEqual([false, true]);
  expect(Reflect.get(globalThis, 'heard')).toEqual(['--again', { from: 'start' }]);
});

test('an app that prevents its end stays, and ends in the order of Electron', async ({ small }) => {
  const shell = await small.start(`globalThis.order = [];
    let asked = 0;
    app.on('before-quit', (event) => { order.push('before-quit'); if (++asked === 1) event.preventDefault(); });
    for (const name of ['window-all-closed', 'will-quit', 'quit']) app.on(name, () => order.push(name));`);
  shell.app.quit();
  expect(shell.app.hasEnded).toBe(false);
  await shell.quit();
  expect(Reflect.get(globalThis, 'order')).toEqual(['before-quit', 'before-quit', 'will-quit', 'quit']);
});

test('a key reaches a menu only where the page leaves it alone and the menu registered it', async ({
  small,
}) => {
  const shell = await small.start(`globalThis.pressed = [];
    const item = (label, accelerator, more) => ({ label, accelerator, click: () => pressed.push(label), ...more });
    Menu.setApplicationMenu(Menu.buildFromTemplate([{ label: 'File', submenu: [
      item('Heard', 'CommandOrControl+1'), item('Shown', 'CommandOrControl+2', { registerAccelerator: false }),
      item('Taken', 'CommandOrControl+3'), item('Grey', 'CommandOrControl+4', { enabled: false }),
    ] }]));`);
  const page = await shell.page();
  await page.evaluate(() =>
    document.addEventListener('keydown', (event) => {
      if (event.key === '3') event.preventDefault();
    }),
  );
  for (const key of ['2', '3', '4', '1']) await page.keyboard.press(`Control+${key}`);
  await expect.poll(() => Reflect.get(globalThis, 'pressed')).toEqual(['Heard']);
  expect(() => shell.menu('File', 'Grey')?.click()).toThrow('Grey is grey.');
});
