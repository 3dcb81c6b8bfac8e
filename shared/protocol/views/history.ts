import * as z from 'zod/mini';
import { instant, problemView } from './common';

export const historyEntry = z.object({
  id: z.string(),
  kind: z.enum(['plan', 'backfill', 'run', 'swap', 'rollback', 'import', 'compare']),
  title: z.string(),
  environment: z.string(),
  user: z.string(),
  commit: z.string(),
  dirty: z.boolean(),
  startedAt: instant,
  seconds: z.nullable(z.number()),
  outcome: z.enum(['running', 'paused', 'done', 'failed', 'stopped', 'interrupted']),
  rows: z.number(),
  release: z.nullable(z.number()),
  /** a run that can go on; one that was taken back cannot */
  canResume: z.boolean(),
});

export const historyDetail = z.object({
  entry: historyEntry,
  engine: z.string(),
  inputs: z.array(z.object({ source: z.string(), snapshot: z.string(), rows: z.number() })),
  models: z.array(
    z.object({
      model: z.string(),
      table: z.nullable(z.string()),
      batches: z.number(),
      rows: z.number(),
      seconds: z.number(),
    }),
  ),
  audits: z.array(
    z.object({
      model: z.string(),
      audit: z.string(),
      batch: z.string(),
      failedRows: z.number(),
      blocking: z.boolean(),
    }),
  ),
  problem: z.nullable(problemView),
});

export type HistoryEntry = z.infer<typeof historyEntry>;
export type HistoryDetail = z.infer<typeof historyDetail>;
