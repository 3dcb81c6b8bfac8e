import { type RefObject, useState } from 'react';
import type { RunModel } from '../../../../shared/protocol/views/backfill';
import type { CellsOf } from './cell-cache';
import { cellAt, leadingBatch } from './cells';
import { ROW } from './geometry';
import { type GridPlace, movePlace } from './move';

/** A batch by its model and its index there. */
export interface BatchChoice {
  readonly model: string;
  readonly index: number;
}

interface CursorInput {
  readonly models: readonly RunModel[];
  readonly columns: number;
  readonly cellsOf: CellsOf;
  readonly onSelect: (choice: BatchChoice) => void;
  readonly reveal: (place: GridPlace) => void;
}

/** Pointer and keys on the grid: what is under the pointer, where the cursor stands, what is chosen. */
export function useGridCursor(scroller: RefObject<HTMLElement | null>, input: CursorInput) {
  const { models, columns, cellsOf, onSelect, reveal } = input;
  const [place, setPlace] = useState<GridPlace>();
  const [hover, setHover] = useState<GridPlace>();
  const cellsAt = (row: number) => {
    const model = models[row];
    return model ? cellsOf(model) : [];
  };
  const select = (at: GridPlace): void => {
    const model = models[at.row];
    const cell = cellsAt(at.row)[cellAt(cellsAt(at.row), at.column)];
    const batch = model && cell && leadingBatch(cell, model.batches);
    if (batch) onSelect({ model: model.model, index: batch.index });
  };
  const press = (event: React.KeyboardEvent): void => {
    const from = place ?? { row: 0, column: cellsAt(0)[0]?.first ?? 0 };
    if (event.key === 'Enter' || event.key === ' ') {
      event.preventDefault();
      select(from);
      return;
    }
    const page = Math.max(1, Math.floor((scroller.current?.clientHeight ?? ROW) / ROW) - 3);
    const next = movePlace(from, event.key, { rows: models.length, columns, page, cells: cellsAt(from.row) });
    if (!next) return;
    event.preventDefault();
    setHover(undefined);
    setPlace(next);
    reveal(next);
  };
  const point = (at: GridPlace | undefined): void => {
    if (at?.row !== hover?.row || at?.column !== hover?.column) setHover(at);
  };
  const pick = (at: GridPlace | undefined): void => {
    if (!at) return;
    setPlace(at);
    select(at);
  };
  const start = (): void => {
    if (!place) setPlace({ row: 0, column: cellsAt(0)[0]?.first ?? 0 });
  };
  return { place, hover, press, point, pick, start, cellsAt };
}
