import { useVirtualizer } from '@tanstack/react-virtual';
import { useEffect, useId, useRef } from 'react';
import { useKeyTable } from '../../ui/key-table';
import { dayWords } from './day-words';
import styles from './history.module.css';
import { moveLine, type RecordLine } from './record-lines';
import { RecordRow } from './record-row';

const ROW = 28;
const DAY_HEAD = 32;
const HEAD = 24;

const TITLES = ['Record', 'Environment', 'By', 'Commit', 'Started', 'Took', 'Rows', 'Outcome', 'Release'];

export interface RecordListProps {
  readonly lines: readonly RecordLine[];
  readonly selected: string | undefined;
  readonly onSelect: (id: string) => void;
}

/** Records under their days, as many as there are: one tab stop, and the arrow keys choose. */
export function RecordList({ lines, selected, onSelect }: RecordListProps) {
  const gridId = useId();
  const scroller = useRef<HTMLDivElement>(null);
  const virtual = useVirtualizer({
    count: lines.length,
    getScrollElement: () => scroller.current,
    estimateSize: (at) => (lines[at]?.type === 'day' ? DAY_HEAD : ROW),
    overscan: 12,
    scrollPaddingStart: HEAD,
    scrollMargin: HEAD,
  });
  // Heights go with the lines, which a filter changes.
  // biome-ignore lint/correctness/useExhaustiveDependencies: measured again for other lines
  useEffect(() => virtual.measure(), [virtual, lines]);
  const at = lines.findIndex((line) => line.type === 'record' && line.record.id === selected);
  const first = useRef(at);
  useEffect(() => {
    if (first.current > 1) virtual.scrollToIndex(first.current, { align: 'center' });
  }, [virtual]);
  const move = (event: React.KeyboardEvent): boolean => {
    const page = Math.floor((scroller.current?.clientHeight ?? 0) / ROW) - 1;
    const to = moveLine(lines, at, { key: event.key, page });
    const line = to === undefined ? undefined : lines[to];
    if (to === undefined || line?.type !== 'record') return false;
    onSelect(line.record.id);
    virtual.scrollToIndex(to);
    return true;
  };
  const press = useKeyTable('In the records', [
    { keys: ['ArrowUp', 'ArrowDown', 'PageUp', 'PageDown'], title: 'Go from record to record', run: move },
    { keys: ['Home', 'End'], title: 'Go to the first or last record', run: move },
  ]);
  return (
    // biome-ignore lint/a11y/useSemanticElements: rows are placed by hand, which table parts cannot be
    <div
      ref={scroller}
      className={styles.grid}
      role="grid"
      aria-label="Records"
      aria-rowcount={lines.length + 1}
      aria-activedescendant={at < 0 ? undefined : `${gridId}-${at}`}
      tabIndex={0}
      onKeyDown={press}
    >
      <Head />
      <div className={styles.body} style={{ height: virtual.getTotalSize() }}>
        {virtual.getVirtualItems().map(({ index, start, size }) => {
          const line = lines[index];
          const place = { id: `${gridId}-${index}`, index, top: start - HEAD, height: size };
          if (!line) return null;
          return line.type === 'day' ? (
            <DayHead key={line.day} line={line} {...place} />
          ) : (
            <RecordRow
              key={line.record.id}
              record={line.record}
              isSelected={index === at}
              onSelect={onSelect}
              {...place}
            />
          );
        })}
      </div>
    </div>
  );
}

function Head() {
  return (
    // biome-ignore lint/a11y/useFocusableInteractive: the grid holds the focus and names its active row
    // biome-ignore lint/a11y/useSemanticElements: rows are placed by hand, which table parts cannot be
    <div role="row" aria-rowindex={1} className={styles.head}>
      {TITLES.map((title) => (
        // biome-ignore lint/a11y/useFocusableInteractive: as above
        // biome-ignore lint/a11y/useSemanticElements: as above
        <span key={title} role="columnheader" className={styles.headCell} data-column={title}>
          {title}
        </span>
      ))}
    </div>
  );
}

interface DayHeadProps {
  readonly line: Extract<RecordLine, { type: 'day' }>;
  readonly id: string;
  readonly index: number;
  readonly top: number;
  readonly height: number;
}

function DayHead({ line, id, index, top, height }: DayHeadProps) {
  return (
    // biome-ignore lint/a11y/useFocusableInteractive: the grid holds the focus and names its active row
    // biome-ignore lint/a11y/useSemanticElements: rows are placed by hand, which table parts cannot be
    <div role="row" id={id} aria-rowindex={index + 2} className={styles.day} style={{ top, height }}>
      {/* biome-ignore lint/a11y/useFocusableInteractive: as above */}
      {/* biome-ignore lint/a11y/useSemanticElements: as above */}
      <span role="rowheader" aria-colspan={TITLES.length}>
        {dayWords(line.day)} <span className={styles.dayNote}>{line.records}</span>
      </span>
    </div>
  );
}
