import type { Problem } from '../../shared/base/errors';
import type { PlanView, RunStatus } from '../../shared/protocol/views/backfill';
import type { TestResult } from '../../shared/protocol/views/quality';

type Span = { readonly from: string; readonly to: string };
type Pair = readonly [string, string];

/** Where a verb failed, and which models are to blame. */
export interface Failure {
  readonly stage: 'load' | 'tests' | 'plan' | 'apply' | 'run' | 'audit';
  readonly code: string;
  readonly message: string;
  readonly models?: Readonly<Record<string, ModelFailure>>;
  readonly skippedModels?: readonly string[];
}

type ModelFailure =
  | {
      readonly reason: 'audit';
      readonly audits: readonly { readonly audit: string; readonly failedRows: number }[];
    }
  | { readonly reason: 'sql'; readonly code: string; readonly message: string };

/** A decision with its spans as pairs of `YYYY-MM-DD HH:MM:SS`. */
export function decisionDocument(plan: PlanView) {
  const { restatements, missingIntervals, notRestated, ...rest } = plan.decision;
  return {
    ...rest,
    restatements: mapped(restatements, pair),
    missingIntervals: mapped(missingIntervals, ({ count, ranges }) => ({ count, ranges: ranges.map(pair) })),
    notRestated,
  };
}

/** What a run computed, model by model. */
export function executedDocument(run: RunStatus | null): Readonly<Record<string, readonly Pair[]>> {
  return run ? mapped(run.executed, (spans) => spans.map(pair)) : {};
}

/** What a run's audits gave. */
export function auditsDocument(run: RunStatus | null): NonNullable<RunStatus['auditReports']> {
  return run?.auditReports ?? [];
}

/** What unit tests gave; null where there are none. */
export function testsDocument({ passed, failed, errors, tests }: TestResult) {
  return tests.length > 0 ? { passed, failed, errors } : null;
}

/** Why tests cannot be run at all: one of them cannot be read as a test. */
export function malformedTest({ tests }: TestResult): Problem | undefined {
  return tests.find((test) => test.malformed)?.problem as Problem | undefined;
}

/** Why a run failed; null where it did not. */
export function failureDocument(run: RunStatus | null, stage: Failure['stage']): Failure | null {
  const [first] = run?.failures ?? [];
  if (!run) return null;
  if (!first) return run.problem ? { stage, code: run.problem.code, message: run.problem.message } : null;
  const names = [...new Set(run.failures.map((failure) => failure.model))].sort();
  return {
    stage,
    code: first.problem.code,
    message: first.problem.message,
    models: Object.fromEntries(names.map((name) => [name, modelFailure(run, name)])),
    ...(run.skipped.length > 0 ? { skippedModels: [...run.skipped].sort() } : {}),
  };
}

/** A failure before anything was computed. */
export function problemDocument(problem: Problem, stage: Failure['stage']): Failure {
  return { stage, code: problem.code, message: problem.message };
}

function modelFailure(run: RunStatus, model: string): ModelFailure {
  const own = run.failures.filter((failure) => failure.model === model).map((failure) => failure.problem);
  const [first] = own;
  const audits = run.stopped?.[model];
  if (audits && first?.code === 'audit.failed') return { reason: 'audit', audits };
  return { reason: 'sql', code: first?.code ?? '', message: first?.message ?? '' };
}

function mapped<T, R>(record: Readonly<Record<string, T>>, change: (value: T) => R): Record<string, R> {
  return Object.fromEntries(Object.entries(record).map(([name, value]) => [name, change(value)]));
}

function pair(span: Span): Pair {
  return [stamp(span.from), stamp(span.to)];
}

function stamp(instant: string): string {
  return instant
    .replace('T', ' ')
    .replace(/\.000Z$/, '')
    .replace(/Z$/, '');
}
