import * as z from 'zod/mini';
import { columnProfile, instant } from './common';

export const sourceSummary = z.object({
  name: z.string(),
  format: z.enum(['csv', 'parquet', 'json']),
  files: z.number(),
  bytes: z.number(),
  rows: z.number(),
  quarantined: z.number(),
  /** null while nothing was read yet, or with the problem that kept it from being read */
  snapshot: z.nullable(z.string()),
  keptAt: z.nullable(instant),
  problem: z.nullable(z.string()),
});

/** How a file was read: one choice, what stands behind it, and what else could be chosen. */
const readingChoice = z.object({
  id: z.enum([
    'delimiter',
    'quote',
    'header',
    'encoding',
    'timestampformat',
    'nullstr',
    'time_column',
    'key',
  ]),
  label: z.string(),
  value: z.string(),
  evidence: z.string(),
  options: z.array(z.object({ value: z.string(), label: z.string() })),
});

const snapshotView = z.object({
  id: z.string(),
  createdAt: instant,
  files: z.number(),
  bytes: z.number(),
  rows: z.number(),
  quarantined: z.number(),
  current: z.boolean(),
});

const driftNote = z.object({ level: z.enum(['look', 'same']), text: z.string() });

export const sourceDetail = z.object({
  name: z.string(),
  format: z.enum(['csv', 'parquet', 'json']),
  description: z.string(),
  definitionFile: z.string(),
  fileNames: z.array(z.string()),
  bytes: z.number(),
  /** always read = loaded + quarantined */
  read: z.number(),
  loaded: z.number(),
  quarantined: z.number(),
  snapshot: z.nullable(z.string()),
  keptAt: z.nullable(instant),
  profile: z.array(columnProfile),
  choices: z.array(readingChoice),
  snapshots: z.array(snapshotView),
  drift: z.array(driftNote),
  readSql: z.string(),
  usedBy: z.array(z.string()),
});

/** A line that could not be loaded, as it stands in the file; `start`/`end` mark the bad part of `raw`, in UTF-16 units. */
const quarantinedRow = z.object({
  file: z.string(),
  line: z.number(),
  column: z.string(),
  reason: z.string(),
  raw: z.string(),
  start: z.number(),
  end: z.number(),
});

export const quarantinePage = z.object({
  rows: z.array(quarantinedRow),
  total: z.number(),
  offset: z.number(),
  reasons: z.array(z.object({ reason: z.string(), count: z.number() })),
});

export type SourceSummary = z.infer<typeof sourceSummary>;
export type SourceDetail = z.infer<typeof sourceDetail>;
export type ReadingChoice = z.infer<typeof readingChoice>;
export type QuarantinedRow = z.infer<typeof quarantinedRow>;
export type QuarantinePage = z.infer<typeof quarantinePage>;
