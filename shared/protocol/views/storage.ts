import * as z from 'zod/mini';

const storedProject = z.object({
  dir: z.string(),
  name: z.string(),
  bytes: z.number(),
  /** bytes of `bytes` that are its warehouse */
  warehouseBytes: z.number(),
  /** whether another tab has it open */
  elsewhere: z.boolean(),
});

export const storageView = z.object({
  usedBytes: z.number(),
  freeBytes: z.number(),
  /** little enough is free that something should be done */
  low: z.boolean(),
  /** the browser promised not to clear it by itself */
  persisted: z.boolean(),
  projects: z.array(storedProject),
});

export type StorageView = z.infer<typeof storageView>;
