import type { RunModel } from '../../../../shared/protocol/views/backfill';
import { buildCells, type GridCell } from './cells';
import { columnCount, type GridFrame } from './frame';

/** The cells of a model's row; made anew only when the model's list of batches is. */
export type CellsOf = (model: RunModel) => readonly GridCell[];

/** A whole table is one cell as long as the grid. */
export function createCellCache(frame: GridFrame | null): CellsOf {
  const known = new WeakMap<readonly unknown[], readonly GridCell[]>();
  return (model) => {
    const cells = known.get(model.batches) ?? cellsOf(model, frame);
    known.set(model.batches, cells);
    return cells;
  };
}

function cellsOf(model: RunModel, frame: GridFrame | null): readonly GridCell[] {
  const [batch] = model.batches;
  if (frame && !model.whole) return buildCells(model.batches, frame);
  if (!batch) return [];
  const done = batch.state === 'done' ? 1 : 0;
  return [{ first: 0, end: Math.max(1, columnCount(frame)), state: batch.state, done, batches: [0] }];
}

/** Rows filled in each column, over all models whose batches belong to columns. */
export function sumColumnRows(models: readonly RunModel[], cellsOfModel: CellsOf, columns: number): number[] {
  const sums = new Array<number>(columns).fill(0);
  for (const model of models) {
    if (model.whole) continue;
    for (const { first, end, batches } of cellsOfModel(model)) {
      const rows = batches.reduce((sum, at) => sum + (model.batches[at]?.rows ?? 0), 0);
      for (let column = first; column < end; column++)
        sums[column] = (sums[column] ?? 0) + rows / (end - first);
    }
  }
  return sums;
}
