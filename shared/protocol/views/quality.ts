import * as z from 'zod/mini';
import { column, instant, problemView } from './common';

/** One outcome of one audit; `times` is how many evaluations had this very outcome. */
export const auditReport = z.object({
  model: z.string(),
  audit: z.string(),
  args: z.optional(z.record(z.string(), z.string())),
  failedRows: z.nullable(z.number()),
  blocking: z.boolean(),
  times: z.number(),
  skipped: z.optional(z.literal(true)),
});

/** What one audit of a model found over the batches of one run. */
export const auditResult = z.object({
  run: z.string(),
  audit: z.string(),
  args: z.record(z.string(), z.string()),
  blocking: z.boolean(),
  skipped: z.boolean(),
  batches: z.number(),
  failedBatches: z.number(),
  failedRows: z.number(),
  at: instant,
});

/** A failed audit whose rows, or the first thousand of them, are kept. */
export const auditFailure = z.object({
  id: z.string(),
  run: z.string(),
  model: z.string(),
  audit: z.string(),
  /** the batch in words */
  batch: z.string(),
  blocking: z.boolean(),
  failedRows: z.number(),
  keptRows: z.number(),
  columns: z.array(column),
  at: instant,
});

/** Rows on one side only: `values` by column, `missing` was expected and did not come. */
const rowDifference = z.object({
  side: z.enum(['missing', 'unexpected']),
  values: z.array(z.nullable(z.string())),
});

/** What a unit test expected against what came, of one CTE or of the query itself. */
const testDifference = z.object({
  /** null: the query */
  cte: z.nullable(z.string()),
  columns: z.array(z.string()),
  expectedRows: z.number(),
  actualRows: z.number(),
  rows: z.array(rowDifference),
});

const testReport = z.object({
  test: z.string(),
  file: z.string(),
  line: z.number(),
  model: z.string(),
  description: z.string(),
  outcome: z.enum(['passed', 'failed', 'error', 'skipped']),
  differences: z.array(testDifference),
  problem: z.nullable(problemView),
  /** it cannot be read as a test at all */
  malformed: z.optional(z.literal(true)),
});

/** Names by outcome, and each test with what was wrong. */
export const testResult = z.object({
  passed: z.array(z.string()),
  failed: z.array(z.object({ test: z.string(), model: z.string() })),
  errors: z.array(z.string()),
  tests: z.array(testReport),
});

export type AuditResultView = z.infer<typeof auditResult>;
export type AuditFailureView = z.infer<typeof auditFailure>;
export type TestReport = z.infer<typeof testReport>;
export type TestDifference = z.infer<typeof testDifference>;
export type TestResult = z.infer<typeof testResult>;
