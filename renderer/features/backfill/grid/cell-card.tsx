import { createPortal } from 'react-dom';
import type { RunModel } from '../../../../shared/protocol/views/backfill';
import { cellWords } from './cell-words';
import { cellAt } from './cells';
import { cellBox } from './geometry';
import styles from './grid.module.css';
import type { GridPlace } from './move';
import { windowPlace } from './pointer';
import type { GridShape } from './use-grid-shape';

const WIDTH = 320;

interface CellCardProps {
  readonly place: GridPlace;
  readonly models: readonly RunModel[];
  readonly shape: GridShape;
  readonly scroller: HTMLElement | null;
}

/** A word about the cell under the pointer or the cursor, above it: model, day, state, rows, time. */
export function CellCard({ place, models, shape, scroller }: CellCardProps) {
  const model = models[place.row];
  const cells = model ? shape.cellsOf(model) : [];
  const cell = cells[cellAt(cells, place.column)];
  if (!model || !cell || !scroller) return null;
  const { x } = cellBox(model.whole ? { first: place.column, end: place.column + 1 } : cell, shape.pitch);
  const at = windowPlace(scroller, { x, row: place.row });
  const left = Math.max(0, Math.min(at.x, window.innerWidth - WIDTH));
  return createPortal(
    <div className={styles.card} style={{ left, top: at.y }} aria-hidden="true">
      <strong>{model.model}</strong>
      <span>{cellWords(cell, model.batches)}</span>
    </div>,
    document.body,
  );
}
