import { type RefObject, useState } from 'react';
import type { RunModel } from '../../../../shared/protocol/views/backfill';
import { useKeyTable } from '../../../ui/key-table';
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
  const here = (): GridPlace => place ?? { row: 0, column: cellsAt(0)[0]?.first ?? 0 };
  const move = (event: React.KeyboardEvent): void => {
    const from = here();
    const page = Math.max(1, Math.floor((scroller.current?.clientHeight ?? ROW) / ROW) - 3);
    const next = movePlace(from, event.key, { rows: models.length, columns, page, cells: cellsAt(from.row) });
    if (!next) return;
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
    if (!place) setPlace(here());
  };
  const press = useKeyTable('On the batches', [
    { keys: ['ArrowLeft', 'ArrowRight'], title: 'Go from batch to batch', run: move },
    { keys: ['ArrowUp', 'ArrowDown', 'PageUp', 'PageDown'], title: 'Go from model to model', run: move },
    { keys: ['Home', 'End'], title: 'Go to the first or last batch', run: move },
    { keys: ['Enter', 'Space'], title: 'Show the batch', run: () => select(here()) },
  ]);
  return { place, hover, press, point, pick, start, cellsAt };
}
