import { EngineFault } from '../../shared/engine/contract';
import type { Platform } from '../../shared/service/platform';
import { closingEngine } from './closing-engine';

/** Makes a host known to others on this machine for as long as it has a project's warehouse open. */
export interface Presence {
  /** called before the warehouse is opened; what it gives is called when it is closed again, or was not opened */
  hold(dir: string): Promise<() => Promise<void>>;
  /** how the Teal is called that a process is, if it says it has the project open */
  nameOf(dir: string, pid: number): Promise<string | null>;
}

/** The process that holds a warehouse, from the fault of opening it; null for any other failure. */
export function holderOf(thrown: unknown): number | null {
  return thrown instanceof EngineFault && thrown.problem.code === 'engine.locked'
    ? Number(thrown.detail.name)
    : null;
}

/** The platform with its warehouse announced, and with what can be done where another process holds it. */
export function announcing(platform: Platform, presence: Presence | undefined): Platform {
  return {
    ...platform,
    openEngine: async (folder, options) => {
      const release = (await presence?.hold(folder.dir)) ?? (() => Promise.resolve());
      try {
        return closingEngine(await platform.openEngine(folder, options), release);
      } catch (thrown) {
        await release();
        throw await namingHolder(thrown, folder.dir, presence);
      }
    },
  };
}

async function namingHolder(thrown: unknown, dir: string, presence: Presence | undefined): Promise<unknown> {
  const pid = holderOf(thrown);
  if (pid === null || !(thrown instanceof EngineFault)) return thrown;
  const teal = await presence?.nameOf(dir, pid);
  const { problem, detail } = thrown;
  const look = `teal -p "${dir}" --read-only-copy info looks at a copy meanwhile`;
  return new EngineFault(
    teal
      ? {
          ...problem,
          message: `The project is open in another Teal already: ${teal}, process ${pid}.`,
          kept: 'Nothing was changed.',
          remedy: `Work there (teal -p "${dir}" ui gives its address), or end it first; ${look}.`,
        }
      : {
          ...problem,
          kept: 'Nothing was changed.',
          remedy: `${(problem.remedy ?? 'Close that program.').replace(/\.$/, '')}; ${look}.`,
        },
    detail,
  );
}
