import type { Problem } from '../base/errors';
import type { Interval } from '../base/time';
import type { Plan } from '../plan/types';
import type { RunState } from './ledger';

type CellState = 'waiting' | 'queued' | 'running' | 'done' | 'failed' | 'stopped';

export interface Cell {
  readonly index: number;
  readonly span: Interval | null;
  state: CellState;
  rows: number | null;
  milliseconds: number | null;
}

export interface ModelProgress {
  readonly model: string;
  readonly table: string | null;
  readonly whole: boolean;
  readonly waitsFor: readonly string[];
  readonly cells: readonly Cell[];
}

/** How far a run is; one object, changed in place by its runner. */
export interface Progress {
  readonly run: string;
  readonly plan: Plan;
  readonly startedAt: number;
  readonly models: readonly ModelProgress[];
  state: RunState;
  done: number;
  readonly total: number;
  rows: number;
  /** seconds spent running, pauses left out */
  seconds: number;
  audits: { passed: number; failed: number };
  readonly failures: { readonly model: string; readonly index: number; readonly problem: Problem }[];
  readonly last: {
    readonly at: number;
    readonly model: string;
    readonly index: number;
    readonly rows: number;
    readonly milliseconds: number;
  }[];
  /** models left out since something that they read failed */
  readonly skipped: string[];
  /** views whose audits passed, and audits that stand alone which were run */
  readonly checked: string[];
  release: number | null;
  /** what failed before or after all models */
  around: Problem | null;
}

export function startProgress(run: string, plan: Plan, startedAt: number): Progress {
  const models = plan.models
    .filter((model) => model.action === 'fill')
    .map((planned): ModelProgress => {
      const stage = plan.stages.find(
        (candidate) => candidate.kind === 'fill' && candidate.model === planned.model,
      );
      return {
        model: planned.model,
        table: planned.target?.table ?? null,
        whole: planned.whole,
        waitsFor: stage?.kind === 'fill' ? stage.after : [],
        cells: planned.batches.map(
          (span, index): Cell => ({
            index,
            span: planned.whole ? null : span,
            state: 'waiting',
            rows: null,
            milliseconds: null,
          }),
        ),
      };
    });
  const total = models.reduce((sum, model) => sum + model.cells.length, 0);
  return {
    run,
    plan,
    startedAt,
    models,
    state: 'running',
    done: 0,
    total,
    rows: 0,
    seconds: 0,
    audits: { passed: 0, failed: 0 },
    failures: [],
    last: [],
    skipped: [],
    checked: [],
    release: null,
    around: null,
  };
}

export function finishCell(
  progress: Progress,
  model: ModelProgress,
  cell: Cell,
  result: { rows: number; milliseconds: number },
): void {
  cell.state = 'done';
  cell.rows = result.rows;
  cell.milliseconds = result.milliseconds;
  progress.done++;
  progress.rows += result.rows;
  void model;
}

/** Rows a second over what ran so far, and seconds left at that pace; null while too little is known. */
export function paceOf(progress: Progress): { rowsPerSecond: number | null; secondsLeft: number | null } {
  const milliseconds = progress.last.reduce((sum, batch) => sum + batch.milliseconds, 0);
  const rows = progress.last.reduce((sum, batch) => sum + batch.rows, 0);
  const each = progress.last.length > 0 ? milliseconds / progress.last.length : null;
  return {
    rowsPerSecond: milliseconds > 0 ? (rows / milliseconds) * 1000 : null,
    secondsLeft:
      each === null || progress.done === progress.total
        ? null
        : ((progress.total - progress.done) * each) / 1000,
  };
}
