import type { ComponentType } from 'react';
import type { RoomId } from '../store/choices/room';
import type { IconName } from '../ui/icon';

/** A place of the rail; its component is loaded when it is first shown. */
export interface Room {
  readonly id: RoomId;
  readonly title: string;
  readonly icon: IconName;
  readonly load: () => Promise<{ readonly default: ComponentType }>;
}

/**
 * The rooms in the order of the rail. One line each:
 * `{ id: 'raw', title: 'Raw data', icon: 'raw', load: async () => ({ default: (await import('../features/raw/raw')).Raw }) }`
 */
export const rooms: readonly Room[] = [
  {
    id: 'raw',
    title: 'Raw data',
    icon: 'raw',
    load: async () => ({ default: (await import('../features/raw/raw')).Raw }),
  },
  {
    id: 'canvas',
    title: 'Canvas',
    icon: 'canvas',
    load: async () => ({ default: (await import('../features/canvas/canvas')).Canvas }),
  },
  {
    id: 'backfill',
    title: 'Backfill',
    icon: 'backfill',
    load: async () => ({ default: (await import('../features/backfill/backfill')).Backfill }),
  },
  {
    id: 'compare',
    title: 'Compare',
    icon: 'compare',
    load: async () => ({ default: (await import('../features/compare/compare')).Compare }),
  },
  {
    id: 'releases',
    title: 'Releases',
    icon: 'releases',
    load: async () => ({ default: (await import('../features/releases/releases')).Releases }),
  },
  {
    id: 'history',
    title: 'History',
    icon: 'history',
    load: async () => ({ default: (await import('../features/history/history')).History }),
  },
];
