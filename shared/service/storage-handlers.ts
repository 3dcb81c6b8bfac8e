import { fault } from '../base/errors';
import type { Handlers } from '../protocol/port';
import type { ProjectStorage } from './platform';
import type { HostSession } from './session';

type StorageHandlers = Pick<Handlers, Extract<keyof Handlers, `storage.${string}`>>;

/** The room that projects have where they do not lie on a disk. */
export function storageHandlers(host: HostSession): StorageHandlers {
  const storage = (): ProjectStorage => {
    if (host.platform.storage) return host.platform.storage;
    throw fault('usage.invalid', 'The projects of this host lie on a disk.', {
      kept: 'Nothing was changed.',
      remedy: 'Use the folders of the disk.',
    });
  };
  return {
    'storage.read': async () => {
      const { projects, ...room } = await storage().read();
      return { ...room, projects: projects.map((project) => ({ ...project })) };
    },
    'storage.remove': async ({ dir }) => {
      if (host.openDir === dir) await host.closeProject();
      await storage().remove(dir);
      host.hub.changed('storage', 'project');
      return {};
    },
    'storage.pack': async ({ dir, warehouse }, { signal }) => {
      if (warehouse && host.openDir === dir) await settle(host);
      return storage().pack(dir, warehouse, signal);
    },
    'storage.unpack': async ({ upload, name }, { signal }) => {
      const dir = await storage().unpack(await host.platform.uploadPath(upload), name, signal);
      host.hub.changed('storage');
      return { dir };
    },
  };
}

/** Brings the open warehouse into a state whose plain copy is whole. */
async function settle(host: HostSession): Promise<void> {
  if (host.workspace.active)
    throw fault('run.conflict', 'A run writes the warehouse now, so it cannot be copied.', {
      kept: 'The run goes on.',
      remedy: 'Wait for it or pause it, or leave the warehouse out.',
    });
  await host.workspace.engine.checkpoint();
}
