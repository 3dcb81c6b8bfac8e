import * as z from 'zod/mini';
import { instant, problemView } from './common';

const gate = z.object({
  id: z.enum(['base', 'filled', 'audits', 'files', 'compared', 'retained']),
  label: z.string(),
  detail: z.string(),
  status: z.enum(['pass', 'look', 'fail']),
  remedy: z.string(),
});

const movedModel = z.object({
  model: z.string(),
  fromVersion: z.nullable(z.number()),
  toVersion: z.nullable(z.number()),
  /** share of equal cells from the last comparison of these two versions, 0 to 1 */
  score: z.nullable(z.number()),
});

const releaseView = z.object({
  number: z.number(),
  kind: z.enum(['plan', 'swap', 'run', 'rollback']),
  title: z.string(),
  note: z.string(),
  at: instant,
  user: z.string(),
  commit: z.string(),
  models: z.array(movedModel),
  live: z.boolean(),
  /** until when its versions are kept for a rollback; null while live */
  keptUntil: z.nullable(instant),
  retained: z.boolean(),
});

const waitingShadow = z.object({
  environment: z.string(),
  title: z.string(),
  filledAt: z.nullable(instant),
  models: z.number(),
  nextRelease: z.number(),
  complete: z.boolean(),
});

export const releaseList = z.object({
  live: z.nullable(z.number()),
  releases: z.array(releaseView),
  waiting: z.array(waitingShadow),
  bytes: z.number(),
});

export const swapPreview = z.object({
  environment: z.string(),
  base: z.nullable(z.number()),
  next: z.number(),
  models: z.array(movedModel),
  keptModels: z.number(),
  gates: z.array(gate),
  allowed: z.boolean(),
});

export const rollbackPreview = z.object({
  from: z.number(),
  to: z.number(),
  models: z.array(
    z.object({
      model: z.string(),
      fromVersion: z.nullable(z.number()),
      toVersion: z.nullable(z.number()),
      changed: z.number(),
      added: z.number(),
      removed: z.number(),
    }),
  ),
  allowed: z.boolean(),
  problem: z.nullable(problemView),
});

export const releaseResult = z.object({
  release: z.number(),
  previous: z.nullable(z.number()),
  models: z.array(movedModel),
  /** time of the transaction that moved prod */
  milliseconds: z.number(),
});

export type ReleaseView = z.infer<typeof releaseView>;
export type ReleaseList = z.infer<typeof releaseList>;
export type SwapPreview = z.infer<typeof swapPreview>;
export type RollbackPreview = z.infer<typeof rollbackPreview>;
export type Gate = z.infer<typeof gate>;
export type ReleaseResult = z.infer<typeof releaseResult>;
export type MovedModel = z.infer<typeof movedModel>;
