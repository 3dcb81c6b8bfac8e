import * as z from 'zod/mini';
import { instant, problemView, span } from './common';
import { changeClass, kindName } from './project';
import { auditReport } from './quality';

/** How a model's change is taken; the words are SQLMesh's. */
export const category = z.enum([
  'BREAKING',
  'NON_BREAKING',
  'INDIRECT_BREAKING',
  'INDIRECT_NON_BREAKING',
  'METADATA',
  'FORWARD_ONLY',
]);

const spans = z.array(span);

/** What a plan decided, in SQLMesh's words. */
const decision = z.object({
  newEnvironment: z.boolean(),
  added: z.array(z.string()),
  removed: z.array(z.string()),
  /** null: somebody has to choose the category */
  directlyModified: z.record(z.string(), z.nullable(category)),
  indirectlyModified: z.record(z.string(), category),
  metadataUpdated: z.record(z.string(), category),
  forwardOnly: z.array(z.string()),
  restatements: z.record(z.string(), span),
  missingIntervals: z.record(z.string(), z.object({ count: z.number(), ranges: spans })),
  notRestated: z.record(z.string(), z.string()),
});

const plannedModel = z.object({
  model: z.string(),
  kind: kindName,
  change: z.nullable(changeClass),
  reason: z.string(),
  /** the spans that will be computed, and in how many batches */
  spans: z.array(span),
  batches: z.number(),
  days: z.nullable(z.number()),
  whole: z.boolean(),
  /** the physical table that will be written; null for views */
  table: z.nullable(z.string()),
  /** spans that stay as they were, under older logic, because the scope is narrower than the history */
  older: z.array(span),
  /** spans taken over from live or another environment without computing */
  shared: z.array(span),
  estimatedRows: z.nullable(z.number()),
});

const alternative = z.object({
  id: z.enum(['full', 'scope', 'last', 'forward']),
  label: z.string(),
  start: z.nullable(instant),
  end: z.nullable(instant),
  rows: z.nullable(z.number()),
  seconds: z.nullable(z.number()),
  bytes: z.nullable(z.number()),
  selected: z.boolean(),
});

const check = z.object({
  id: z.string(),
  label: z.string(),
  detail: z.string(),
  status: z.enum(['pass', 'look', 'fail']),
});

export const planView = z.object({
  id: z.string(),
  environment: z.string(),
  briefFile: z.nullable(z.string()),
  title: z.string(),
  reason: z.string(),
  description: z.string(),
  createdAt: instant,
  createdBy: z.string(),
  baseRelease: z.nullable(z.number()),
  scope: z.nullable(span),
  days: z.nullable(z.number()),
  models: z.array(plannedModel),
  alternatives: z.array(alternative),
  estimate: z.object({
    rows: z.nullable(z.number()),
    seconds: z.nullable(z.number()),
    errorSeconds: z.nullable(z.number()),
    bytes: z.nullable(z.number()),
    recordedRuns: z.number(),
  }),
  checks: z.array(check),
  stages: z.array(z.object({ kind: z.string(), text: z.string() })),
  totalBatches: z.number(),
  /** nothing differs and nothing is missing */
  empty: z.boolean(),
  decision,
  /** why each changed model's change has its category */
  reasons: z.record(z.string(), z.string()),
  /** what config.yaml says of plans on the command line: carry them out at once, leave out what differs in texts */
  settings: z.optional(z.object({ autoApply: z.boolean(), noDiff: z.boolean() })),
});

export const planDifferences = z.object({
  models: z.array(
    z.object({
      model: z.string(),
      lines: z.array(z.object({ mark: z.enum(['same', 'old', 'new', 'gap']), text: z.string() })),
    }),
  ),
});

const batchState = z.enum(['waiting', 'queued', 'running', 'done', 'failed', 'stopped']);

const batchCell = z.object({
  index: z.number(),
  /** null for a whole table */
  span: z.nullable(span),
  state: batchState,
  rows: z.nullable(z.number()),
  milliseconds: z.nullable(z.number()),
});

const runModel = z.object({
  model: z.string(),
  table: z.nullable(z.string()),
  whole: z.boolean(),
  waitsFor: z.array(z.string()),
  batches: z.array(batchCell),
});

export const runStatus = z.object({
  id: z.string(),
  kind: z.enum(['plan', 'backfill', 'run']),
  environment: z.string(),
  title: z.string(),
  planId: z.string(),
  status: z.enum(['running', 'paused', 'done', 'failed', 'stopped', 'interrupted']),
  batchesDone: z.number(),
  batchesTotal: z.number(),
  rows: z.number(),
  rowsExpected: z.nullable(z.number()),
  rowsPerSecond: z.nullable(z.number()),
  secondsLeft: z.nullable(z.number()),
  elapsedSeconds: z.number(),
  memoryBytes: z.number(),
  memoryLimitBytes: z.number(),
  startedAt: instant,
  models: z.array(runModel),
  last: z.array(
    z.object({
      at: instant,
      model: z.string(),
      label: z.string(),
      rows: z.number(),
      milliseconds: z.number(),
    }),
  ),
  failures: z.array(
    z.object({ model: z.string(), index: z.number(), label: z.string(), problem: problemView }),
  ),
  audits: z.object({ passed: z.number(), failed: z.number() }),
  /** the spans that models were computed with, one for each batch that was begun */
  executed: z.record(z.string(), spans),
  /** models left out since something that they read failed */
  skipped: z.array(z.string()),
  /** what came of the run's audits; only where its end was waited for */
  auditReports: z.optional(z.array(auditReport)),
  /** models that audits stopped, with one entry for each batch and audit */
  stopped: z.optional(z.record(z.string(), z.array(z.object({ audit: z.string(), failedRows: z.number() })))),
  /** the release that a finished run of prod made */
  release: z.nullable(z.number()),
  /** what failed around all models: a statement of `before_all` or `after_all` */
  problem: z.optional(problemView),
});

/** What changed in a run since the last event; batches by model and index. */
export const runProgress = z.object({
  id: z.string(),
  status: runStatus.shape.status,
  batchesDone: z.number(),
  batchesTotal: z.number(),
  rows: z.number(),
  rowsPerSecond: z.nullable(z.number()),
  secondsLeft: z.nullable(z.number()),
  elapsedSeconds: z.number(),
  memoryBytes: z.number(),
  cells: z.array(z.object({ model: z.string(), batch: batchCell })),
});

export const briefView = z.object({
  file: z.string(),
  name: z.string(),
  environment: z.string(),
  reason: z.string(),
  description: z.string(),
  models: z.array(z.string()),
  start: z.nullable(z.string()),
  end: z.nullable(z.string()),
  problem: z.nullable(problemView),
});

export type PlanDifferences = z.infer<typeof planDifferences>;
export type PlanView = z.infer<typeof planView>;
export type PlannedModel = z.infer<typeof plannedModel>;
export type RunStatus = z.infer<typeof runStatus>;
export type RunProgress = z.infer<typeof runProgress>;
export type RunModel = z.infer<typeof runModel>;
export type BatchCell = z.infer<typeof batchCell>;
export type BatchState = z.infer<typeof batchState>;
export type BriefView = z.infer<typeof briefView>;
export type CheckView = z.infer<typeof check>;
