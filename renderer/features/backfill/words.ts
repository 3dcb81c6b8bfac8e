import { type Place, placeText } from '../../../shared/base/errors';
import { DAY, toDay, toTimestamp } from '../../../shared/base/time';
import type { PlannedModel, PlanView, RunStatus } from '../../../shared/protocol/views/backfill';
import type { ProblemView, Span } from '../../../shared/protocol/views/common';
import type { TestResult } from '../../../shared/protocol/views/quality';
import { countOf, formatCount, formatSeconds } from '../../ui/format';

const REASONS: Readonly<Record<string, string>> = {
  schema: 'Schema',
  incident: 'Incident',
  logic: 'Logic',
  late_data: 'Late data',
  migration: 'Migration',
  compliance: 'Compliance',
  restatement: 'Restatement',
};

export function reasonWord(reason: string): string {
  return REASONS[reason] ?? reason;
}

/** `daily_sales` of `mart.daily_sales`. */
export function shortName(model: string): string {
  return model.slice(model.indexOf('.') + 1);
}

/** A half-open span as people say it: `2025-03-09`, `2025-02-01 to 2025-03-31`, or with times of day. */
export function spanText(span: Span): string {
  const from = Date.parse(span.from);
  const to = Date.parse(span.to);
  if (from % DAY !== 0 || to % DAY !== 0) return `${toTimestamp(from)} to ${toTimestamp(to)}`;
  const [first, last] = [toDay(from), toDay(to - DAY)];
  return first === last ? first : `${first} to ${last}`;
}

export function batchText(span: Span | null): string {
  return span === null ? 'whole table' : spanText(span);
}

type Extent = Pick<PlannedModel, 'kind' | 'whole' | 'days' | 'batches'>;

/** How much of a model is computed: `59 days`, `1 day`, `whole`; `no rows` of a view, `taken over` where it is filled already. */
export function extentText(model: Extent): string {
  if (model.batches === 0) return model.kind === 'VIEW' ? 'no rows' : 'taken over';
  if (model.whole || model.days === null) return 'whole';
  return model.days < 1 ? formatSeconds(model.days * 86_400) : countOf(Math.round(model.days), 'day');
}

type Alternative = PlanView['alternatives'][number];

/** The scope that was asked for stands in full above the list, so that its line only says how long it is. */
export function alternativeText({ id, label, start, end }: Alternative): string {
  if (id !== 'scope' || start === null || end === null) return label;
  const days = (Date.parse(end) - Date.parse(start)) / DAY;
  return Number.isInteger(days) ? (days === 1 ? 'This day' : `These ${formatCount(days)} days`) : label;
}

/** What a plan amounts to: `237 batches into 5 tables`. */
export function batchesText({ totalBatches, models }: Pick<PlanView, 'totalBatches' | 'models'>): string {
  const tables = models.filter(({ table }) => table !== null).length;
  if (tables === 0) return 'no rows to fill';
  return `${countOf(totalBatches, 'batch', 'batches')} into ${countOf(tables, 'table')}`;
}

/** The button that starts a plan, by its effect. */
export function startLabel(plan: Pick<PlanView, 'environment' | 'models' | 'totalBatches'>): string {
  const { length } = plan.models;
  const filled = plan.models.filter(({ batches }) => batches > 0).length;
  if (plan.environment === 'prod') {
    return filled > 0
      ? `Fill and make live ${countOf(length, 'model')}`
      : `Make live ${countOf(length, 'model')}`;
  }
  if (filled === 0) return `Point ${plan.environment} at ${countOf(length, 'model')}`;
  return `Fill ${countOf(filled, 'shadow')}, ${countOf(plan.totalBatches, 'batch', 'batches')}`;
}

type State = Pick<RunStatus, 'status' | 'environment'>;

/** What a run is doing, in the words of its head line. */
export function runWords({ status, environment }: State): string {
  switch (status) {
    case 'running':
      return 'Filling shadows';
    case 'paused':
      return 'Paused';
    case 'stopped':
      return 'Stopped, what is filled is kept';
    case 'done':
      return environment === 'prod' ? 'Filled and live' : 'Filled';
    case 'failed':
      return 'Failed';
    case 'interrupted':
      return 'Interrupted: resume to go on';
  }
}

export function batchesWords({ batchesDone, batchesTotal }: Pick<RunStatus, 'batchesDone' | 'batchesTotal'>) {
  return `${formatCount(batchesDone)} of ${countOf(batchesTotal, 'batch', 'batches')}`;
}

/** Where a problem of an answer is; what the problem itself does not say comes from `known`. */
export function placeWords(problem: ProblemView, known: Place = {}): string {
  return placeText({ ...known, ...(problem.place as Place | undefined) });
}

/** `2 unit tests fail: test_a, test_b`. */
export function failedTestsText({ failed, errors }: Pick<TestResult, 'failed' | 'errors'>): string {
  const names = [...new Set([...failed.map(({ test }) => test), ...errors])];
  return `${names.length === 1 ? 'A unit test fails' : `${formatCount(names.length)} unit tests fail`}: ${names.join(', ')}.`;
}
