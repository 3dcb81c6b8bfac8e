import type { BatchCell, BatchState } from '../../../../shared/protocol/views/backfill';
import { columnAt, type GridFrame } from './frame';

/** One cell of a row: the batches of one column, or one batch that is longer than a column. */
export interface GridCell {
  readonly first: number;
  /** the column after its last */
  readonly end: number;
  /** the worst of its batches */
  readonly state: BatchState;
  readonly done: number;
  /** places in the row's list of batches, in time order */
  readonly batches: readonly number[];
}

const WORST_FIRST: readonly BatchState[] = ['failed', 'stopped', 'running', 'queued', 'waiting', 'done'];

export function worseState(a: BatchState, b: BatchState): BatchState {
  return WORST_FIRST.indexOf(a) <= WORST_FIRST.indexOf(b) ? a : b;
}

/** A row's batches put into the columns of the frame; those that share a column become one cell. */
export function buildCells(batches: readonly BatchCell[], frame: GridFrame): readonly GridCell[] {
  const cells: GridCell[] = [];
  batches.forEach((batch, at) => {
    if (!batch.span) return;
    const from = columnAt(frame, Date.parse(batch.span.from));
    const end = columnAt(frame, Date.parse(batch.span.to) - 1) + 1;
    const last = cells.at(-1);
    if (last && end <= last.end) cells[cells.length - 1] = joinCell(last, batch, at);
    else cells.push(cellOf({ batch, at, first: Math.max(from, last?.end ?? 0), end }));
  });
  return cells;
}

/** The place of the cell that covers a column, or -1. */
export function cellAt(cells: readonly GridCell[], column: number): number {
  return cells.findIndex(({ first, end }) => first <= column && column < end);
}

/** The batch that a cell stands for when it is chosen: the first of its worst ones. */
export function leadingBatch(cell: GridCell, batches: readonly BatchCell[]): BatchCell | undefined {
  const own = cell.batches.map((at) => batches[at]).filter((batch) => batch !== undefined);
  return own.find(({ state }) => state === cell.state) ?? own[0];
}

function cellOf(made: { batch: BatchCell; at: number; first: number; end: number }): GridCell {
  const { batch, at, first, end } = made;
  return { first, end, state: batch.state, done: batch.state === 'done' ? 1 : 0, batches: [at] };
}

function joinCell(cell: GridCell, batch: BatchCell, at: number): GridCell {
  return {
    ...cell,
    state: worseState(cell.state, batch.state),
    done: cell.done + (batch.state === 'done' ? 1 : 0),
    batches: [...cell.batches, at],
  };
}
