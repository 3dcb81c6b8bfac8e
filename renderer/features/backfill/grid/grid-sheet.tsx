import type { VirtualItem } from '@tanstack/react-virtual';
import type { RunModel } from '../../../../shared/protocol/views/backfill';
import { cx } from '../../../ui/cx';
import text from '../../../ui/text.module.css';
import { rowWords, wholeWords } from './cell-words';
import { cellAt, type GridCell } from './cells';
import { cellBox, ROW } from './geometry';
import styles from './grid.module.css';
import { GridHead } from './grid-head';
import { GridRow } from './grid-row';
import { BESIDE, HEAD_HEIGHT } from './layout';
import type { GridPlace } from './move';
import type { BatchChoice } from './use-grid-cursor';
import type { GridShape } from './use-grid-shape';

const FIRST: GridPlace = { row: 0, column: 0 };

interface GridSheetProps {
  readonly activeId: string;
  readonly models: readonly RunModel[];
  readonly shape: GridShape;
  readonly rows: readonly VirtualItem[];
  readonly height: number;
  readonly place: GridPlace | undefined;
  readonly selected: BatchChoice | null;
}

/** What scrolls: the head, the rows in sight, and the outlines of the chosen cell and of the cursor. */
export function GridSheet(props: GridSheetProps) {
  const { models, shape, rows, place } = props;
  const finished = finishedModels(models);
  return (
    <div className={styles.sheet} style={{ height: props.height, minWidth: BESIDE + shape.width }}>
      <GridHead frame={shape.frame} pitch={shape.pitch} width={shape.width} rows={shape.columnRows} />
      {rows.map(({ index, start }) => {
        const model = models[index];
        if (!model) return null;
        return (
          <GridRow
            key={model.model}
            model={model}
            cells={shape.cellsOf(model)}
            pitch={shape.pitch}
            width={shape.width}
            top={start}
            isCanvas={shape.isCanvas}
            whole={model.whole || !shape.frame ? wholeWords(model, finished) : undefined}
          />
        );
      })}
      <Chosen models={models} shape={shape} selected={props.selected} />
      <ActiveCell id={props.activeId} place={place ?? FIRST} models={models} shape={shape} />
    </div>
  );
}

function Chosen(props: Pick<GridSheetProps, 'models' | 'shape' | 'selected'>) {
  const { models, shape, selected } = props;
  const row = models.findIndex(({ model }) => model === selected?.model);
  const model = models[row];
  if (!model || !selected) return null;
  const at = model.batches.findIndex(({ index }) => index === selected.index);
  const cell = shape.cellsOf(model).find(({ batches }) => batches.includes(at));
  return cell ? <i className={styles.chosen} style={boxOf(cell, row, shape)} /> : null;
}

/** The one cell that is there for screen readers: where the cursor stands. */
function ActiveCell(props: { id: string; place: GridPlace; models: readonly RunModel[]; shape: GridShape }) {
  const { place, models, shape } = props;
  const model = models[place.row];
  if (!model) return null;
  const cells = shape.cellsOf(model);
  const cell = cells[cellAt(cells, place.column)];
  const blank = { first: place.column, end: place.column + 1 };
  return (
    // biome-ignore lint/a11y/useSemanticElements: the row of a grid that is not a table
    // biome-ignore lint/a11y/useFocusableInteractive: the grid keeps the focus
    <div role="row" aria-rowindex={place.row + 1}>
      {/* biome-ignore lint/a11y/useSemanticElements: the cell of a grid that is not a table */}
      {/* biome-ignore lint/a11y/useFocusableInteractive: the grid keeps the focus */}
      <div
        id={props.id}
        role="gridcell"
        aria-colindex={place.column + 1}
        className={styles.active}
        style={boxOf(cell ?? blank, place.row, shape)}
      >
        <span className={cx(text.hidden)}>{rowWords(model, cell, finishedModels(models))}</span>
      </div>
    </div>
  );
}

function boxOf(cell: Pick<GridCell, 'first' | 'end'>, row: number, shape: GridShape) {
  const { x, width } = cellBox(cell, shape.pitch);
  const isWhole = shape.columns === 0;
  return {
    left: `calc(var(--cells-left) + ${x}px)`,
    top: HEAD_HEIGHT + row * ROW,
    width: isWhole ? shape.width : width,
  };
}

function finishedModels(models: readonly RunModel[]): ReadonlySet<string> {
  const done = models.filter(({ batches }) => batches.every(({ state }) => state === 'done'));
  return new Set(done.map(({ model }) => model));
}
