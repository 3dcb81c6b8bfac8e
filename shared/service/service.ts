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
  /** the folder of the open project, null where none is; waits while one is being opened or closed */
  project(): Promise<string | null>;
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
    project: () => host.project(),
    close: () => host.close(),
  };
}
