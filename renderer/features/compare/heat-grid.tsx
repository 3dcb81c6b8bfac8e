import { useEffect, useId, useLayoutEffect, useRef, useState } from 'react';
import type { ModelComparison, PartitionDiff } from '../../../shared/protocol/views/compare';
import type { GridPlace } from '../../ui/data-grid/grid-types';
import { moveCursor } from '../../ui/data-grid/move-cursor';
import { useKeyTable } from '../../ui/key-table';
import { useTokens } from '../../ui/use-tokens';
import type { Filters } from './filters';
import { HeatAxis } from './heat-axis';
import styles from './heat-grid.module.css';
import type { HeatMap } from './heat-map';
import { drawHeat, HEAT_TOKENS, PITCH } from './heat-picture';
import { describeCell } from './heat-words';

export interface HeatGridProps {
  readonly model: ModelComparison;
  readonly map: HeatMap;
  readonly filters: Filters;
  readonly onPick: (partition: PartitionDiff, column: string | null) => void;
}

interface Hover extends GridPlace {
  readonly x: number;
  readonly y: number;
}

const PAGE = 7;

/** The heat itself: one tab stop, arrow keys inside, Enter or a click lists the rows of a cell. */
export function HeatGrid({ model, map, filters, onPick }: HeatGridProps) {
  const gridId = useId();
  const scroller = useScrolledTo(firstRead(map));
  const [place, setPlace] = useState<GridPlace>({ row: 0, column: firstRead(map) });
  const [hover, setHover] = useState<Hover>();
  const at = {
    row: Math.min(place.row, map.rows.length - 1),
    column: Math.min(place.column, map.slots.length - 1),
  };
  const pick = ({ row, column }: GridPlace): void => {
    const partition = map.slots[column]?.partition;
    const line = map.rows[row];
    setPlace({ row, column });
    if (partition && line) onPick(partition, line.column);
  };
  const move = ({ key }: React.KeyboardEvent): void => {
    const bounds = { rows: map.rows.length, columns: map.slots.length, page: PAGE };
    const next = moveCursor(at, { key, ctrl: false }, bounds);
    if (next) setPlace({ ...next, row: Math.max(0, next.row) });
  };
  const press = useKeyTable('On the heat map', [
    { keys: ['ArrowLeft', 'ArrowRight', 'Home', 'End'], title: 'Go to another partition', run: move },
    { keys: ['ArrowUp', 'ArrowDown', 'PageUp', 'PageDown'], title: 'Go to another column', run: move },
    { keys: ['Enter', 'Space'], title: 'List the rows of the cell', run: () => pick(at) },
  ]);
  return (
    <div ref={scroller} className={styles.scroller}>
      <HeatAxis map={map} />
      {/* biome-ignore lint/a11y/useSemanticElements: the cells are painted, only the one of the cursor is an element */}
      <div
        className={styles.grid}
        role="grid"
        aria-label={`Changed rows of ${model.model} by column and ${model.partitionUnit}`}
        aria-rowcount={map.rows.length}
        aria-colcount={map.slots.length}
        aria-activedescendant={`${gridId}-cell`}
        tabIndex={0}
        style={{ width: map.slots.length * PITCH.x, height: map.rows.length * PITCH.y }}
        onKeyDown={press}
        onClick={(event) => pick(placeOf(event, map))}
        onPointerMove={(event) => setHover(placeOf(event, map))}
        onPointerLeave={() => setHover(undefined)}
      >
        <HeatCanvas map={map} />
        <ChosenSpan map={map} filters={filters} />
        <CursorCell id={`${gridId}-cell`} place={at} label={describeCell(model, map, at)} />
      </div>
      {hover && <HoverWords hover={hover} words={describeCell(model, map, hover)} />}
    </div>
  );
}

/** Starts where something differs, since what both sides share often comes first and is long. */
function useScrolledTo(slot: number): React.RefObject<HTMLDivElement | null> {
  const scroller = useRef<HTMLDivElement>(null);
  const start = useRef(Math.max(0, slot - 2) * PITCH.x);
  useLayoutEffect(() => {
    const element = scroller.current;
    if (element && start.current > element.clientWidth / 2) element.scrollLeft = start.current;
  }, []);
  return scroller;
}

function HeatCanvas({ map }: { map: HeatMap }) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const colours = useTokens(HEAT_TOKENS);
  useEffect(() => {
    if (canvas.current) drawHeat(canvas.current, map, colours);
  }, [map, colours]);
  return (
    <div className={styles.picture} aria-hidden="true">
      <canvas ref={canvas} className={styles.canvas} />
    </div>
  );
}

function ChosenSpan({ map, filters: { span } }: { map: HeatMap; filters: Filters }) {
  const from = span && Date.parse(span.from);
  const slot = map.slots.findIndex((one) => one.from === from);
  if (slot < 0) return null;
  return <i className={styles.chosen} style={{ left: slot * PITCH.x - 2 }} aria-hidden="true" />;
}

function CursorCell({ id, place, label }: { id: string; place: GridPlace; label: string }) {
  const cell = useRef<HTMLDivElement>(null);
  const { row, column } = place;
  const isFirst = useRef(true);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the cell is brought into sight when it moves
  useEffect(() => {
    if (!isFirst.current) cell.current?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
    isFirst.current = false;
  }, [row, column]);
  return (
    // biome-ignore lint/a11y/useFocusableInteractive: the grid holds the focus and names its active cell
    // biome-ignore lint/a11y/useSemanticElements: as above
    <div role="row" aria-rowindex={row + 1}>
      {/* biome-ignore lint/a11y/useFocusableInteractive: as above */}
      {/* biome-ignore lint/a11y/useSemanticElements: as above */}
      <div
        ref={cell}
        id={id}
        role="gridcell"
        aria-colindex={column + 1}
        aria-label={label}
        className={styles.cursor}
        style={{ left: column * PITCH.x - 2, top: row * PITCH.y - 1 }}
      />
    </div>
  );
}

function HoverWords({ hover: { x, y }, words }: { hover: Hover; words: string }) {
  return (
    <div className={styles.words} style={{ left: x, top: y }} aria-hidden="true">
      {words}
    </div>
  );
}

function placeOf(event: React.MouseEvent<HTMLElement>, map: HeatMap): Hover {
  const box = event.currentTarget.getBoundingClientRect();
  const within = (value: number, count: number): number =>
    Math.max(0, Math.min(count - 1, Math.floor(value)));
  return {
    row: within((event.clientY - box.top) / PITCH.y, map.rows.length),
    column: within((event.clientX - box.left) / PITCH.x, map.slots.length),
    x: event.clientX,
    y: event.clientY,
  };
}

/** The first partition that differs, where keys and sight start. */
function firstRead(map: HeatMap): number {
  return Math.max(
    0,
    map.slots.findIndex((_, at) => map.rows.some(({ levels }) => (levels[at] ?? 0) > 0)),
  );
}
