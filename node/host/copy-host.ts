import { fault } from '../../shared/base/errors';
import { commandTable } from '../../shared/protocol/table';
import type { Platform } from '../../shared/service/platform';
import { createService } from '../../shared/service/service';
import { openNativeEngine } from '../engine/native-engine';
import { createNodePlatform } from '../project/node-platform';
import { copyWarehouse } from '../project/warehouse-copy';
import { closingEngine } from './closing-engine';
import { guarded } from './guard';
import { type Host, type HostOptions, hostOf } from './host';
import { build } from './version';

/**
 * A host that looks at a copy of the warehouse, made when a project is opened and removed with it: nobody's hold on the original
 * matters to it, and it refuses whatever would write. `copied` hears of which moment the copy is.
 */
export function startCopyHost(options: HostOptions, copied: (at: number) => void): Host {
  const platform = createNodePlatform({ build, ...options, openEngine: openNativeEngine });
  const service = createService(overCopy(platform, copied));
  return hostOf(
    service,
    guarded(service, async (id) => {
      const { risk, title } = commandTable[id];
      if (risk === 'look') return undefined;
      throw fault('copy.read_only', `“${title}” would write, and this is a copy to look at.`, {
        kept: 'Nothing was written.',
        remedy: 'Leave --read-only-copy out once the project is free.',
      });
    }),
  );
}

function overCopy(platform: Platform, copied: (at: number) => void): Platform {
  return {
    ...platform,
    remember: () => Promise.resolve(),
    openFolder: async (dir) => ({
      ...(await platform.openFolder(dir)),
      writeText: () => Promise.resolve(),
      remove: () => Promise.resolve(),
      saveIndex: () => Promise.resolve(),
      retain: () => Promise.resolve(),
    }),
    openEngine: async (folder) => {
      const copy = await copyWarehouse(folder.dir, () => platform.now());
      try {
        const engine = await openNativeEngine({
          path: copy.file,
          allowedDirectories: [folder.dir, copy.dir],
          tempDirectory: `${copy.file}.tmp`,
        });
        copied(copy.at);
        return closingEngine(engine, copy.remove);
      } catch (thrown) {
        await copy.remove();
        throw thrown;
      }
    },
  };
}
