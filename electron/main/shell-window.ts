import type { BrowserWindow } from 'electron';
import { channels, type ShellAsk, type WindowOffer } from '../../shared/protocol/desktop';
import { pickFiles, pickFolder, tellWindowGone } from './dialogs';
import type { Electron } from './electron';
import { readMessage, windowMessages } from './messages';
import { ORIGIN } from './policy';
import { fitPlace, keepPlace, readPlace, SMALLEST, type WindowPlace } from './window-place';

/** so often within a minute its page is loaded again */
const MOST_RELOADS = 3;
const MINUTE = 60_000;

export interface WindowOptions {
  readonly preload: string;
  /** where the place of the window is kept */
  readonly placeFile: string;
  /** the window listens and wants a port of the host */
  onReady(window: BrowserWindow): void;
  onOffer(offer: WindowOffer): void;
  /** the user closes the window; false keeps it open */
  mayClose(): boolean;
}

/** The one window: its place is remembered, its page loaded again after a crash, its messages checked. */
export interface ShellWindow {
  ask(ask: ShellAsk): void;
  /** tells the page that its port leads nowhere any more */
  lose(): void;
  focus(): void;
}

export function openWindow(electron: Electron, options: WindowOptions): ShellWindow {
  const kept = readPlace(options.placeFile);
  const { nativeTheme, screen, BrowserWindow } = electron;
  nativeTheme.themeSource = kept.theme;
  const areas = [screen.getPrimaryDisplay(), ...screen.getAllDisplays()].map(({ workArea }) => workArea);
  const { x, y, width, height, maximised } = fitPlace(kept, areas);
  const window = new BrowserWindow({
    width,
    height,
    ...(x === undefined || y === undefined ? {} : { x, y }),
    minWidth: SMALLEST.width,
    minHeight: SMALLEST.height,
    show: false,
    title: 'Teal',
    // The window's own surfaces, so that nothing flashes before its first paint.
    backgroundColor: nativeTheme.shouldUseDarkColors ? '#0d1015' : '#f5f6f8',
    webPreferences: {
      preload: options.preload,
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      spellcheck: false,
    },
  });
  window.once('ready-to-show', () => {
    if (maximised) window.maximize();
    window.show();
  });
  window.on('close', (event) => {
    if (!options.mayClose()) return event.preventDefault();
    keepPlace(options.placeFile, placeOf(window, electron));
  });
  reloadAfterCrash(electron, window);
  // What is asked before the page listens would be lost.
  let waiting: ShellAsk[] | undefined = [];
  const ask = (wish: ShellAsk): void => {
    if (waiting) waiting.push(wish);
    else window.webContents.send(channels.ask, wish);
  };
  const onReady = (): void => {
    const asked = waiting ?? [];
    waiting = undefined;
    asked.forEach(ask);
    options.onReady(window);
  };
  listen(electron, window, { ...options, onReady });
  window.loadURL(`${ORIGIN}/`).catch((error: unknown) => console.error('The window was not loaded.', error));
  return {
    ask,
    lose: () => window.webContents.send(channels.lost),
    focus: () => {
      if (window.isMinimized()) window.restore();
      window.focus();
    },
  };
}

function placeOf(window: BrowserWindow, { nativeTheme }: Electron): WindowPlace {
  return { ...window.getNormalBounds(), maximised: window.isMaximized(), theme: nativeTheme.themeSource };
}

function reloadAfterCrash(electron: Electron, window: BrowserWindow): void {
  let crashes: number[] = [];
  window.webContents.on('render-process-gone', (_event, { reason }) => {
    if (reason === 'clean-exit') return;
    const now = Date.now();
    crashes = [...crashes.filter((at) => now - at < MINUTE), now];
    if (crashes.length <= MOST_RELOADS) window.webContents.reload();
    else void tellWindowGone(electron).then(() => window.destroy());
  });
}

function listen({ ipcMain, dialog, ...rest }: Electron, window: BrowserWindow, options: WindowOptions): void {
  const electron = { ipcMain, dialog, ...rest };
  const { nothing, offer, pickFrom } = windowMessages;
  ipcMain.on(channels.ready, (event, value: unknown) => {
    if (readMessage(event, window, nothing, value)) options.onReady(window);
  });
  ipcMain.on(channels.offer, (event, value: unknown) => {
    const message = readMessage(event, window, offer, value);
    if (message) options.onOffer(message.value);
  });
  ipcMain.handle(channels.pickFolder, (event, value: unknown) =>
    readMessage(event, window, nothing, value) ? pickFolder(electron, window) : null,
  );
  ipcMain.handle(channels.pickFiles, (event, value: unknown) => {
    const message = readMessage(event, window, pickFrom, value);
    return message ? pickFiles(electron, window, message.value) : [];
  });
}
