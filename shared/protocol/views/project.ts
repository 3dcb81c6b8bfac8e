import * as z from 'zod/mini';
import { instant, problemView, span } from './common';

export const kindName = z.enum([
  'FULL',
  'VIEW',
  'SEED',
  'INCREMENTAL_BY_TIME_RANGE',
  'EMBEDDED',
  'EXTERNAL',
  'AUDIT',
  'INCREMENTAL_BY_UNIQUE_KEY',
  'INCREMENTAL_BY_PARTITION',
  'SCD_TYPE_2_BY_TIME',
  'SCD_TYPE_2_BY_COLUMN',
]);

/** How a change matters; the words are SQLMesh's. */
export const changeClass = z.enum([
  'added',
  'removed',
  'breaking',
  'non_breaking',
  'indirect_breaking',
  'indirect_non_breaking',
  'metadata',
]);

const gitState = z.object({ branch: z.string(), commit: z.string(), changedFiles: z.number() });

const environmentView = z.object({
  name: z.string(),
  live: z.boolean(),
  /** models whose version differs from prod's */
  differing: z.number(),
  filledAt: z.nullable(instant),
  baseRelease: z.nullable(z.number()),
});

export const overview = z.object({
  dir: z.string(),
  name: z.string(),
  git: z.nullable(gitState),
  environments: z.array(environmentView),
  problems: z.array(problemView),
  sources: z.number(),
  models: z.number(),
  liveRelease: z.nullable(z.number()),
  /** the run that is under way or paused, if any */
  activeRun: z.nullable(z.string()),
  engine: z.string(),
  warehouseBytes: z.number(),
  memoryBytes: z.number(),
  memoryLimitBytes: z.number(),
});

/** One lane of a node's partition bar. */
const laneView = z.object({
  version: z.number(),
  filled: z.array(span),
  /** filled under an older fingerprint than the version's own */
  older: z.array(span),
});

const nodeView = z.object({
  id: z.string(),
  schema: z.string(),
  name: z.string(),
  type: z.enum(['source', 'model']),
  kind: z.nullable(kindName),
  file: z.string(),
  rows: z.nullable(z.number()),
  files: z.number(),
  quarantined: z.number(),
  filledAt: z.nullable(instant),
  state: z.enum(['none', 'live', 'split', 'shadow', 'failed']),
  live: z.nullable(laneView),
  shadow: z.nullable(laneView),
  /** the history that the bar stands for; null for whole-table kinds */
  history: z.nullable(span),
  /** spans whose raw files changed since they were filled */
  stale: z.array(span),
  /** difference of the saved file to prod */
  change: z.nullable(changeClass),
  problem: z.nullable(problemView),
  description: z.string(),
  /** a change of it applies to rows computed from then on */
  forwardOnly: z.boolean(),
});

export const graph = z.object({
  nodes: z.array(nodeView),
  edges: z.array(z.object({ from: z.string(), to: z.string() })),
  environment: z.nullable(z.string()),
});

/** A property in SQLMesh's words, default or `given`: of the kind, of when it is due, or of its rows. */
const modelSetting = z.object({
  part: z.enum(['kind', 'schedule', 'rows']),
  name: z.string(),
  value: z.string(),
  given: z.boolean(),
});

export const modelDetail = z.object({
  id: z.string(),
  file: z.string(),
  text: z.string(),
  kind: z.nullable(kindName),
  cron: z.string(),
  start: z.nullable(z.string()),
  owner: z.string(),
  description: z.string(),
  docs: z.string(),
  columns: z.array(z.object({ name: z.string(), type: z.string(), description: z.string() })),
  properties: z.array(z.object({ name: z.string(), value: z.string() })),
  settings: z.array(modelSetting),
  tests: z.array(z.object({ test: z.string(), file: z.string(), line: z.number(), description: z.string() })),
  audits: z.array(
    z.object({
      name: z.string(),
      arguments: z.string(),
      blocking: z.boolean(),
      /** an audit of its own that reads the model among others */
      standsAlone: z.boolean(),
    }),
  ),
  parents: z.array(z.string()),
  children: z.array(z.string()),
  problem: z.nullable(problemView),
});

const affectedModel = z.object({
  model: z.string(),
  change: changeClass,
  /** days of the model's history that must be computed again; null for a whole table */
  days: z.nullable(z.number()),
  ofDays: z.nullable(z.number()),
  spans: z.array(span),
});

/** What an edit would touch, before it is saved. */
export const impact = z.object({
  model: z.string(),
  change: z.nullable(changeClass),
  reason: z.string(),
  affected: z.array(affectedModel),
  seconds: z.nullable(z.number()),
  problem: z.nullable(problemView),
});

export const recentProject = z.object({
  dir: z.string(),
  name: z.string(),
  openedAt: instant,
  state: z.enum(['live', 'shadow', 'late', 'none', 'missing']),
  note: z.string(),
});

export type ChangeClass = z.infer<typeof changeClass>;
export type KindName = z.infer<typeof kindName>;
export type Overview = z.infer<typeof overview>;
export type EnvironmentView = z.infer<typeof environmentView>;
export type NodeView = z.infer<typeof nodeView>;
export type LaneView = z.infer<typeof laneView>;
export type Graph = z.infer<typeof graph>;
export type ModelDetail = z.infer<typeof modelDetail>;
export type Impact = z.infer<typeof impact>;
export type AffectedModel = z.infer<typeof affectedModel>;
export type RecentProject = z.infer<typeof recentProject>;
