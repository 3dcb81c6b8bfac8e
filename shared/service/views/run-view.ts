import { batchLabel } from '../../backfill/context';
import { type Cell, type Progress, paceOf } from '../../backfill/progress';
import type { Problem } from '../../base/errors';
import { toIso } from '../../base/time';
import type { BatchCell, RunProgress, RunStatus } from '../../protocol/views/backfill';
import { spanView } from './spans';

export interface Memory {
  readonly memoryBytes: number;
  readonly memoryLimitBytes: number;
}

export function runView(progress: Progress, memory: Memory, rowsExpected: number | null): RunStatus {
  const { plan } = progress;
  const planned = new Map(plan.models.map((model) => [model.model, model]));
  const label = (model: string, index: number) => {
    const own = planned.get(model);
    const batch = own?.batches[index];
    return own && batch ? batchLabel(own, batch) : '';
  };
  return {
    id: progress.run,
    kind: plan.kind,
    environment: plan.environment,
    title: plan.title,
    planId: plan.id,
    status: shownState(progress),
    batchesDone: progress.done,
    batchesTotal: progress.total,
    rows: progress.rows,
    rowsExpected,
    ...paceOf(progress),
    elapsedSeconds: progress.seconds,
    ...memory,
    startedAt: toIso(progress.startedAt),
    models: progress.models.map((model) => ({
      model: model.model,
      table: model.table,
      whole: model.whole,
      waitsFor: [...model.waitsFor],
      batches: model.cells.map(cellView),
    })),
    last: progress.last.map((batch) => ({
      at: toIso(batch.at),
      model: batch.model,
      label: label(batch.model, batch.index),
      rows: batch.rows,
      milliseconds: batch.milliseconds,
    })),
    failures: progress.failures.map((failure) => ({
      model: failure.model,
      index: failure.index,
      label: label(failure.model, failure.index),
      problem: problemView(failure.problem),
    })),
    ...(progress.around ? { problem: problemView(progress.around) } : {}),
    audits: progress.audits,
    executed: executedOf(progress),
    skipped: [...progress.skipped],
    release: progress.release,
  };
}

function problemView(problem: Problem): NonNullable<RunStatus['problem']> {
  return { ...problem, ...(problem.place ? { place: { ...problem.place } } : {}) };
}

/** The spans of all batches that were begun, by model. */
function executedOf(progress: Progress): RunStatus['executed'] {
  const begun: Record<string, RunStatus['executed'][string]> = {};
  // What failed before its first batch, in an audit of what is there or as its table was made, was not begun.
  const failed = new Set(progress.failures.filter(({ index }) => index >= 0).map((failure) => failure.model));
  for (const planned of progress.plan.models) {
    if (planned.action === 'audit') continue;
    const cells = progress.models.find((model) => model.model === planned.model)?.cells;
    const spans = planned.batches.filter((_, index) => {
      if (!cells)
        return progress.checked.includes(planned.model) || (index === 0 && failed.has(planned.model));
      const state = cells[index]?.state;
      return state === 'done' || state === 'failed' || (index === 0 && failed.has(planned.model));
    });
    if (spans.length > 0) begun[planned.model] = spans.map(spanView);
  }
  return begun;
}

export function progressView(
  progress: Progress,
  memory: Memory,
  cells: readonly { model: string; cell: Cell }[],
): RunProgress {
  return {
    id: progress.run,
    status: shownState(progress),
    batchesDone: progress.done,
    batchesTotal: progress.total,
    rows: progress.rows,
    ...paceOf(progress),
    elapsedSeconds: progress.seconds,
    memoryBytes: memory.memoryBytes,
    cells: cells.map(({ model, cell }) => ({ model, batch: cellView(cell) })),
  };
}

function shownState(progress: Progress): RunStatus['status'] {
  return progress.state === 'discarded' ? 'stopped' : progress.state;
}

function cellView(cell: Cell): BatchCell {
  return {
    index: cell.index,
    span: cell.span ? spanView(cell.span) : null,
    state: cell.state,
    rows: cell.rows,
    milliseconds: cell.milliseconds,
  };
}
