import type { Problem } from '../base/errors';
import type { KeptRun } from '../protocol/desktop';
import type { Answering } from '../protocol/port';
import type { Platform } from './platform';
import { projectHandlers } from './project-handlers';
import { qualityHandlers } from './quality-handlers';
import { rawHandlers } from './raw-handlers';
import { HostSession } from './session';
import { storageHandlers } from './storage-handlers';
import { verbHandlers } from './verb-handlers';
import { workHandlers } from './work-handlers';

/** The commands answered, beside an engine, on any platform. */
export interface Service extends Answering {
  /** opens a project before the first call comes */
  open(dir: string): Promise<void>;
  /** lets the batch under way finish and stops the run after it; gives what was kept where that leaves it unfinished */
  settle(): Promise<KeptRun | null>;
  /** the folder of the open project */
  openDir(): string | undefined;
  /** closes the open project; until one is opened, calls that need one answer with this problem */
  leave(why: Problem): Promise<void>;
  /** reads the open project's files again, as whoever has just written some needs */
  reread(): Promise<void>;
  /** the folder of the open project, null where none is; waits while one is being opened or closed */
  project(): Promise<string | null>;
  close(): Promise<void>;
}

export function createService(platform: Platform): Service {
  const host = new HostSession(platform);
  return {
    handlers: {
      ...projectHandlers(host),
      ...rawHandlers(host),
      ...workHandlers(host),
      ...qualityHandlers(host),
      ...storageHandlers(host),
      ...verbHandlers(host),
    },
    subscribe: (listener) => host.hub.subscribe(listener),
    open: async (dir) => {
      await host.open(dir);
    },
    settle: () => host.settle(),
    openDir: () => host.openDir,
    leave: (why) => host.closeProject(why),
    reread: () => host.reread(),
    project: () => host.project(),
    close: () => host.close(),
  };
}
