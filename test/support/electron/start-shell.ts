import { once } from 'node:events';
import { register } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Browser, Page } from '@playwright/test';
import type { StandInWindow } from './browser-window';
import { StandInMenu } from './menu';
import { createStandIn, type StandIn } from './stand-in';

const standIns = new Map<number, StandIn['electron']>();
Object.assign(globalThis, { [Symbol.for('teal.stand-ins')]: standIns });
let isRegistered = false;

export interface Start {
  /** the folder with the built main.js */
  readonly dist: string;
  /** the folder that is the user's home; Teal's own state goes there too */
  readonly home: string;
  readonly args?: readonly string[];
  /** how a module is imported, where this one does not run as Node itself would run it */
  readonly load?: (url: string) => Promise<unknown>;
  /** called before the shell's own code runs */
  readonly prepare?: (standIn: StandIn) => void;
}

export interface RunningShell extends StandIn {
  /** milliseconds since 1970 */
  readonly startedAt: number;
  window(): StandInWindow;
  page(): Promise<Page>;
  menu(...labels: readonly string[]): ReturnType<StandInMenu['find']>;
  /** Quits as a user does, and waits until everything has ended. */
  quit(): Promise<void>;
}

/** Starts the built main module, unchanged, on a stand-in of its own, and waits for its first paint. */
export async function startShell(browser: Browser, start: Start): Promise<RunningShell> {
  if (!isRegistered) register('./resolve-electron.mjs', import.meta.url);
  isRegistered = true;
  const argv = ['electron', '.', ...(start.args ?? [])];
  const standIn = createStandIn(browser, start.home, argv);
  start.prepare?.(standIn);
  const number = standIns.size + 1;
  standIns.set(number, standIn.electron);
  const restore = surround(start.home, argv);
  standIn.app.once('quit', restore);
  const startedAt = Date.now();
  await (start.load ?? importModule)(`${pathToFileURL(join(start.dist, 'main.js')).href}?shell=${number}`);
  const shell = { ...standIn, startedAt, ...driver(standIn) };
  if (!standIn.app.hasEnded) await painted(standIn);
  return shell;
}

function importModule(url: string): Promise<unknown> {
  return import(/* @vite-ignore */ url);
}

/** Waits for the first paint of the window; a start that found another one running has none. */
async function painted({ windows }: StandIn): Promise<void> {
  for (const window of windows) {
    if (window.webContents.firstPaint === undefined) await once(window.webContents, 'first-paint');
  }
}

function driver(standIn: StandIn) {
  const { app, utilities, windows } = standIn;
  const window = (): StandInWindow => {
    const [first] = windows;
    if (!first) throw new Error('The shell has no window.');
    return first;
  };
  return {
    window,
    page: () => window().webContents.page(),
    menu: (...labels: readonly string[]) => StandInMenu.application?.find(...labels),
    quit: async () => {
      const ended = app.hasEnded ? Promise.resolve() : once(app, 'quit');
      app.quit();
      await ended;
      for (const utility of utilities) if (!utility.hasEnded) await once(utility, 'exit');
      await standIn.machine.closed;
    },
  };
}

/** A main module reads the arguments and the environment of its process. */
function surround(home: string, argv: readonly string[]): () => void {
  const { argv: before } = process;
  const { HOME, TEAL_STATE_DIR } = process.env;
  process.argv = [...argv];
  Object.assign(process.env, { HOME: home, TEAL_STATE_DIR: join(home, 'state') });
  return () => {
    process.argv = before;
    for (const [name, value] of Object.entries({ HOME, TEAL_STATE_DIR })) {
      if (value === undefined) delete process.env[name];
      else process.env[name] = value;
    }
  };
}
