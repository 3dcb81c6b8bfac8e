import type { KeptRun } from '../protocol/desktop';
import type { Answering } from '../protocol/port';
import type { Platform } from './platform';
import { projectHandlers } from './project-handlers';
import { rawHandlers } from './raw-handlers';
import { HostSession } from './session';
import { workHandlers } from './work-handlers';

/** The commands answered, beside an engine, on any platform. */
export interface Service extends Answering {
  /** opens a project before the first call comes */
  open(dir: string): Promise<void>;
  /** lets the batch under way finish and stops the run after it; gives what was kept where that leaves it unfinished */
  settle(): Promise<KeptRun | null>;
  close(): Promise<void>;
}

export function createService(platform: Platform): Service {
  const host = new HostSession(platform);
  return {
    handlers: { ...projectHandlers(host), ...rawHandlers(host), ...workHandlers(host) },
    subscribe: (listener) => host.hub.subscribe(listener),
    open: async (dir) => {
      await host.open(dir);
    },
    settle: () => host.settle(),
    close: () => host.close(),
  };
}
