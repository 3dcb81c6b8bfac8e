import { useMemo } from 'react';
import type { RunModel, RunStatus } from '../../../../shared/protocol/views/backfill';
import { type CellsOf, createCellCache, sumColumnRows } from './cell-cache';
import { buildFrame, columnCount, type GridFrame } from './frame';
import { pitchFor } from './geometry';

/** Past this many cells they are drawn on canvas. */
const MOST_NODES = 2000;
const LEAST_WIDTH = 240;

export interface GridShape {
  readonly frame: GridFrame | null;
  readonly columns: number;
  readonly pitch: number;
  readonly width: number;
  readonly isCanvas: boolean;
  readonly cellsOf: CellsOf;
  readonly columnRows: readonly number[];
}

/** Columns and sizes of a run's grid in the given room; spans never change while a run goes on, so neither do columns. */
export function useGridShape(run: RunStatus, available: number): GridShape {
  const key = `${run.id} ${run.batchesTotal} ${run.models.length}`;
  // biome-ignore lint/correctness/useExhaustiveDependencies: the key stands for the spans of the run's models
  const frame = useMemo(() => buildFrame(spansOf(run.models)), [key]);
  const cellsOf = useMemo(() => createCellCache(frame), [frame]);
  const columns = columnCount(frame);
  const columnRows = useMemo(
    () => sumColumnRows(run.models, cellsOf, columns),
    [run.models, cellsOf, columns],
  );
  const pitch = pitchFor(columns, available);
  const cells = run.models.reduce(
    (sum, { batches }) => sum + Math.min(batches.length, Math.max(1, columns)),
    0,
  );
  const width = columns === 0 ? Math.max(LEAST_WIDTH, available) : columns * pitch;
  return { frame, columns, pitch, width, isCanvas: cells > MOST_NODES, cellsOf, columnRows };
}

function spansOf(models: readonly RunModel[]) {
  return models.flatMap(({ batches }) => batches.flatMap(({ span }) => span ?? []));
}
