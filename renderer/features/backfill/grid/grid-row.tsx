import { memo } from 'react';
import type { RunModel } from '../../../../shared/protocol/views/backfill';
import { formatCount } from '../../../ui/format';
import { shortName } from '../words';
import type { GridCell } from './cells';
import styles from './grid.module.css';
import { CanvasCells, SvgCells } from './painters';

export interface GridRowProps {
  readonly model: RunModel;
  readonly cells: readonly GridCell[];
  readonly pitch: number;
  readonly width: number;
  readonly top: number;
  readonly isCanvas: boolean;
  /** the words inside the long cell of a whole table */
  readonly whole: string | undefined;
}

/** One model: its name, its cells, and how many of its batches are filled. */
export const GridRow = memo(function GridRow(props: GridRowProps) {
  const { model, cells, pitch, width, whole } = props;
  const Cells = props.isCanvas ? CanvasCells : SvgCells;
  const done = model.batches.reduce((sum, { state }) => sum + (state === 'done' ? 1 : 0), 0);
  return (
    <div className={styles.row} style={{ top: props.top }} aria-hidden="true">
      <span className={styles.name} title={model.model}>
        {shortName(model.model)}
      </span>
      <span className={styles.track} style={{ width }}>
        {whole === undefined ? (
          <Cells cells={cells} pitch={pitch} width={width} />
        ) : (
          <span className={styles.whole} data-state={cells[0]?.state}>
            {whole}
          </span>
        )}
      </span>
      <span className={styles.count}>{formatCount(done)}</span>
    </div>
  );
});
