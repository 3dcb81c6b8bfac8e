import { join, resolve } from 'node:path';
import { channels, type OfferedAction, type WindowOffer } from '../../shared/protocol/desktop';
import { askRestart, tellKept } from './dialogs';
import type { Electron, ShellDeps } from './electron';
import { type HostProcess, startHostProcess } from './host-process';
import { buildMenu } from './menu';
import { startRequest } from './messages';
import { guardContents } from './policy';
import { registerScheme, serveWindow } from './serve-window';
import { openWindow, type ShellWindow } from './shell-window';

/**
 * The desktop shell: one window over `app://`, the service in a process of its own, and one message port between them. The shell
 * itself touches no data.
 */
export function createShell(electron: Electron, deps: ShellDeps): void {
  const { app } = electron;
  if (deps.env['TEAL_STATE_DIR']) app.setPath('userData', join(deps.env['TEAL_STATE_DIR'], 'desktop'));
  const project = projectOf(deps);
  if (!app.requestSingleInstanceLock({ ...(project === undefined ? {} : { project }) })) {
    app.quit();
    return;
  }
  registerScheme(electron);
  const shell = new DesktopShell(electron, deps, project);
  app.on('second-instance', (_event, _argv, _cwd, request) => {
    const parsed = startRequest.safeParse(request);
    shell.takeUp(parsed.success ? parsed.data.project : undefined);
  });
  app.on('open-file', (event, path) => {
    event.preventDefault();
    shell.takeUp(path);
  });
  app.on('window-all-closed', () => app.quit());
  app.on('before-quit', (event) => {
    if (!shell.isClosed) event.preventDefault();
    void shell.quit();
  });
  void app.whenReady().then(() => shell.start());
}

class DesktopShell {
  readonly #electron: Electron;
  readonly #deps: ShellDeps;
  /** what a host that starts now must open */
  #project: string | undefined;
  /** what the window said last */
  #shown: string | null = null;
  #host: HostProcess | undefined;
  #window: ShellWindow | undefined;
  #offered: readonly OfferedAction[] = [];
  #known: readonly OfferedAction[] = [];
  #quitting = false;
  isClosed = false;

  constructor(electron: Electron, deps: ShellDeps, project: string | undefined) {
    this.#electron = electron;
    this.#deps = deps;
    this.#project = project;
  }

  start(): void {
    const { app } = this.#electron;
    const { preload, utility, env, rendererDir } = this.#deps;
    // The host first: it comes up while the window loads.
    const host = startHostProcess(this.#electron, {
      utility,
      env,
      project: () => this.#project,
      onLost: () => this.#window?.lose(),
      onGone: () => void this.#offerRestart(),
      // The window tries once more, and shows what is in the way.
      onNotOpened: (dir) => this.#window?.ask({ kind: 'open', dir }),
    });
    this.#host = host;
    guardContents(this.#electron);
    serveWindow(this.#electron, rendererDir);
    app.setAboutPanelOptions({ applicationName: 'Teal', applicationVersion: app.getVersion() });
    this.#window = openWindow(this.#electron, {
      preload,
      placeFile: join(app.getPath('userData'), 'window.json'),
      onReady: (window) => {
        const { port1, port2 } = new this.#electron.MessageChannelMain();
        const isTaken = host.attach(port1);
        window.webContents.postMessage(channels.port, null, [port2]);
        if (!isTaken) this.#window?.lose();
      },
      onOffer: (offer) => this.#takeOffer(offer),
      mayClose: () => {
        if (!this.isClosed) app.quit();
        return this.isClosed;
      },
    });
    this.#setMenu();
  }

  /** A second start: the window comes forward and opens what was asked for. */
  takeUp(dir: string | undefined): void {
    if (!this.#window) this.#project = dir ?? this.#project;
    this.#window?.focus();
    if (dir !== undefined) this.#window?.ask({ kind: 'open', dir });
  }

  /** The host finishes its batch and closes; only then the app ends. */
  async quit(): Promise<void> {
    if (this.#quitting) return;
    this.#quitting = true;
    const kept = await this.#host?.close();
    if (kept) await tellKept(this.#electron, kept);
    this.isClosed = true;
    this.#electron.app.quit();
  }

  #takeOffer({ actions, project, theme }: WindowOffer): void {
    const { app, nativeTheme } = this.#electron;
    nativeTheme.themeSource = theme;
    if (project !== null && project !== this.#shown) app.addRecentDocument(project);
    this.#shown = project;
    this.#project = project ?? undefined;
    this.#offered = actions;
    const ids = new Set(actions.map(({ id }) => id));
    this.#known = [...actions, ...this.#known.filter(({ id }) => !ids.has(id))];
    this.#setMenu();
  }

  #setMenu(): void {
    const { app, Menu } = this.#electron;
    const template = buildMenu(
      {
        offered: this.#offered,
        known: this.#known,
        isMac: process.platform === 'darwin',
        isDevelopment: !app.isPackaged,
      },
      (action) => this.#window?.ask({ kind: 'act', action }),
    );
    Menu.setApplicationMenu(Menu.buildFromTemplate(template));
  }

  async #offerRestart(): Promise<void> {
    if (await askRestart(this.#electron)) this.#host?.restart();
    else this.#electron.app.quit();
  }
}

/** The folder that `-p` or `--project` names. */
function projectOf({ argv, cwd }: ShellDeps): string | undefined {
  const at = argv.findIndex((argument) => argument === '-p' || argument === '--project');
  const dir = at < 0 ? undefined : argv[at + 1];
  return dir === undefined ? undefined : resolve(cwd, dir);
}
