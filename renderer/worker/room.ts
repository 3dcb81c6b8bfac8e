import { Fault } from '../../shared/base/errors';
import type { Tree } from './tree';

/** The room that the browser gives this page. */
export interface Room {
  readonly usedBytes: number;
  readonly freeBytes: number;
  /** little enough is free that something should be done */
  readonly low: boolean;
}

const MB = 1024 ** 2;
const LEAST_FREE = 128 * MB;
const LEAST_SHARE = 0.1;
/** what is tried when less than that is free, in MB */
const STEPS = [96, 64, 48, 32, 24, 16, 12, 8, 6, 4, 3, 2, 1];
const PROBE = '/state/probe';
const LOOK_EVERY = 2000;
const TRY_EVERY = 8;
const MUCH = 4 * MB;

/**
 * What is used and what is free. Some browsers tell every page of 10 GB of room whatever there is: so a file is stretched, for an
 * instant, by what should be free at least, which takes nothing of the disk.
 */
export async function readRoom(tree: Tree): Promise<Room> {
  const { quota = 0, usage = 0 } = await navigator.storage.estimate();
  const told = Math.max(0, quota - usage);
  const isPlenty = told >= LEAST_FREE && (await fits(tree, LEAST_FREE));
  const freeBytes = isPlenty ? told : Math.min(told, await mostThatFits(tree));
  const low = freeBytes < Math.max(LEAST_FREE, (usage + freeBytes) * LEAST_SHARE);
  return { usedBytes: usage, freeBytes, low };
}

/** Whether as many bytes can be stored now. */
export async function hasRoom(tree: Tree, bytes: number): Promise<boolean> {
  const { quota = 0, usage = 0 } = await navigator.storage.estimate();
  return quota - usage > bytes && (await fits(tree, bytes));
}

/** Calls when the room has changed by much, or has become low. */
export function watchRoom(tree: Tree, changed: () => void): void {
  let last: Room | undefined;
  let used = 0;
  let looks = 0;
  const look = async (): Promise<void> => {
    const { usage = 0 } = await navigator.storage.estimate();
    // other programs fill the disk too
    if (last && Math.abs(usage - used) < MUCH && ++looks % TRY_EVERY !== 0) return;
    used = usage;
    const room = await readRoom(tree);
    const before = last;
    last = room;
    if (before && (before.low !== room.low || Math.abs(before.freeBytes - room.freeBytes) >= MUCH)) changed();
  };
  setInterval(() => void look(), LOOK_EVERY);
}

async function mostThatFits(tree: Tree): Promise<number> {
  for (const step of STEPS) if (await fits(tree, step * MB)) return step * MB;
  return 0;
}

/** A browser may refuse in silence: the size tells. */
async function fits(tree: Tree, bytes: number): Promise<boolean> {
  let handle: FileSystemSyncAccessHandle | undefined;
  try {
    handle = await tree.open(PROBE);
    handle.truncate(bytes);
    return handle.getSize() === bytes;
  } catch (thrown) {
    if (thrown instanceof Fault) return thrown.problem.code !== 'engine.disk_full';
    // another tab is trying at this very moment
    return thrown instanceof DOMException && thrown.name === 'NoModificationAllowedError';
  } finally {
    handle?.truncate(0);
    handle?.close();
  }
}
