import { join } from 'node:path';
import type { Browser } from '@playwright/test';
import type { ForkOptions } from 'electron';
import type { Electron } from '../../../electron/main/electron';
import { StandInApp } from './app';
import { StandInWindow } from './browser-window';
import { StandInIpc } from './ipc-main';
import { Machine } from './machine';
import { type MenuStatics, StandInMenu } from './menu';
import { StandInChannel } from './ports';
import { StandInProtocol } from './protocol';
import {
  type DialogPart,
  type ScreenPart,
  StandInDialog,
  StandInScreen,
  StandInSession,
  StandInTheme,
} from './system';
import { StandInUtility } from './utility-process';

/** One start of a shell on the stand-in, with all that a test can look at and drive. */
export interface StandIn {
  readonly app: StandInApp;
  readonly dialog: StandInDialog;
  readonly ipc: StandInIpc;
  readonly machine: Machine;
  readonly protocol: StandInProtocol;
  readonly screen: StandInScreen;
  readonly session: StandInSession;
  readonly theme: StandInTheme;
  /** the windows that are open */
  readonly windows: ReadonlySet<StandInWindow>;
  /** the utility processes in the order of their start */
  readonly utilities: StandInUtility[];
  /** what a main module gets when it imports `electron` */
  readonly electron: Record<keyof Electron, unknown>;
}

/** Makes a stand-in for Electron over a browser; its parts are checked against Electron's own types. */
export function createStandIn(browser: Browser, home: string, argv: readonly string[]): StandIn {
  const app = new StandInApp(join(home, 'user-data'), argv);
  const dialog = new StandInDialog();
  const ipc = new StandInIpc();
  const protocol = new StandInProtocol();
  const screen = new StandInScreen();
  const session = new StandInSession();
  const theme = new StandInTheme();
  const machine = new Machine(browser, { app, ipc, protocol, session, theme });
  const windows = new Set<StandInWindow>();
  const utilities: StandInUtility[] = [];
  const fork = (path: string, args?: string[], options?: ForkOptions): StandInUtility => {
    const utility = new StandInUtility(path, args, options);
    utilities.push(utility);
    return utility;
  };
  const electron = {
    app,
    BrowserWindow: class extends StandInWindow {
      constructor(options: ConstructorParameters<typeof StandInWindow>[1]) {
        super(machine, options);
        windows.add(this);
        this.once('closed', () => windows.delete(this));
      }
    },
    dialog: dialog satisfies DialogPart,
    ipcMain: ipc,
    Menu: StandInMenu as unknown as MenuStatics,
    MessageChannelMain: StandInChannel,
    nativeTheme: theme,
    protocol,
    screen: screen satisfies ScreenPart,
    session: { defaultSession: session },
    utilityProcess: { fork },
  };
  return { app, dialog, ipc, machine, protocol, screen, session, theme, windows, utilities, electron };
}
