import { join, normalize, sep } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { BrowserWindow, UtilityProcess } from 'electron';

/** The module that Electron gives a main process, handed in so that tests can stand in for it. */
export type Electron = typeof import('electron');

export interface ShellFiles {
  /** the built window */
  readonly rendererDir: string;
  readonly preload: string;
  readonly utility: string;
}

const ORIGIN = 'app://teal';

/** The window may load its own files, nothing else, and run no text as code. */
const POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data:",
  "font-src 'self'",
  "worker-src 'self' blob:",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

/**
 * The desktop shell: one window over `app://`, the service in a process of its own, and one message port between them. The shell
 * itself touches no data.
 */
export function createShell(electron: Electron, files: ShellFiles): void {
  const { app, protocol } = electron;
  if (!app.requestSingleInstanceLock()) {
    app.quit();
    return;
  }
  protocol.registerSchemesAsPrivileged([
    { scheme: 'app', privileges: { standard: true, secure: true, supportFetchAPI: true } },
  ]);
  let window: BrowserWindow | undefined;
  app.on('second-instance', () => focusWindow(window));
  app.on('window-all-closed', () => app.quit());
  app.on('web-contents-created', (_event, contents) => {
    contents.on('will-navigate', (event) => event.preventDefault());
    contents.setWindowOpenHandler(() => ({ action: 'deny' }));
  });
  void app.whenReady().then(async () => {
    serveWindow(electron, files.rendererDir);
    denyPermissions(electron);
    const host = startHostProcess(electron, files.utility);
    app.on('before-quit', () => host.kill());
    window = await openWindow(electron, files, host);
  });
}

function focusWindow(window: BrowserWindow | undefined): void {
  if (!window) return;
  if (window.isMinimized()) window.restore();
  window.focus();
}

function serveWindow(electron: Electron, dir: string): void {
  electron.protocol.handle('app', async (request) => {
    const path = decodeURIComponent(new URL(request.url).pathname);
    const file = join(dir, normalize(path === '/' ? '/index.html' : path));
    if (!file.startsWith(dir + sep)) return new Response('Not found.', { status: 404 });
    const response = await electron.net.fetch(pathToFileURL(file).toString());
    const headers = new Headers(response.headers);
    headers.set('content-security-policy', POLICY);
    headers.set('x-content-type-options', 'nosniff');
    return new Response(response.body, { status: response.status, headers });
  });
}

function denyPermissions(electron: Electron): void {
  electron.session.defaultSession.setPermissionRequestHandler((_contents, _permission, answer) =>
    answer(false),
  );
  electron.session.defaultSession.setPermissionCheckHandler(() => false);
}

function startHostProcess(electron: Electron, utility: string): UtilityProcess {
  // A running query holds a thread of libuv's pool; its usual four would starve the reads beside a backfill.
  return electron.utilityProcess.fork(utility, process.argv.slice(2), {
    serviceName: 'Teal host',
    env: { ...process.env, UV_THREADPOOL_SIZE: '16' },
  });
}

async function openWindow(
  electron: Electron,
  files: ShellFiles,
  host: UtilityProcess,
): Promise<BrowserWindow> {
  const window = new electron.BrowserWindow({
    width: 1440,
    height: 900,
    minWidth: 800,
    minHeight: 560,
    show: false,
    title: 'Teal',
    webPreferences: { preload: files.preload, sandbox: true, contextIsolation: true, nodeIntegration: false },
  });
  window.once('ready-to-show', () => window.show());
  // The window asks for its port when it listens, and again if it was loaded anew.
  electron.ipcMain.on('teal:ready', (event) => {
    if (event.sender !== window.webContents) return;
    const { port1, port2 } = new electron.MessageChannelMain();
    host.postMessage({ type: 'attach' }, [port1]);
    window.webContents.postMessage('teal:port', null, [port2]);
  });
  electron.ipcMain.handle('teal:pick-folder', async (event) => {
    if (event.sender !== window.webContents) return null;
    const picked = await electron.dialog.showOpenDialog(window, {
      properties: ['openDirectory', 'createDirectory'],
    });
    return picked.canceled ? null : (picked.filePaths[0] ?? null);
  });
  await window.loadURL(`${ORIGIN}/`);
  return window;
}
