import { useVirtualizer } from '@tanstack/react-virtual';
import { useId, useRef, useState } from 'react';
import type { RunStatus } from '../../../../shared/protocol/views/backfill';
import { useElementSize } from '../../../ui/data-grid/use-element-size';
import { CellCard } from './cell-card';
import { ROW } from './geometry';
import styles from './grid.module.css';
import { GridSheet } from './grid-sheet';
import { BESIDE, HEAD_HEIGHT } from './layout';
import type { GridPlace } from './move';
import { placeAt, revealX } from './pointer';
import { type BatchChoice, useGridCursor } from './use-grid-cursor';
import { useGridShape } from './use-grid-shape';

export interface BatchGridProps {
  readonly run: RunStatus;
  readonly selected: BatchChoice | null;
  readonly onSelect: (choice: BatchChoice) => void;
}

/** Models by time, live. One tab stop; arrows go from cell to cell, Enter chooses a batch. */
export function BatchGrid({ run, selected, onSelect }: BatchGridProps) {
  const gridId = useId();
  const scroller = useRef<HTMLDivElement>(null);
  const { width: room } = useElementSize(scroller);
  const shape = useGridShape(run, Math.max(0, room - BESIDE));
  const { models } = run;
  const rows = useVirtualizer({
    count: models.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW,
    overscan: 8,
    paddingStart: HEAD_HEIGHT,
    scrollPaddingStart: HEAD_HEIGHT,
  });
  const reveal = ({ row, column }: GridPlace): void => {
    rows.scrollToIndex(row);
    revealX(scroller.current, column * shape.pitch, shape.pitch);
  };
  const cursor = useGridCursor(scroller, { ...shape, models, onSelect, reveal });
  const [isKeyed, setKeyed] = useState(false);
  const placeOf = (event: React.MouseEvent) =>
    placeAt(event, scroller.current, { ...shape, rows: models.length });
  const carded = cursor.hover ?? (isKeyed ? cursor.place : undefined);
  return (
    // biome-ignore lint/a11y/useSemanticElements: rows are placed by hand, which table parts cannot be
    <div
      ref={scroller}
      className={styles.grid}
      role="grid"
      aria-label="Batches by model and time"
      aria-rowcount={models.length}
      aria-colcount={Math.max(1, shape.columns)}
      aria-activedescendant={cursor.place && `${gridId}-active`}
      tabIndex={0}
      onKeyDown={(event) => {
        setKeyed(true);
        cursor.press(event);
      }}
      onMouseMove={(event) => {
        setKeyed(false);
        cursor.point(placeOf(event));
      }}
      onMouseLeave={() => cursor.point(undefined)}
      onClick={(event) => cursor.pick(placeOf(event))}
      onFocus={cursor.start}
      onBlur={() => setKeyed(false)}
    >
      <GridSheet
        activeId={`${gridId}-active`}
        models={models}
        shape={shape}
        rows={rows.getVirtualItems()}
        height={rows.getTotalSize()}
        place={cursor.place}
        selected={selected}
      />
      {carded && <CellCard place={carded} models={models} shape={shape} scroller={scroller.current} />}
    </div>
  );
}
